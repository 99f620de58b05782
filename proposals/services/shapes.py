"""Lines and areas: GeoJSON, pasted coordinates or a GPX track, read into one clean line or one clean outline.

Everything about the form of a shape is decided here, without the database; where it lies is asked in `extents`.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, LineString, Point, Polygon
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proposals.services import crossings, place, shape_texts
from proposals.services.entries import Unreadable
from proposals.services.place import Swapped
from proposals.services.shape_texts import MOST_VERTICES

Pair = tuple[float, float]
#: GeoJSON's names, and whether each is an area and has several parts.
_TYPES = {"LineString": (False, False), "MultiLineString": (False, True), "Polygon": (True, False), "MultiPolygon": (True, True)}
_LEAST = {False: 2, True: 4}


def read_shape(value: Any) -> GEOSGeometry | None:
    """A LineString or a Polygon in WGS 84, six decimals, no height; None where nothing was drawn.

    `value`: a GeoJSON geometry or feature, text (see `shape_texts`), or a geometry of ours. A multi-part shape is taken
    where its parts are one: lines that follow each other, a single polygon. Raises `Unreadable`, `Swapped` among them.
    """
    if value is None or value == "" or isinstance(value, GEOSGeometry):
        return value or None
    geometry = shape_texts.geometry(value) if isinstance(value, str) else value
    is_area, positions = _positions(geometry)
    pairs = _tidy(_located(positions), is_area=is_area)
    _refuse_crossing(pairs, is_area=is_area)
    return Polygon(pairs, srid=4326) if is_area else LineString(pairs, srid=4326)


def point_on(shape: GEOSGeometry) -> Point:
    """The point of a shape: the middle of a line, a point inside an area; six decimals as every point."""
    found = shape.interpolate_normalized(0.5) if isinstance(shape, LineString) else shape.point_on_surface
    return Point(round(found.x, place.DIGITS), round(found.y, place.DIGITS), srid=4326)


def _positions(value: Any) -> tuple[bool, Sequence[Any]]:
    """Whether it is an area, and the positions of its one line or outline as they were sent."""
    geometry = _unwrapped(value)
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind in ("Point", "MultiPoint"):
        raise Unreadable(_("A single place belongs in the position; draw a line or an area here."))
    if not isinstance(kind, str) or kind not in _TYPES:
        raise Unreadable(_("Send a GeoJSON LineString or Polygon."))
    is_area, is_many = _TYPES[kind]
    parts = geometry.get("coordinates")
    if not isinstance(parts, list | tuple):
        raise Unreadable(_("Send a GeoJSON LineString or Polygon."))
    if not is_area:
        return False, shape_texts.joined(parts) if is_many else parts
    if is_many:
        parts = _only(parts, _("Several separate areas are several places: draw one outline around them, or propose each on its own."))
    return True, _only(parts, _("An area with a hole in it cannot be kept: draw its outer edge only."))


def _unwrapped(value: Any) -> Any:
    """The geometry of a feature, or of a collection that holds one feature."""
    found = value
    if isinstance(found, Mapping) and found.get("type") == "FeatureCollection":
        found = _only(found.get("features"), _("The file holds several features; send the one that is meant."))
    if isinstance(found, Mapping) and found.get("type") == "Feature":
        found = found.get("geometry")
    if isinstance(found, Mapping) and found.get("type") == "GeometryCollection":
        found = _only(found.get("geometries"), _("The file holds several features; send the one that is meant."))
    return found


def _only(parts: Any, sentence: str) -> Any:
    if not isinstance(parts, list | tuple) or not parts:
        raise Unreadable(_("Send a GeoJSON LineString or Polygon."))
    if len(parts) > 1:
        raise Unreadable(sentence)
    return parts[0]


def _located(positions: Any) -> list[Pair]:
    """Pairs (lon, lat) in Indonesia. Raises `Swapped` where they are, every one of them, the wrong way round."""
    if not isinstance(positions, list | tuple):
        raise Unreadable(_("Send a GeoJSON LineString or Polygon."))
    if len(positions) > MOST_VERTICES:
        sentence = _("This has %(count)d points; at most %(most)d can be kept. Leave out points that lie close together.")
        raise Unreadable(sentence % {"count": len(positions), "most": MOST_VERTICES})
    pairs = [_pair(position, number) for number, position in enumerate(positions, start=1)]
    if pairs and all(place.is_swapped(lon, lat) for lon, lat in pairs):
        raise Swapped([(lat, lon) for lon, lat in pairs])
    for number, (lon, lat) in enumerate(pairs, start=1):
        if not place.is_in_archipelago(lon, lat):
            raise Unreadable(_stray(number, lon, lat))
    return pairs


def _pair(position: Any, number: int) -> Pair:
    """One position; its height, where there is one, is left out."""
    if not isinstance(position, list | tuple) or len(position) not in (2, 3):
        raise Unreadable(_("Point %(number)d is no position: longitude, then latitude.") % {"number": number})
    try:
        return place.degrees(position[0]), place.degrees(position[1])
    except Unreadable as error:
        raise Unreadable(_("Point %(number)d: %(sentence)s") % {"number": number, "sentence": error.sentence}) from None


def _stray(number: int, lon: float, lat: float) -> str:
    if lon == 0 and lat == 0:
        return _("Point %(number)d is 0, 0, in the Atlantic Ocean: no position was found there. Leave it out.") % {"number": number}
    if place.is_swapped(lon, lat):
        return _("Latitude and longitude of point %(number)d are swapped, unlike the others.") % {"number": number}
    return _("Point %(number)d is not in Indonesia.") % {"number": number}


def _tidy(pairs: list[Pair], *, is_area: bool) -> list[Pair]:
    """Rounded, without the same point twice in a row; long enough, and closed where it is an area."""
    rounded = [(round(lon, place.DIGITS), round(lat, place.DIGITS)) for lon, lat in pairs]
    kept = rounded[:1] + [after for before, after in pairwise(rounded) if after != before]
    if is_area and len(kept) > 1 and kept[0] != kept[-1]:
        raise Unreadable(_("The outline of the area is not closed: its last point must be its first."))
    if len(kept) < _LEAST[is_area]:
        least = _LEAST[is_area] - is_area
        sentence = ngettext("It needs at least %(least)d different point.", "It needs at least %(least)d different points.", least)
        raise Unreadable(sentence % {"least": least})
    return kept


def _refuse_crossing(pairs: list[Pair], *, is_area: bool) -> None:
    found = crossings.first(pairs)
    if found is None:
        return
    where = {"lat": f"{found.lat:.5f}", "lon": f"{found.lon:.5f}", "one": found.segment, "other": found.other}
    if is_area:
        sentence = _("The outline crosses itself near %(lat)s, %(lon)s: the stretch after point %(one)d meets the one after point %(other)d.")
    else:
        sentence = _("The line crosses itself near %(lat)s, %(lon)s: the stretch after point %(one)d meets the one after point %(other)d.")
    raise Unreadable(sentence % where)
