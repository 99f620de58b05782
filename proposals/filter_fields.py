"""The kinds of values that the filters of proposals take, each with its sentence for a wrong one."""

import math
import re
from typing import Any

import django_filters
from django import forms
from django.contrib.gis.geos import Point, Polygon
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from geo import codes
from geo.models import Region
from proposals.models import DictionaryEntry

#: Metres around a point that may be asked for.
_FARTHEST_M = 50_000


class RegionCodeField(forms.CharField):
    """An official region code that exists. Cleans to the code."""

    def clean(self, value: Any) -> str:
        """The code; ValidationError for a wrong shape or an unknown region. One query."""
        code = str(super().clean(value))
        if code and not (codes.is_code(code) and Region.objects.filter(pk=code).exists()):
            raise forms.ValidationError(_("There is no region with the code %(code)s."), code="unknown", params={"code": code})
        return code


class BoxField(forms.CharField):
    """`west,south,east,north` in degrees. Cleans to a polygon, or None."""

    def clean(self, value: Any) -> Polygon | None:  # type: ignore[override]
        """The box; ValidationError unless it is four numbers on the earth, west before east and south before north."""
        text = super().clean(value)
        if not text:
            return None
        numbers = _numbers(text, 4)
        if not numbers or not (-180 <= numbers[0] < numbers[2] <= 180 and -90 <= numbers[1] < numbers[3] <= 90):
            raise forms.ValidationError(_("Write the box as west,south,east,north in degrees, for example 109.1,-0.7,109.9,0.1."), code="invalid")
        west, south, east, north = numbers
        box = Polygon.from_bbox((west, south, east, north))
        box.srid = 4326
        return box


class NearField(forms.CharField):
    """`lon,lat,metres`. Cleans to a point and metres, or None."""

    def clean(self, value: Any) -> tuple[Point, float] | None:  # type: ignore[override]
        """The circle; ValidationError unless the point is on the earth and the distance within 50 km."""
        text = super().clean(value)
        if not text:
            return None
        numbers = _numbers(text, 3)
        if not numbers or not (-180 <= numbers[0] <= 180 and -90 <= numbers[1] <= 90 and 0 < numbers[2] <= _FARTHEST_M):
            raise forms.ValidationError(_("Write a point and metres as lon,lat,metres, for example 109.34,-0.05,500; at most 50000."), code="invalid")
        return Point(numbers[0], numbers[1], srid=4326), numbers[2]


class EntryCodeField(forms.CharField):
    """The code of a work in any plan year's dictionary. Cleans to the keys of its entries, or None."""

    def clean(self, value: Any) -> list[int] | None:  # type: ignore[override]
        """The keys; ValidationError where no dictionary has the code. One query."""
        code = str(super().clean(value) or "").strip()
        if not code:
            return None
        found = list(DictionaryEntry.objects.filter(code=code).order_by("pk").values_list("pk", flat=True))
        if not found:
            raise forms.ValidationError(_("No dictionary of works has the code %(code)s."), code="unknown", params={"code": code})
        return found


class SourceField(forms.MultipleChoiceField):
    """Sources of money by their codes. They are named in the room of budgets, so that only their shape is checked here."""

    default_error_messages = {"invalid_choice": _("%(value)s is no source of money.")}  # noqa: RUF012 - as Django reads it

    def valid_value(self, value: str) -> bool:
        """Whether it has the shape of a code."""
        return re.fullmatch(r"[a-z_]{1,24}", value) is not None


def _numbers(text: str, count: int) -> list[float]:
    """So many finite numbers between commas; nothing where it is anything else."""
    try:
        found = [float(part) for part in text.split(",")]
    except ValueError:
        return []
    return found if len(found) == count and all(map(math.isfinite, found)) else []


@extend_schema_field(OpenApiTypes.STR)
class RegionFilter(django_filters.Filter):
    field_class = RegionCodeField


@extend_schema_field(OpenApiTypes.STR)
class BoxFilter(django_filters.Filter):
    field_class = BoxField


@extend_schema_field(OpenApiTypes.STR)
class NearFilter(django_filters.Filter):
    field_class = NearField


@extend_schema_field(OpenApiTypes.STR)
class EntryFilter(django_filters.Filter):
    field_class = EntryCodeField


@extend_schema_field(OpenApiTypes.INT64)
class WholeFilter(django_filters.Filter):
    field_class = forms.IntegerField


@extend_schema_field(OpenApiTypes.DATE)
class DayFilter(django_filters.Filter):
    field_class = forms.DateField


class SourceFilter(django_filters.MultipleChoiceFilter):
    field_class = SourceField
