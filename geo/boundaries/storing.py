"""Keeping boundaries: the polygon, its pieces, its anchor, its area."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import shapely
from django.db import connection
from psycopg2.extras import execute_values
from shapely.geometry import MultiPolygon, Point

from geo.models import BoundarySource

#: Vertices a piece at most: small enough that one look decides, large enough that there are few.
PIECE_VERTICES = 64

Drawn = tuple[str, MultiPolygon]


def anchor_of(geometry: MultiPolygon) -> Point:
    """The middle of the largest circle inside the largest polygon: where a name has the most room."""
    largest = max(geometry.geoms, key=lambda part: part.area)
    west, south, east, north = largest.bounds
    spoke = shapely.maximum_inscribed_circle(largest, tolerance=max(east - west, north - south) / 200)
    middle = shapely.get_point(spoke, 0)
    return middle if largest.contains(middle) else largest.point_on_surface()


_DRAW = """
    UPDATE geo_region r SET boundary = s.geom, anchor = s.anchor, boundary_source = s.source, boundary_note = '',
        boundary_loaded_at = s.loaded_at, area_km2 = round((ST_Area(s.geom::geography) / 1e6)::numeric, 3), outline = NULL
    FROM (SELECT code, ST_Multi(ST_GeomFromWKB(geom, 4326)) AS geom, ST_GeomFromWKB(anchor, 4326) AS anchor, source, loaded_at
          FROM (VALUES %s) AS given (code, geom, anchor, source, loaded_at)) s
    WHERE r.code = s.code
"""
_CUT = """
    INSERT INTO geo_regionpiece (region_id, geom)
    SELECT code, (ST_Dump(piece)).geom
    FROM (SELECT code, ST_Subdivide(boundary, %s) AS piece FROM geo_region
          WHERE code = ANY(%s) AND level = 'village' AND valid_until IS NULL AND boundary IS NOT NULL) parts
    WHERE ST_Dimension(piece) = 2"""


def cut_pieces(codes: Sequence[str]) -> None:
    """Make the pieces of these villages anew; regions of other levels have none."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM geo_regionpiece WHERE region_id = ANY(%s)", [list(codes)])
        cursor.execute(_CUT, [PIECE_VERTICES, list(codes)])


def draw(drawn: Iterable[Drawn], *, source: BoundarySource, loaded_at: datetime) -> None:
    """Write the boundaries of these regions and all that hangs on them except the outlines."""
    rows = [(code, geometry.wkb, anchor_of(geometry).wkb, source.value, loaded_at) for code, geometry in drawn]
    if not rows:
        return
    with connection.cursor() as cursor:
        execute_values(cursor.cursor, _DRAW, rows, template="(%s, %s::bytea, %s::bytea, %s, %s::timestamptz)", page_size=200)
    cut_pieces([code for code, *_ in rows])


def erase(codes: Sequence[str]) -> None:
    """Take the boundaries of these regions away."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM geo_regionpiece WHERE region_id = ANY(%s)", [list(codes)])
        cursor.execute(
            "UPDATE geo_region SET boundary = NULL, outline = NULL, anchor = NULL, area_km2 = NULL, boundary_note = '',"
            " boundary_loaded_at = NULL, boundary_source = 'none' WHERE code = ANY(%s)",
            [list(codes)],
        )
