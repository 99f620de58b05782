"""Where a line or an area lies, and how long or large it is: asked of PostGIS, on the ellipsoid."""

from decimal import Decimal
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, Point, Polygon
from django.db import connection
from django.utils.translation import gettext as _

from geo.models import Region
from proposals.services.entries import Unreadable

#: Metres (lines) and square metres (areas): smaller ones are a slip of the finger, larger ones no single work.
LEAST = Decimal(1)
_LONGEST, _LARGEST = Decimal(500_000), Decimal(10_000_000_000)
#: So far may the point of a proposal lie from its line or area: a position by GPS beside a road.
NEAR_METRES = 100
#: Degrees, about 100 m: lines along a border wander across it.
_BORDER = 0.001

_MEASURE = "SELECT CASE WHEN ST_Dimension(g) = 2 THEN ST_Area(g::geography) ELSE ST_Length(g::geography) END FROM (SELECT %s::geometry AS g) AS one"
_APART = "SELECT ST_Distance(%s::geography, %s::geography)"
#: The first vertex that no piece of the kabupaten holds and that another one's does, or that lies beyond its box.
_OUTSIDE = """
SELECT (vertex.path)[array_length(vertex.path, 1)]
FROM ST_DumpPoints(%(shape)s::geometry) AS vertex
JOIN geo_region AS district ON district.code = %(district)s
WHERE NOT EXISTS (SELECT 1 FROM geo_regionpiece AS own WHERE own.region_id LIKE %(below)s AND ST_DWithin(own.geom, vertex.geom, %(border)s))
  AND EXISTS (SELECT 1 FROM geo_regionpiece AS any_own WHERE any_own.region_id LIKE %(below)s)
  AND (NOT coalesce(district.boundary && vertex.geom, false)
       OR EXISTS (SELECT 1 FROM geo_regionpiece AS foreign_piece WHERE ST_Intersects(foreign_piece.geom, vertex.geom)))
ORDER BY vertex.path LIMIT 1
"""


def measure(shape: GEOSGeometry) -> Decimal:
    """Metres of a line or square metres of an area on the ellipsoid of WGS 84, two decimals. Raises `Unreadable` at the extremes."""
    size = Decimal(str(_one(_MEASURE, [_ewkb(shape)]))).quantize(Decimal("0.01"))
    if size < LEAST:
        raise Unreadable(_("This is too short to be a work: all points lie on one spot."))
    if size > (_LARGEST if isinstance(shape, Polygon) else _LONGEST):
        raise Unreadable(_("This is too large for one work. Check the coordinates."))
    return size


def inside(shape: GEOSGeometry, district: str) -> GEOSGeometry:
    """The shape, where it lies in the kabupaten. Raises `Unreadable` with the number of the first point outside.

    Land that is in no map yet counts as the kabupaten's within its box; one without any boundary takes everything.
    """
    number = _one(_OUTSIDE, {"shape": _ewkb(shape), "district": district, "below": f"{district}.%", "border": _BORDER})
    if number is not None:
        name = Region.objects.values_list("name", flat=True).get(pk=district)
        raise Unreadable(_("Point %(number)d of what you drew is outside %(district)s.") % {"number": number, "district": name})
    return shape


def near(point: Point, shape: GEOSGeometry) -> Point:
    """The point, where it lies on the shape or near it. Raises `Unreadable` with the distance."""
    metres = _one(_APART, [_ewkb(point), _ewkb(shape)])
    if metres > NEAR_METRES:
        sentence = _("The point lies %(metres)d m from what you drew. Move it there, or leave it empty: then it is put on it.")
        raise Unreadable(sentence % {"metres": round(metres)})
    return point


def _ewkb(geometry: GEOSGeometry) -> str:
    return str(geometry.hexewkb.decode())


def _one(statement: str, values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row[0] if row else None
