"""The list of proposals and its files. Drafts are nobody's but their author's."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django_filters import MultipleChoiceFilter
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import exceptions, generics
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from geo.api.pagination import CursorPages
from proposals.api.rows import ProposalRow
from proposals.filters import ProposalFilter
from proposals.lists import Listing
from proposals.long_answers import LongText
from proposals.models import Proposal
from proposals.querysets import ProposalQuerySet
from proposals.sheets import exports


class ProposalPages(CursorPages):
    """Whatever everybody may see has a number and an amount: no key is empty."""

    filled = True


@extend_schema(parameters=[OpenApiParameter("mine", OpenApiTypes.STR, enum=["1"], description="Only one's own, drafts included; needs a sign-in.")])
class ProposalList(generics.ListAPIView):
    """Proposals that everybody may see, newest change first, or best match first where words are looked for; with `mine=1` one's own."""

    serializer_class = ProposalRow
    filterset_class = ProposalFilter

    @property
    def pagination_class(self) -> type[CursorPages]:  # type: ignore[override]
        """One's own drafts may lack what an order asks for."""
        return CursorPages if self._is_mine else ProposalPages

    @property
    def _is_mine(self) -> bool:
        return bool(self.request and self.request.query_params.get("mine") == "1")

    def filter_queryset(self, queryset: ProposalQuerySet) -> ProposalQuerySet:  # type: ignore[override]
        """The filters, which know how many they find before they choose a way to fetch them."""
        filters = ProposalFilter(self.request.query_params, queryset=queryset).or_refuse()
        if self._is_mine:
            return filters.qs
        listing = Listing(filters)
        if isinstance(self.paginator, CursorPages):
            self.paginator.fetch = listing.fetch
        return listing.walk

    def get_queryset(self) -> ProposalQuerySet:
        """The proposals that the reader may list."""
        rows = Proposal.objects.for_cards()
        mine = self.request.query_params.get("mine", "")
        if mine not in {"", "0", "1"}:
            raise exceptions.ValidationError({"mine": [_("Write 1 for your own proposals.")]})
        if mine != "1":
            return rows.public()
        if not self.request.user.is_authenticated:
            raise exceptions.NotAuthenticated
        return rows.filter(author_id=self.request.user.pk)


class AnyAccept(BaseContentNegotiation):
    """A file has one shape, whatever the reader would rather have."""

    def select_parser(self, request: Request, parsers: Any) -> Any:  # noqa: ARG002 - as the library calls it
        """Nothing is sent to these addresses."""
        return parsers[0] if parsers else None

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:  # noqa: ARG002
        """JSON for refusals; the file itself is streamed past the renderers."""
        return renderers[0], renderers[0].media_type


class ExportView(APIView):
    """A file of all proposals that the filters find, streamed."""

    content_negotiation_class = AnyAccept
    filterset_class = ProposalFilter
    write: Callable[[ProposalQuerySet], Iterator[str]]
    content_type, file_name = "", ""

    def get(self, request: Request) -> StreamingHttpResponse:
        """The file; wrong filters are refused before its first byte."""
        found = ProposalFilter(request.query_params, queryset=Proposal.objects.public()).asked()
        headers = {"Content-Disposition": f'attachment; filename="{self.file_name}"'}
        text = LongText(partial(type(self).write, found))
        return StreamingHttpResponse(text, content_type=self.content_type, headers=headers)


FILTER_PARAMETERS = [
    OpenApiParameter(name, OpenApiTypes.STR, many=isinstance(asked, MultipleChoiceFilter)) for name, asked in ProposalFilter.base_filters.items()
]


def _described(name: str, media_type: str, shape: OpenApiTypes) -> Callable[[type[ExportView]], type[ExportView]]:
    """How the OpenAPI description names a file."""
    return extend_schema_view(get=extend_schema(operation_id=name, parameters=FILTER_PARAMETERS, responses={(200, media_type): shape}))


@_described("proposals_geojson", "application/geo+json", OpenApiTypes.OBJECT)
class ProposalGeoJson(ExportView):
    """A GeoJSON FeatureCollection; proposals without a position have a null geometry."""

    write = staticmethod(exports.geojson)
    content_type, file_name = "application/geo+json", "usulan.geojson"


@_described("proposals_csv", "text/csv", OpenApiTypes.STR)
class ProposalCsv(ExportView):
    """Comma-separated values for spreadsheets, UTF-8 with a byte order mark."""

    write = staticmethod(exports.csv)
    content_type, file_name = "text/csv; charset=utf-8", "usulan.csv"
