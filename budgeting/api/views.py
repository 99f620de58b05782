"""Ceilings and runs over HTTP."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle

from accounts.refusals import Invalid
from budgeting import selectors, services
from budgeting.api.filters import CeilingFilter, RunFilter
from budgeting.api.serializers import (
    AttemptsSerializer,
    CeilingBody,
    CeilingChange,
    CeilingSerializer,
    LineSerializer,
    PublishCeilingBody,
    PublishRunBody,
    RunBody,
    RunSerializer,
    RunWithLines,
    WithdrawCeilingBody,
)
from budgeting.runs.attempts import attempts_of
from geo.api.pagination import CursorPages, Pages
from proposals.api.parsers import ObjectParser
from proposals.api.throttles import WriteThrottle

#: So many lines come with the run itself; all of them by pages at `lines_url`.
LINES_AT_ONCE = 200
_CONFLICT = OpenApiResponse(description="The version, the balance or a proposal moved meanwhile: the message says what happened.")
_REFUSED = OpenApiResponse(description="Not yours, or a second person is needed: the message says why.")


class MoneyView(GenericAPIView):
    """What all views of this room share."""

    parser_classes = (ObjectParser,)
    throttle_classes = (AnonRateThrottle, UserRateThrottle, WriteThrottle)
    filter_backends: Any = ()
    serializer_class: Any = CeilingSerializer


class MoneyList(MoneyView, ListAPIView):
    """What its lists share."""

    pagination_class = CursorPages


def _object(request: Request) -> dict[str, Any]:
    """The JSON object that was sent; the parser lets nothing else through."""
    return request.data if isinstance(request.data, dict) else {}


def _whole(sent: dict[str, Any], name: str, *, required: bool = True) -> int | None:
    value = sent.get(name)
    if value is None and not required:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**31:
        raise Invalid({name: [_("Send a whole number.")]})
    return value


def _text(sent: dict[str, Any], name: str) -> str:
    value = sent.get(name)
    if not isinstance(value, str):
        raise Invalid({name: [_("Send a text.")]})
    return value


def _uuid(sent: dict[str, Any], name: str) -> UUID | None:
    if sent.get(name) is None:
        return None
    try:
        return UUID(str(sent[name]))
    except ValueError:
        raise Invalid({name: [_("Send a UUID of your own.")]}) from None


class CeilingsView(MoneyList):
    """All ceilings that the reader may see."""

    filter_backends = (DjangoFilterBackend,)
    filterset_class = CeilingFilter

    def get_queryset(self) -> Any:
        """Newest plan year first."""
        return selectors.ceilings(self.request.user)

    @extend_schema(operation_id="set_ceiling", request=CeilingBody, responses={201: CeilingSerializer, 403: _REFUSED, 409: _CONFLICT})
    def post(self, request: Request) -> Response:
        """Set a ceiling that does not exist yet; a second person publishes it."""
        sent = _object(request)
        made = services.set_ceiling(
            actor=request.user,
            plan_year=sent.get("plan_year", 0),
            region_code=_text(sent, "region"),
            funding_source=_text(sent, "funding_source"),
            amount=sent.get("amount", ""),
            reserve=sent.get("reserve", 0),
            legal_basis=sent.get("legal_basis", ""),
            agency_id=_whole(sent, "agency", required=False),
            parent_id=_whole(sent, "parent", required=False),
        )
        return Response(_ceiling(request, made.pk), status=201)


def _ceiling(request: Request, ceiling_id: int) -> dict[str, Any]:
    return dict(CeilingSerializer(selectors.ceiling(request.user, ceiling_id)).data)


class CeilingView(MoneyView):
    """One ceiling."""

    @extend_schema(operation_id="ceiling", responses=CeilingSerializer)
    def get(self, request: Request, ceiling_id: int) -> Response:
        """With what is committed and what is left."""
        return Response(_ceiling(request, ceiling_id))

    @extend_schema(operation_id="change_ceiling", request=CeilingChange, responses={200: CeilingSerializer, 403: _REFUSED, 409: _CONFLICT})
    def put(self, request: Request, ceiling_id: int) -> Response:
        """Change its figures; a published one needs a second person again."""
        kept, sent = selectors.ceiling(request.user, ceiling_id), _object(request)
        services.set_ceiling(
            actor=request.user,
            plan_year=kept.plan_year,
            region_code=kept.region_id,
            funding_source=kept.funding_source,
            amount=sent.get("amount", ""),
            reserve=sent.get("reserve", 0),
            legal_basis=sent.get("legal_basis", ""),
            version=_whole(sent, "version"),
            agency_id=kept.agency_id,
            parent_id=_whole(sent, "parent", required=False) if "parent" in sent else services.KEEP,
        )
        return Response(_ceiling(request, ceiling_id))


class PublishCeilingView(MoneyView):
    """The second person."""

    http_method_names = ("post", "options")

    @extend_schema(operation_id="publish_ceiling", request=PublishCeilingBody, responses={200: CeilingSerializer, 403: _REFUSED, 409: _CONFLICT})
    def post(self, request: Request, ceiling_id: int) -> Response:
        """Publish the ceiling that somebody else has set."""
        services.publish_ceiling(actor=request.user, ceiling_id=ceiling_id, version=_whole(_object(request), "version"))
        return Response(_ceiling(request, ceiling_id))


class WithdrawCeilingView(MoneyView):
    """Taking away a draft that was set by mistake."""

    http_method_names = ("post", "options")

    @extend_schema(operation_id="withdraw_ceiling", request=WithdrawCeilingBody, responses={204: None, 403: _REFUSED, 409: _CONFLICT})
    def post(self, request: Request, ceiling_id: int) -> Response:
        """Only what was never published and has no parts; the journal keeps what it was."""
        services.withdraw_ceiling(actor=request.user, ceiling_id=ceiling_id, version=_whole(_object(request), "version") or 0)
        return Response(status=204)


class RunsView(MoneyList):
    """All runs that the reader may see, newest first."""

    serializer_class = RunSerializer
    filter_backends = (DjangoFilterBackend,)
    filterset_class = RunFilter

    def get_queryset(self) -> Any:
        """Without the frozen inputs."""
        return selectors.runs(self.request.user)

    @extend_schema(operation_id="request_run", request=RunBody, responses={202: RunWithLines, 403: _REFUSED, 409: _CONFLICT})
    def post(self, request: Request) -> Response:
        """Freeze the inputs and queue the calculation; ask for the run until its status is `draft`."""
        sent = _object(request)
        wish = {"rule": sent.get("rule", ""), "options": sent.get("options"), "stage": sent.get("stage"), "run_id": _uuid(sent, "id")}
        run = services.request_run(ceiling_id=_whole(sent, "ceiling") or 0, actor=request.user, **wish)
        return Response(_run(request, run.pk), status=202)


def _run(request: Request, run_id: UUID) -> dict[str, Any]:
    run = selectors.run(request.user, run_id)
    told = dict(RunSerializer(run).data)
    lines = LineSerializer(selectors.lines_of(run)[:LINES_AT_ONCE], many=True).data
    attempts = AttemptsSerializer(attempts_of(run)).data
    return {**told, "attempts": attempts, "lines": lines, "lines_url": request.build_absolute_uri(reverse("api:run-lines", args=[run_id]))}


class RunView(MoneyView):
    """One run."""

    serializer_class = RunWithLines

    @extend_schema(operation_id="run", responses=RunWithLines)
    def get(self, request: Request, run_id: UUID) -> Response:
        """With its first 200 lines."""
        return Response(_run(request, run_id))


class RunLinesView(MoneyList):
    """Every line of a run, by rank."""

    serializer_class = LineSerializer
    pagination_class = Pages

    def get_queryset(self) -> Any:
        """Of a run that the reader may see."""
        return selectors.lines_of(selectors.run(self.request.user, self.kwargs["run_id"]))


def _seen(sent: dict[str, Any]) -> list[str]:
    """The changes by hand that were read. Who names none publishes the list as the rule gave it, or nothing."""
    read = PublishRunBody(data=sent)
    read.is_valid(raise_exception=True)
    return [str(key) for key in read.validated_data["overrides"]]


class PublishRunView(MoneyView):
    """The second person."""

    http_method_names = ("post", "options")

    @extend_schema(operation_id="publish_run", request=PublishRunBody, responses={200: RunWithLines, 403: _REFUSED, 409: _CONFLICT})
    def post(self, request: Request, run_id: UUID) -> Response:
        """Commit the money and move every proposal, all or nothing."""
        services.publish_run(run_id=run_id, actor=request.user, seen=_seen(_object(request)))
        return Response(_run(request, run_id))


class DiscardRunView(MoneyView):
    """Putting a draft away."""

    http_method_names = ("post", "options")

    @extend_schema(operation_id="discard_run", request=None, responses={200: RunWithLines, 403: _REFUSED, 409: _CONFLICT})
    def post(self, request: Request, run_id: UUID) -> Response:
        """The run stays readable for its team."""
        services.discard_run(run_id=run_id, actor=request.user)
        return Response(_run(request, run_id))
