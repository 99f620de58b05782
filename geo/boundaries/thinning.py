"""Outlines for drawing: boundaries thinned together with their neighbours, so that a shared edge stays shared.

Villages and kecamatan are thinned a kabupaten at a time, kabupaten a province, provinces all at once. Only the
outermost edge of such a group is thinned on its own.
"""

from collections.abc import Iterable

import numpy as np
import shapely
from django.db import connection
from psycopg2.extras import execute_values
from shapely.geometry import MultiPolygon

from geo import codes
from geo.boundaries.reading import polygons_of
from geo.codes import Level

#: How far a line may wander from the true one, in degrees (0.0001 is about 11 m).
TOLERANCE: dict[Level, float] = {
    Level.PROVINCE: 0.01,
    Level.DISTRICT: 0.003,
    Level.SUBDISTRICT: 0.0006,
    Level.VILLAGE: 0.0004,
}
Group = tuple[Level, str]

_GROUP = """
    SELECT code, ST_AsBinary(boundary) FROM geo_region
    WHERE level = %s AND code LIKE %s AND boundary IS NOT NULL ORDER BY code"""
_WRITE = """
    UPDATE geo_region r SET outline = ST_Multi(ST_GeomFromWKB(s.geom, 4326))
    FROM (VALUES %s) AS s (code, geom) WHERE r.code = s.code"""


def group_of(code: str) -> Group:
    """The level and the region within which this one is thinned."""
    level = codes.level(code)
    if level is Level.PROVINCE:
        return level, ""
    return level, str(codes.ancestor(code, Level.PROVINCE if level is Level.DISTRICT else Level.DISTRICT))


def _light(thin: shapely.Geometry, whole: shapely.Geometry, tolerance: float) -> MultiPolygon:
    """The thinned polygons without specks; the whole where nothing would be left."""
    parts = polygons_of(thin if thin.is_valid else shapely.make_valid(thin, method="structure", keep_collapsed=False)).geoms
    seen = [part for part in parts if part.area > tolerance**2] or list(parts)
    return MultiPolygon(seen) if seen else polygons_of(whole)


def thin(geometries: Iterable[shapely.Geometry], tolerance: float) -> list[MultiPolygon]:
    """Polygons that touch, simplified together, in the same order."""
    whole = np.array(list(geometries), dtype=object)
    return [_light(one, full, tolerance) for one, full in zip(shapely.coverage_simplify(whole, tolerance), whole, strict=True)]


def _thin_group(level: Level, scope: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_GROUP, [level.value, f"{scope}.%" if scope else "%"])
        found = [(code, bytes(wkb)) for code, wkb in cursor.fetchall()]
        if not found:
            return
        outlines = thin(shapely.from_wkb([wkb for _, wkb in found]), TOLERANCE[level])
        rows = [(code, outline.wkb) for (code, _), outline in zip(found, outlines, strict=True)]
        execute_values(cursor.cursor, _WRITE, rows, template="(%s, %s::bytea)", page_size=500)


def thin_around(touched: Iterable[str]) -> None:
    """Make the outlines of these regions and of their neighbours anew."""
    for level, scope in sorted({group_of(code) for code in touched}):
        _thin_group(level, scope)
