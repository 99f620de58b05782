"""Reading boundaries from GeoJSON, one feature at a time, with an error that names the feature.

Only the text and one feature are held at once: parsing a file of 100 MB whole would take ten times its size.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import shapely
from shapely.geometry import MultiPolygon, shape

from geo import codes

#: Indonesia with room to spare: west, south, east, north.
INDONESIA = (94.0, -12.0, 142.0, 8.0)
_BLANK = re.compile(r"[\s,]*")


class BadFile(Exception):  # noqa: N818 - names what is bad, like a refusal
    """The file cannot be loaded; the message names the feature and says why."""


@dataclass(frozen=True)
class Feature:
    """One region's polygons as the file has them, made valid."""

    code: str
    geometry: MultiPolygon
    repaired: bool


def _no_number(text: str) -> NoReturn:
    raise BadFile(f"{text} is no coordinate.")


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _decode(text: str, at: int, what: str) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as bad:
        raise BadFile(f"Not JSON: {bad.msg} at line {bad.lineno}, {what}.") from bad
    except RecursionError as bad:
        raise BadFile(f"Not GeoJSON: {what} is nested too deeply.") from bad


def _elements(text: str, at: int) -> Iterator[Any]:
    """The elements of the array that begins at `at`, one by one."""
    at, number = _skip(text, at + 1), 0
    while at < len(text) and text[at] != "]":
        number += 1
        element, at = _decode(text, at, f"in feature {number}")
        yield element
        at = _skip(text, at)
    if at >= len(text):
        raise BadFile(f"Not JSON: the file ends after feature {number}.")


def _features_at(text: str) -> int:
    """Where the array of the top object's "features" begins."""
    at = _skip(text, 0)
    if text[at : at + 1] != "{":
        raise BadFile("Not GeoJSON: an object with features is needed." if text.strip() else "The file is empty.")
    at = _skip(text, at + 1)
    while at < len(text) and text[at] != "}":
        key, at = _decode(text, at, "at a member's name")
        at = text.find(":", at) + 1
        at = _skip(text, at)
        if key == "features" and text[at : at + 1] == "[":
            return at
        _, at = _decode(text, at, f"in the member {key!r}")
        at = _skip(text, at)
    raise BadFile("Not a FeatureCollection: it has no features.")


def _code(raw: object) -> str:
    """An official code; the undotted form of the same digits (`6112012001`, text or number) is understood too."""
    text = str(raw).strip()
    if codes.is_code(text) or not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{10}", text):
        return text
    return ".".join(part for part in (text[:2], text[2:4], text[4:6], text[6:]) if part)


def _outside(box: tuple[float, ...], west: float, south: float, east: float, north: float) -> bool:
    return west < box[0] or south < box[1] or east > box[2] or north > box[3]


def _check_place(geometry: shapely.Geometry, name: str) -> None:
    west, south, east, north = geometry.bounds
    if not all(map(math.isfinite, (west, south, east, north))):
        raise BadFile(f"{name}: a coordinate is not a number.")
    if not _outside(INDONESIA, west, south, east, north):
        return
    if not _outside(INDONESIA, south, west, north, east):
        raise BadFile(f"{name}: longitude and latitude look swapped ({west:g}, {south:g}); GeoJSON writes longitude first.")
    if _outside((-180, -90, 180, 90), west, south, east, north):
        raise BadFile(f"{name}: coordinates outside the world ({west:g}, {south:g}); longitude and latitude in WGS 84 are needed.")
    raise BadFile(f"{name}: outside Indonesia ({west:g}, {south:g} to {east:g}, {north:g}).")


def polygons_of(geometry: shapely.Geometry) -> MultiPolygon:
    """Only the polygons of a geometry, as a multipolygon; lines and points that a repair left are dropped."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return MultiPolygon([part for part in parts if part.geom_type == "Polygon" and part.area > 0])


def _rings(raw: dict[str, Any]) -> Iterator[list[Any]]:
    nested = raw["coordinates"] if raw["type"] == "MultiPolygon" else [raw["coordinates"]]
    for polygon in nested:
        yield from polygon


def _geometry(raw: object, name: str) -> tuple[MultiPolygon, bool]:
    kind = raw.get("type") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or kind not in {"Polygon", "MultiPolygon"}:
        raise BadFile(f"{name}: a Polygon or MultiPolygon is needed, not {kind or 'nothing'}.")
    try:
        unclosed = any(ring[0] != ring[-1] for ring in _rings(raw))
        given = shapely.force_2d(shape(raw))
    except (ValueError, TypeError, LookupError, AttributeError, shapely.errors.ShapelyError) as bad:
        raise BadFile(f"{name}: its coordinates make no polygon ({bad}).") from bad
    if given.is_empty:
        raise BadFile(f"{name}: its polygon is empty.")
    _check_place(given, name)
    valid = given.is_valid
    whole = polygons_of(given if valid else shapely.make_valid(given, method="structure", keep_collapsed=False))
    if whole.is_empty:
        raise BadFile(f"{name}: its rings enclose nothing.")
    return whole, unclosed or not valid


def _feature(raw: object, number: int, code_field: str) -> Feature:
    properties = raw.get("properties") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(properties, dict):
        raise BadFile(f"Feature {number} has no properties.")
    if properties.get(code_field) in (None, ""):
        known = ", ".join(sorted(map(str, properties))) or "none"
        raise BadFile(f"Feature {number} has no field {code_field!r}; its fields: {known}. Name another with --code-field.")
    code = _code(properties[code_field])
    geometry, repaired = _geometry(raw.get("geometry"), f"Feature {number} ({code})")
    return Feature(code, geometry, repaired)


def read(path: Path, *, code_field: str = "code") -> Iterator[Feature]:
    """The features of a GeoJSON file, in its order. Raises BadFile at the first one that cannot be a boundary."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as bad:
        raise BadFile("Not JSON: the file is not UTF-8 text.") from bad
    except OSError as bad:
        raise BadFile(f"It cannot be read: {bad.strerror}.") from bad
    seen: dict[str, int] = {}
    for number, raw in enumerate(_elements(text, _features_at(text)), start=1):
        feature = _feature(raw, number, code_field)
        if feature.code in seen:
            raise BadFile(f"Feature {number} ({feature.code}) repeats feature {seen[feature.code]}; join their polygons into one feature.")
        seen[feature.code] = number
        yield feature
    if not seen:
        raise BadFile("It has no features.")
