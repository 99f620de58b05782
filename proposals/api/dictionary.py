"""The dictionary of works for programs: the list of a plan year, and what free words may mean."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle
from rest_framework.views import APIView

from accounts.refusals import Invalid, Missing
from geo import codes
from geo.api.pagination import CursorPages
from geo.codes import Level
from proposals.api.throttles import SuggestThrottle
from proposals.dictionary import suggestions
from proposals.dictionary.querysets import DictionaryQuerySet
from proposals.models import Cycle, DictionaryEntry
from proposals.words import Sector

_WORDS_MOST = 200
_WHERE = [
    OpenApiParameter("region", str, required=True, description="Code of the kabupaten, or of anything in it."),
    OpenApiParameter("plan_year", OpenApiTypes.INT, description="The newest that the kabupaten has, where none is named."),
]


class DictionaryEntrySerializer(serializers.ModelSerializer[DictionaryEntry]):
    """A work that may be proposed. `code` is what a proposal names; `unit_price` is whole rupiah, or null where nobody knows it."""

    plan_year = serializers.IntegerField(source="cycle.plan_year", read_only=True)
    region = serializers.CharField(source="cycle.region_id", read_only=True)
    agency_name = serializers.CharField(source="agency.name", read_only=True, allow_null=True, default=None)

    class Meta:
        model = DictionaryEntry
        read_only_fields = fields = (
            "id", "region", "plan_year", "code", "name", "sector", "kind", "unit", "unit_price", "agency", "agency_name", "programme", "activity",
            "output", "group", "everyday_words",
        )  # fmt: skip


class SuggestionSerializer(serializers.Serializer[Any]):
    """A work that a text may mean; `said` are the text's words, `meant` what they were taken for (empty where the same)."""

    entry = DictionaryEntrySerializer()
    said = serializers.CharField()
    meant = serializers.CharField()


class SuggestionsAnswer(serializers.Serializer[Any]):
    """The likeliest first; empty where nothing fits."""

    results = SuggestionSerializer(many=True)


def cycle_of(request: Request) -> Cycle:
    """The plan year that a request names. Raises Invalid (400) by field, Missing (404) where the kabupaten has none such."""
    region, year = request.query_params.get("region", ""), request.query_params.get("plan_year", "")
    district = codes.ancestor(region, Level.DISTRICT) if codes.is_code(region) else None
    if district is None:
        raise Invalid({"region": [_("Name a kabupaten, or a region in it.")]})
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise Invalid({"plan_year": [_("Write the plan year as a year, for example 2028.")]})
    cycles = Cycle.objects.filter(region_id=district, **({"plan_year": int(year)} if year else {}))
    if (found := cycles.begun_first().first()) is None:
        raise Missing(_("There is no such plan year here."))
    return found


class DictionaryList(ListAPIView):
    """The works that may be proposed in a kabupaten and plan year, by name; locked ones are left out."""

    serializer_class = DictionaryEntrySerializer
    pagination_class = CursorPages
    filter_backends = ()

    @extend_schema(
        operation_id="dictionary",
        parameters=[*_WHERE, OpenApiParameter("q", str, description="Words of the name."), OpenApiParameter("sector", str, enum=Sector.values)],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Entries by name."""
        return self.list(request, *args, **kwargs)

    def get_queryset(self) -> DictionaryQuerySet:
        """Those of the plan year that have the words and the sector asked for."""
        sector = self.request.query_params.get("sector", "")
        if sector and sector not in Sector.values:
            raise Invalid({"sector": [_("Choose one of the list.")]})
        words = self.request.query_params.get("q", "")[:_WORDS_MOST]
        found = DictionaryEntry.objects.filter(cycle=cycle_of(self.request)).offered().with_words(words)
        return (found.filter(sector=sector) if sector else found).select_related("cycle", "agency").order_by("name", "id")


class DictionarySuggestions(APIView):
    """What free words may mean among the works of a plan year: `jalan becek` suggests paving and drainage."""

    throttle_classes = (AnonRateThrottle, UserRateThrottle, SuggestThrottle)

    @extend_schema(
        operation_id="dictionary_suggestions", parameters=[*_WHERE, OpenApiParameter("text", str, required=True)], responses=SuggestionsAnswer
    )
    def get(self, request: Request) -> Response:
        """At most six works; the person chooses, nothing is chosen here."""
        cycle = cycle_of(request)
        found = suggestions.suggest(cycle, request.query_params.get("text", ""))
        for one in found:
            one.entry.cycle = cycle
        return Response(SuggestionsAnswer({"results": found}).data)
