"""Reading what a request asks for; refusals name the field."""

import math

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request

from geo import codes
from geo.boundaries.reading import INDONESIA
from geo.codes import LEVELS, Level
from geo.models import Region


class Missing(APIException):
    """404 that says what is missing; the general one has one sentence for all."""

    status_code = status.HTTP_404_NOT_FOUND
    default_code = "not_found"


def region_or_404(code: str) -> Region:
    """The region without its geometries, retired ones too."""
    region = Region.objects.light().filter(pk=code).first() if codes.is_code(code) else None
    if region is None:
        raise Missing(_("There is no region with the code %(code)s.") % {"code": code[:20]})
    return region


def level_of(request: Request) -> Level | None:
    """`?level=`, or None where it is not given."""
    given = request.query_params.get("level", "")
    if not given:
        return None
    if given not in set(LEVELS):
        raise ValidationError({"level": [_("Choose one of: %(levels)s.") % {"levels": ", ".join(LEVELS)}]})
    return Level(given)


def parent_of(request: Request) -> str:
    """`?parent=`, or the empty text."""
    given = request.query_params.get("parent", "")
    if given and not codes.is_code(given):
        raise ValidationError({"parent": [_("Write an official code, for example 61.12.")]})
    return given


def _degrees(text: str) -> float:
    """The number, or NaN where the text is none."""
    try:
        return float(text[:40])
    except ValueError:
        return math.nan


def _fault(number: float, most: int) -> str:
    """What is wrong with a coordinate, as a sentence; empty where nothing is."""
    if not math.isfinite(number):
        return _("Write a number in degrees, for example 109.35.")
    return "" if abs(number) <= most else _("Write a number between -%(most)d and %(most)d.") % {"most": most}


def _swapped(lon: float, lat: float) -> bool:
    west, south, east, north = INDONESIA
    return south <= lon <= north and west <= lat <= east


def point_of(request: Request) -> Point:
    """`?lon=&lat=` as a point; latitude and longitude that look swapped are refused with that hint."""
    lon, lat = (_degrees(request.query_params.get(name, "")) for name in ("lon", "lat"))
    if _swapped(lon, lat):
        hint = _("Longitude and latitude look swapped. In Indonesia lon is between %(west)d and %(east)d, lat between %(south)d and %(north)d.")
        hint %= dict(zip(("west", "south", "east", "north"), INDONESIA, strict=True))
        raise ValidationError({"lon": [hint], "lat": [hint]})
    faults = {"lon": _fault(lon, 180), "lat": _fault(lat, 90)}
    if any(faults.values()):
        raise ValidationError({name: [fault] for name, fault in faults.items() if fault})
    return Point(lon, lat, srid=4326)
