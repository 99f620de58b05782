"""Lines and areas as people have them: coordinates typed one pair a line, GeoJSON pasted, a GPX track uploaded."""

import json
import re
from collections.abc import Iterable, Sequence
from math import asin, cos, isfinite, radians, sin, sqrt
from typing import Any
from xml.etree.ElementTree import ParseError

import shapely
from defusedxml import DefusedXmlException, ElementTree
from django.utils.translation import gettext as _

from proposals.services import degrees
from proposals.services.entries import Unreadable

#: Two megabytes of text: a day's walk recorded every second.
LONGEST = 2_000_000
_MOST_LINES = 20_000
#: A walk of ten kilometres with a point every five metres; more is a survey, not a proposal.
MOST_VERTICES = 2000
_NUMBER = r"([-−+]?\d{1,3}(?:[.,]\d{1,12})?)"
#: Latitude first, as maps show and phones copy it: `-0.0893, 109.4021`, `−0,08930; 109,40210`.
_LINE = re.compile(rf"\(?\s*{_NUMBER}\s*(?:[;,\t ]\s*)\s*{_NUMBER}\s*\)?")
_WKT = re.compile(r"(?:SRID=\d+;\s*)?(?:(?:MULTI)?(?:POINT|LINESTRING|POLYGON)|GEOMETRYCOLLECTION)\s*(?:Z|M|ZM)?\s*(?:\(|EMPTY)", re.IGNORECASE)
#: Recorded points nearer than this to the last one are the receiver's noise: who stands still draws knots.
_STEP_METRES = 4.0
#: A pause in a recording is bridged up to here; beyond, two stretches are two.
_GAP_METRES = 250.0
_EARTH_METRES = 6_371_008.8


def geometry(text: str, *, is_area: bool = False) -> Any:
    """GeoJSON of what was typed, pasted or uploaded. `is_area`: typed coordinates and tracks are an outline, closed here.

    Typed coordinates that end where they began are an outline too. Raises `Unreadable` with the line at fault.
    """
    if len(text) > LONGEST:
        raise Unreadable(_("This is too long: at most 2 MB of coordinates can be read."))
    bare = text.strip().lstrip("\ufeff")
    if bare.startswith(("{", "[")):
        return _json(bare)
    if _WKT.match(bare):
        return well_known(bare)
    pairs = _track(bare) if bare.startswith("<") else _lines(bare)
    if is_area and pairs and pairs[0] != pairs[-1]:
        pairs.append(pairs[0])
    if is_area or (len(pairs) > 3 and pairs[0] == pairs[-1] and not bare.startswith("<")):
        return {"type": "Polygon", "coordinates": [pairs]}
    return {"type": "LineString", "coordinates": pairs}


def well_known(text: str) -> Any:
    """GeoJSON of a WKT text, with PostGIS's `SRID=4326;` before it or without."""
    sentence = _("Write the line or the area as WKT or GeoJSON, for example LINESTRING (109.40 -0.09, 109.41 -0.09).")
    if re.search("nan|inf", text, re.IGNORECASE):
        raise Unreadable(sentence)
    try:
        geometry = shapely.from_wkt(text.partition(";")[2] if text[:5].upper() == "SRID=" else text)
    except shapely.errors.ShapelyError:
        raise Unreadable(sentence) from None
    if geometry is None or geometry.is_empty:
        raise Unreadable(_("Nothing is drawn here."))
    return json.loads(shapely.to_geojson(geometry))


def typed(pairs: Iterable[Sequence[float]]) -> str:
    """Pairs (lon, lat) as they are typed: latitude first, one pair a line."""
    return "\n".join(f"{pair[1]:.6f}, {pair[0]:.6f}" for pair in pairs)


def joined(parts: Sequence[Any]) -> list[Any]:
    """The positions of lines that follow each other as one line; short gaps are bridged. Raises `Unreadable` at a wide gap."""
    whole: list[Any] = []
    for part in parts:
        if not isinstance(part, list | tuple):
            raise Unreadable(_("Send a GeoJSON LineString or Polygon."))
        if whole and part and (gap := _gap(whole[-1], part[0])) > _GAP_METRES:
            sentence = _("The line has a gap of %(metres)d metres: send one stretch, or propose each on its own.")
            raise Unreadable(sentence % {"metres": round(gap)})
        whole.extend(part)
    return whole


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(_("This is no GeoJSON: it cannot be read. Copy all of it, from the first bracket to the last.")) from None


def _lines(text: str) -> list[list[float]]:
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > _MOST_LINES:
        raise Unreadable(_("This is too long: at most 2 MB of coordinates can be read."))
    pairs = []
    for number, line in lines:
        found = _LINE.fullmatch(line)
        turned = None if found else degrees.pair(line)
        if turned:
            pairs.append(list(turned))
            continue
        if found is None:
            sentence = _("Line %(number)d is no pair of coordinates. Write the latitude, then the longitude, for example -0.0893, 109.4021.")
            raise Unreadable(sentence % {"number": number})
        lat, lon = (float(one.replace("−", "-").replace(",", ".")) for one in found.groups())
        pairs.append([lon, lat])
    return pairs


def _track(text: str) -> list[list[float]]:
    """The points of a GPX track or route in their order, without the knots of standing still."""
    try:
        root = ElementTree.fromstring(text, forbid_dtd=True)
    except DefusedXmlException:
        raise Unreadable(_("This file carries more than a track (a document type or entities) and is not read.")) from None
    except (ParseError, ValueError, RecursionError):
        raise Unreadable(_("This file cannot be read. Send a GPX or GeoJSON file as the app wrote it.")) from None
    if _local(root.tag) != "gpx":
        raise Unreadable(_("This file is no GPX track. Send a GPX or GeoJSON file."))
    parts = [_points(part) for part in root.iter() if _local(part.tag) in ("trkseg", "rte")]
    if not any(parts):
        raise Unreadable(_("There is no track in this file."))
    return _thinned(joined([part for part in parts if part]))


def _points(part: Any) -> list[list[float]]:
    sentence = _("A point of this track has no readable position.")
    try:
        found = [[float(one.get("lon", "")), float(one.get("lat", ""))] for one in part if _local(one.tag) in ("trkpt", "rtept")]
    except ValueError:
        raise Unreadable(sentence) from None
    if not all(isfinite(number) for pair in found for number in pair):
        raise Unreadable(sentence)
    return found


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]


def _thinned(pairs: list[list[float]]) -> list[list[float]]:
    """Every point at least a few metres from the one kept before it; more metres for a track that would not fit."""
    step, kept = _STEP_METRES, _spaced(pairs, _STEP_METRES)
    while len(kept) > MOST_VERTICES:
        step *= 2
        kept = _spaced(pairs, step)
    return kept


def _spaced(pairs: list[list[float]], step: float) -> list[list[float]]:
    kept = pairs[:1]
    for pair in pairs[1:]:
        if _gap(kept[-1], pair) >= step:
            kept.append(pair)
    return kept


def _gap(one: Any, other: Any) -> float:
    """Metres between two positions on a sphere, near enough for pauses and noise; 0 where either is none."""
    try:
        (lon, lat), (east, north) = (tuple(map(float, pair[:2])) for pair in (one, other))
    except (TypeError, ValueError, OverflowError):
        return 0.0
    if not all(map(isfinite, (lon, lat, east, north))):
        return 0.0
    high, wide = radians(north - lat) / 2, radians(east - lon) / 2
    return 2 * _EARTH_METRES * asin(min(1.0, sqrt(max(0.0, sin(high) ** 2 + cos(radians(lat)) * cos(radians(north)) * sin(wide) ** 2))))
