"""Reading boundaries from GeoJSON, one feature at a time, with an error that names the feature."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, shape

from geo import codes
from geo.boundaries.stream import BadFile, features_of, text_of

__all__ = ["BadFile", "Feature", "polygons_of", "read"]

#: Indonesia with room to spare: west, south, east, north.
INDONESIA = (94.0, -12.0, 142.0, 8.0)


@dataclass(frozen=True)
class Feature:
    """One region's polygons as the file has them, made valid; no geometry where the file knows none."""

    code: str
    geometry: MultiPolygon | None
    repaired: bool


def _code(raw: object) -> str:
    """An official code; the undotted form of the same digits (`6112012001`, text or number) is understood too."""
    return codes.dotted(str(int(raw) if isinstance(raw, float) and raw.is_integer() else raw))


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


def _polygons(raw: Any) -> Iterator[list[list[Any]]]:
    """The polygons of a geometry as lists of rings, also out of a collection; lines and points beside them are passed over."""
    if raw["type"] == "GeometryCollection":
        for part in raw["geometries"]:
            yield from _polygons(part)
    elif raw["type"] in {"Polygon", "MultiPolygon"}:
        yield from raw["coordinates"] if raw["type"] == "MultiPolygon" else [raw["coordinates"]]


def _flat(polygon: list[list[Any]]) -> list[list[Any]]:
    """Rings of longitude and latitude alone; heights and measures are of no use here."""
    return [[position[:2] for position in ring] for ring in polygon]


def _geometry(raw: object, name: str) -> tuple[MultiPolygon, bool]:
    kind = raw.get("type") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or kind not in {"Polygon", "MultiPolygon", "GeometryCollection"}:
        raise BadFile(f"{name}: a Polygon or MultiPolygon is needed, not {kind or 'nothing'}.")
    try:
        polygons = [_flat(polygon) for polygon in _polygons(raw)]
        if kind == "GeometryCollection" and not polygons:
            raise BadFile(f"{name}: a Polygon or MultiPolygon is needed, and its collection has none.")
        unclosed = any(ring[0] != ring[-1] for polygon in polygons for ring in polygon)
        given = shape({"type": "MultiPolygon", "coordinates": [polygon for polygon in polygons if polygon]})
    except RecursionError as bad:
        raise BadFile(f"{name}: its geometry is nested too deeply.") from bad
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
    if "geometry" in raw and raw["geometry"] is None:
        return Feature(code, None, repaired=False)
    geometry, repaired = _geometry(raw.get("geometry"), f"Feature {number} ({code})")
    return Feature(code, geometry, repaired)


def read(path: Path, *, code_field: str = "code") -> Iterator[Feature]:
    """The features of a GeoJSON file, in its order. Raises BadFile at the first one that cannot be a boundary."""
    seen: dict[str, int] = {}
    for number, raw in enumerate(features_of(text_of(path)), start=1):
        feature = _feature(raw, number, code_field)
        if feature.code in seen:
            raise BadFile(f"Feature {number} ({feature.code}) repeats feature {seen[feature.code]}; join their polygons into one feature.")
        seen[feature.code] = number
        yield feature
    if not seen:
        raise BadFile("It has no features.")
