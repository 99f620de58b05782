"""Where the budget's lines come from, over HTTP: lists, sums, files; statements, claims; pokir beside villages."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.refusals import Invalid, Missing
from budgeting.api.provenance_rows import (
    LineOriginSerializer,
    OriginClaimBody,
    OriginClaimReasonBody,
    OriginClaimSerializer,
    OriginStatementBody,
    OriginStatementSerializer,
    OriginSummarySerializer,
    SamePlaceSerializer,
)
from budgeting.api.views import MoneyList, MoneyView
from budgeting.models import FundedWork
from budgeting.provenance import claims, figures, files, lists, pairs, stating
from geo import codes
from proposals.api.list_views import AnyAccept
from proposals.long_answers import LongText

_EITHER_CLAIM = {200: OriginClaimSerializer, 201: OriginClaimSerializer}
_EITHER_STATEMENT = {200: OriginStatementSerializer, 201: OriginStatementSerializer}
PARAMETERS = [OpenApiParameter(name, OpenApiTypes.STR) for name in lists.OriginFilter.base_filters]


def sent_object(request: Request) -> dict[str, Any]:
    """The JSON object that was sent; the parser lets nothing else through."""
    return request.data if isinstance(request.data, dict) else {}


def sent_uuid(sent: dict[str, Any], name: str) -> UUID | None:
    """A UUID, None where none was sent; raises Invalid for anything else."""
    try:
        return UUID(str(sent[name])) if sent.get(name) is not None else None
    except ValueError:
        raise Invalid({name: [_("Send a UUID.")]}) from None


def sent_turn(sent: dict[str, Any]) -> int:
    """The turn that was read, 0 where none was."""
    value = sent.get("seen", 0)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise Invalid({"seen": [_("Send a whole number.")]})
    return value


class ProvenanceView(MoneyList):
    """Lines of the budget with their origin; `never_proposed=1` are those without a proposal."""

    serializer_class = LineOriginSerializer

    def get_queryset(self) -> Any:
        """Newest change first, or `ordering=amount`."""
        return lists.with_what_is_said(lists.lines(self.request.query_params))

    @extend_schema(operation_id="provenance", parameters=PARAMETERS)
    def get(self, request: Request) -> Response:
        """All that everybody may read, which is all of them."""
        return self.list(request)


class ProvenanceSummaryView(MoneyView):
    """The sums by origin."""

    serializer_class = OriginSummarySerializer

    @extend_schema(operation_id="provenance_summary", parameters=PARAMETERS)
    def get(self, request: Request) -> Response:
        """With the ghost share, its numerator and its denominator."""
        return Response(OriginSummarySerializer(figures.by_origin(lists.lines(request.query_params))).data)


class LineOriginView(MoneyView):
    """One line."""

    serializer_class = LineOriginSerializer

    @extend_schema(operation_id="line_origin")
    def get(self, request: Request, work_id: UUID) -> Response:  # noqa: ARG002 - as the library calls it
        """With everything that was said about its origin."""
        found = lists.with_what_is_said(FundedWork.objects.filter(pk=work_id)).first()
        if found is None:
            raise Missing
        return Response(LineOriginSerializer(found).data)


class StatementsView(MoneyView):
    """Saying where a line comes from."""

    serializer_class = OriginStatementSerializer

    @extend_schema(
        operation_id="state_origin", request=OriginStatementBody, responses={200: OriginStatementSerializer, 201: OriginStatementSerializer}
    )
    def post(self, request: Request, work_id: UUID) -> Response:
        """201 where it is new, 200 where it stood there already."""
        sent = sent_object(request)
        said = {name: sent.get(name) for name in ("origin", "reference", "words")}
        made, is_new = stating.state_origin(actor=request.user, work_id=work_id, **said, seen=sent_turn(sent), statement_id=sent_uuid(sent, "id"))
        return Response(OriginStatementSerializer(made).data, status=201 if is_new else 200)


class ClaimsView(MoneyView):
    """Pointing out that a line is a proposal."""

    serializer_class = OriginClaimSerializer

    @extend_schema(operation_id="claim_line", request=OriginClaimBody, responses=_EITHER_CLAIM)
    def post(self, request: Request, work_id: UUID) -> Response:
        """201 where it is new, 200 where it waits already."""
        sent = sent_object(request)
        made, is_new = claims.claim_line(
            actor=request.user, work_id=work_id, proposal_id=sent_uuid(sent, "proposal"), words=sent.get("words"), claim_id=sent_uuid(sent, "id")
        )
        return Response(OriginClaimSerializer(made).data, status=201 if is_new else 200)


class ClaimView(MoneyView):
    """The second person, or whoever takes it back."""

    serializer_class = OriginClaimSerializer

    @extend_schema(operation_id="settle_claim", request=OriginClaimReasonBody, responses=OriginClaimSerializer)
    def post(self, request: Request, claim_id: UUID, verb: str) -> Response:
        """`confirm`, `refuse` (with its reason) or `withdraw`."""
        reason = sent_object(request).get("reason", "")
        if verb == "confirm":
            settled = claims.confirm_claim(actor=request.user, claim_id=claim_id, reason=reason)
        elif verb == "refuse":
            settled = claims.refuse_claim(actor=request.user, claim_id=claim_id, reason=reason)
        elif verb == "withdraw":
            settled = claims.withdraw_claim(actor=request.user, claim_id=claim_id)
        else:
            raise Missing
        return Response(OriginClaimSerializer(settled).data)


class SamePlaceView(MoneyList):
    """Council members' items beside villages' proposals of the same place and year."""

    serializer_class = SamePlaceSerializer

    def get_queryset(self) -> Any:
        """Worst first; `region` narrows it."""
        code = self.request.query_params.get("region", "")
        if code and not codes.is_code(code):
            raise Invalid({"region": [_("Write an official code, for example 61.12.")]})
        return pairs.council_beside_village().within(code).with_verdict().with_rows().order_by("-points", "id")

    @extend_schema(operation_id="same_place", parameters=[OpenApiParameter("region", OpenApiTypes.STR)])
    def get(self, request: Request) -> Response:
        """Each with its newest judgement."""
        return self.list(request)


class OriginFile(APIView):
    """A file of the lines that the filters find, streamed."""

    content_negotiation_class = AnyAccept
    write: Callable[[QuerySet[FundedWork]], Iterator[str]]
    content_type, file_name = "", ""

    def get(self, request: Request) -> StreamingHttpResponse:
        """The file; wrong filters are refused before its first byte."""
        found = lists.lines(request.query_params)
        headers = {"Content-Disposition": f'attachment; filename="{self.file_name}"'}
        return StreamingHttpResponse(LongText(partial(type(self).write, found)), content_type=self.content_type, headers=headers)


@extend_schema_view(get=extend_schema(operation_id="provenance_csv", parameters=PARAMETERS, responses={(200, "text/csv"): OpenApiTypes.STR}))
class OriginCsv(OriginFile):
    """Comma-separated values for spreadsheets, UTF-8 with a byte order mark."""

    write = staticmethod(files.csv)
    content_type, file_name = "text/csv; charset=utf-8", "asal-anggaran.csv"


@extend_schema_view(
    get=extend_schema(operation_id="provenance_geojson", parameters=PARAMETERS, responses={(200, "application/geo+json"): OpenApiTypes.OBJECT})
)
class OriginGeoJson(OriginFile):
    """A GeoJSON FeatureCollection; lines without a place have a null geometry."""

    write = staticmethod(files.geojson)
    content_type, file_name = "application/geo+json", "asal-anggaran.geojson"


urlpatterns: list[URLPattern] = [
    path("provenance/", ProvenanceView.as_view(), name="provenance"),
    path("provenance.csv", OriginCsv.as_view(), name="provenance-csv"),
    path("provenance.geojson", OriginGeoJson.as_view(), name="provenance-geojson"),
    path("provenance/summary/", ProvenanceSummaryView.as_view(), name="provenance-summary"),
    path("provenance/pairs/", SamePlaceView.as_view(), name="provenance-pairs"),
    path("provenance/claims/<uuid:claim_id>/<str:verb>/", ClaimView.as_view(), name="provenance-claim"),
    path("provenance/<uuid:work_id>/", LineOriginView.as_view(), name="provenance-line"),
    path("provenance/<uuid:work_id>/statements/", StatementsView.as_view(), name="provenance-statements"),
    path("provenance/<uuid:work_id>/claims/", ClaimsView.as_view(), name="provenance-claims"),
]
