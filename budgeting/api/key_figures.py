"""The figures of a plan year over HTTP: the same facts as on the page, and as a file."""

from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.refusals import Missing
from budgeting.api.views import MoneyView
from budgeting.figures import files, reading, wide
from budgeting.figures.figure import Figure, Unit
from budgeting.figures.reading import Told
from budgeting.figures.telling import rounded
from budgeting.figures.words import WHY, WORDS, notes_of
from proposals.api.list_views import AnyAccept
from proposals.sheets.downloads import csv_file

PARAMETERS = [
    OpenApiParameter(
        "region", OpenApiTypes.STR, description="a kabupaten, sub-district or village, a province, or `indonesia`; the home kabupaten without it"
    ),
    OpenApiParameter("plan_year", OpenApiTypes.INT, description="the plan year; the current one without it"),
]


@extend_schema_serializer(component_name="KeyFigure")
class KeyFigureSerializer(serializers.Serializer[Any]):
    """One figure. `value` is null where `missing` says why; never zero for what is not known."""

    code = serializers.CharField()
    name = serializers.CharField()
    definition = serializers.CharField()
    numerator = serializers.IntegerField(allow_null=True)
    numerator_is = serializers.CharField()
    denominator = serializers.IntegerField(allow_null=True)
    denominator_is = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    unit = serializers.CharField(help_text=", ".join(unit.value for unit in Unit))
    missing = serializers.CharField(allow_null=True)
    missing_because = serializers.CharField()
    notes = serializers.ListField(child=serializers.CharField())
    counted_from = serializers.CharField()


@extend_schema_serializer(component_name="KeyFiguresBelow")
class BelowSerializer(serializers.Serializer[Any]):
    """What can be told of a region below."""

    region = serializers.CharField()
    name = serializers.CharField()
    figures = KeyFigureSerializer(many=True)


@extend_schema_serializer(component_name="KeyFigures")
class KeyFiguresSerializer(serializers.Serializer[Any]):
    """The figures of one region and plan year, counted at `as_of`; of a province or the nation the sums of `counted` kabupaten of `counted_of`."""

    region = serializers.CharField()
    name = serializers.CharField()
    plan_year = serializers.IntegerField()
    as_of = serializers.DateTimeField(help_text="of a province or the nation: when the oldest part was counted")
    counted = serializers.IntegerField(allow_null=True, help_text="kabupaten in the sums; null where nothing is added up")
    counted_of = serializers.IntegerField(allow_null=True)
    figures = KeyFigureSerializer(many=True)
    below = BelowSerializer(many=True)


class KeyFiguresView(MoneyView):
    """Figures with definitions and denominators."""

    serializer_class = KeyFiguresSerializer

    @extend_schema(operation_id="key_figures", parameters=PARAMETERS)
    def get(self, request: Request) -> Response:
        """Of one region and year, and of each region below it what can be told there."""
        found = _found(request)
        below = [{"region": one.pk, "name": one.title, "figures": [_told(figure) for figure in told.values()]} for one, told in found.below]
        head = {"region": found.region.pk, "name": found.region.title, "plan_year": found.plan_year, "as_of": found.as_of, **_counted(found)}
        return Response(KeyFiguresSerializer({**head, "figures": [_told(figure) for figure in found.figures], "below": below}).data)


class KeyFiguresCsv(MoneyView):
    """The same for spreadsheets."""

    content_negotiation_class = AnyAccept

    @extend_schema(operation_id="key_figures_csv", parameters=PARAMETERS, responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request) -> HttpResponse:
        """UTF-8 with a byte order mark, a line a figure."""
        found = _found(request)
        return csv_file(files.csv(found), f"angka-{found.region.pk}-{found.plan_year}.csv")


def _found(request: Request) -> Told:
    code, year = request.query_params.get("region", ""), request.query_params.get("plan_year", "")
    if wide.is_wide(code):
        return wide.told(region := wide.region_of(code), wide.year_of(region, year))
    region = reading.region_of(code)
    cycle = reading.cycle_of(region, year)
    if cycle is None:
        raise Missing
    return reading.told(region, cycle)


def _counted(found: Told) -> dict[str, int | None]:
    counted = found.counted
    return {"counted": counted.districts if counted else None, "counted_of": counted.of if counted else None}


def _told(figure: Figure) -> dict[str, Any]:
    words = WORDS[figure.code]
    return {
        "code": figure.code,
        "name": words.name,
        "definition": words.definition,
        "numerator": figure.numerator,
        "numerator_is": words.part,
        "denominator": figure.denominator,
        "denominator_is": words.whole,
        "value": rounded(figure),
        "unit": figure.unit.value,
        "missing": figure.missing.value if figure.missing else None,
        "missing_because": WHY[figure.missing] if figure.missing else "",
        "notes": notes_of(figure),
        "counted_from": words.source,
    }


urlpatterns: list[URLPattern] = [
    path("figures/", KeyFiguresView.as_view(), name="figures"),
    path("figures.csv", KeyFiguresCsv.as_view(), name="figures-csv"),
]
