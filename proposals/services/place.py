"""Where a proposal is: the point, and whether it fits the village that asks."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from geo import codes, lookup
from geo.codes import Level
from geo.models import Region, RegionPiece
from proposals.services.entries import Unreadable

#: Indonesia with its seas, degrees: west, south, east, north.
_ARCHIPELAGO = (94.0, -12.0, 142.0, 7.0)
#: About a decimetre: finer digits are noise, and would make the same point differ from itself.
DIGITS = 6
_LONGEST_NUMBER = 30


class Swapped(Unreadable):
    """Latitude and longitude are the wrong way round; `turned` has the pairs (lon, lat) the right way."""

    def __init__(self, turned: list[tuple[float, float]]) -> None:
        lon, lat = turned[0]
        sentence = _("Latitude and longitude are swapped. The other way round it is latitude %(lat)s, longitude %(lon)s.")
        if len(turned) > 1:
            sentence = _("Latitude and longitude are swapped. The other way round the first point is latitude %(lat)s, longitude %(lon)s.")
        super().__init__(sentence % {"lat": lat, "lon": lon})
        self.turned = turned


def is_in_archipelago(lon: float, lat: float) -> bool:
    """Indonesia with its seas."""
    west, south, east, north = _ARCHIPELAGO
    return west <= lon <= east and south <= lat <= north


def is_swapped(lon: float, lat: float) -> bool:
    """Nowhere near Indonesia, but in it the other way round."""
    return not is_in_archipelago(lon, lat) and is_in_archipelago(lat, lon)


def read_point(value: Any) -> Point | None:
    """A GeoJSON Point, a GEOS point or a pair (lon, lat) in WGS 84; None where none was given."""
    if value is None or value == "":
        return None
    lon, lat = _coordinates(value)
    if lon == 0 and lat == 0:
        raise Unreadable(_("0, 0 is in the Atlantic Ocean: no position was found. Choose the place on the map."))
    if is_swapped(lon, lat):
        raise Swapped([(lat, lon)])
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise Unreadable(_("This is no position on Earth: longitude goes from -180 to 180, latitude from -90 to 90."))
    return Point(round(lon, DIGITS), round(lat, DIGITS), srid=4326)


def _coordinates(value: Any) -> tuple[float, float]:
    pair: Any = value
    if isinstance(value, Point):
        pair = value.coords[:2]
    elif isinstance(value, Mapping):
        pair = value.get("coordinates") if value.get("type") == "Point" else None
    if not isinstance(pair, list | tuple) or len(pair) not in (2, 3):
        raise Unreadable(_("The position must be a GeoJSON point: longitude, then latitude."))
    return degrees(pair[0]), degrees(pair[1])


def degrees(value: Any) -> float:
    """One finite coordinate, from a number or from text with a comma or a dot."""
    sentence = _("Write coordinates as numbers, for example 109.4021 and -0.0893.")
    if isinstance(value, bool) or not isinstance(value, int | float | str) or len(str(value)) > _LONGEST_NUMBER:
        raise Unreadable(sentence)
    try:
        number = float(value.strip().replace(",", ".") if isinstance(value, str) else value)
    except ValueError:
        raise Unreadable(sentence) from None
    if not math.isfinite(number):
        raise Unreadable(sentence)
    return number


@dataclass(frozen=True)
class Found:
    """What a point says about the village: `elsewhere` is the other village it lies in, if it does."""

    elsewhere: Region | None = None


def compare(point: Point, village: Region) -> Found:
    """Compare a point with the village that asks. Raises `Unreadable` where it lies outside the kabupaten.

    Lines decide only where there are lines: a kabupaten without any boundary takes every point, and a village without
    one takes any point in the kabupaten, for its land is still drawn as its neighbours'.
    """
    district = codes.ancestor(village.pk, Level.DISTRICT) or village.pk
    found = lookup.village_at(point)
    if found is not None and not codes.covers(district, found.pk):
        raise Unreadable(_outside(district))
    drawn = is_drawn(village.pk)
    if found is None and _drawn_district(district) and (drawn or not _near(point, district)):
        raise Unreadable(_outside(district))
    return Found(elsewhere=found if found is not None and drawn and not codes.covers(village.pk, found.pk) else None)


def is_drawn(village_code: str) -> bool:
    """Whether the village has a boundary that can hold a point."""
    return RegionPiece.objects.filter(region=village_code).exists()


def _drawn_district(district: str) -> bool:
    return RegionPiece.objects.filter(region__code__startswith=district + ".").exists()


def _near(point: Point, district: str) -> bool:
    """Within the box of the kabupaten: where a village has no line yet, its own land may be a hole in the map."""
    return Region.objects.filter(pk=district, boundary__bbcontains=point).exists()


def _outside(district: str) -> str:
    name = Region.objects.values_list("name", flat=True).get(pk=district)
    return _("This point is outside %(district)s. Move the needle inside the district.") % {"district": name}
