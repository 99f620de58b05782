"""Single proposals of a tile: points, and the lines and areas that cross it. Codes and numbers, no words."""

import json
from typing import Any

from django.contrib.gis.geos import Polygon
from django.db.models import Count, FloatField, Func, TextField, Window

from proposals.ground import Tile
from proposals.querysets import ProposalQuerySet

#: Single proposals a tile; what stands beyond them is counted in `more`, and a closer look shows them.
PROPOSALS_PER_TILE = 200
SHAPES_PER_TILE = 60
#: A shape is told in about so many points at most, however long it is.
POINTS_PER_SHAPE = 200
_FACTS = ("id", "number", "title", "stage", "outcome", "sector", "channel", "village_id", "amount", "funded_amount")
_NAMES = ("id", "number", "title", "stage", "outcome", "sector", "channel", "village", "amount", "funded_amount")
Feature = dict[str, Any]


class _Drawn(Func):
    """A shape as GeoJSON text, thinned to the tile's pixels and to a number of points that its length cannot outgrow."""

    template = (
        "ST_AsGeoJSON(ST_SimplifyPreserveTopology(%(expressions)s, greatest(%(pixel)s,"
        " (ST_Length(%(expressions)s) + ST_Perimeter(%(expressions)s)) / %(points)s)), 6)"
    )
    output_field = TextField()


def box_of(tile: Tile) -> Polygon:
    """The tile as a polygon."""
    box = Polygon.from_bbox(tile.box)
    box.srid = 4326
    return box


def singles(found: ProposalQuerySet, tile: Tile) -> tuple[list[Feature], int]:
    """The largest proposals whose point lies in the tile, and how many more there are. One query."""
    # for a point "boxes meet" is "lies in", and the planner knows how many that are
    here = found.filter(location__bboverlaps=box_of(tile)).order_by("-amount", "id")
    lon, lat = (Func("location", function=name, output_field=FloatField()) for name in ("ST_X", "ST_Y"))
    rows = here.annotate(lon=lon, lat=lat, number_here=Window(Count("id")))
    listed = list(rows.values_list(*_FACTS, "lon", "lat", "number_here")[:PROPOSALS_PER_TILE])
    more = listed[0][-1] - len(listed) if listed else 0
    return [{"kind": "proposal", **_facts(row), "lon": round(row[-3], 6), "lat": round(row[-2], 6)} for row in listed], more


def shapes(found: ProposalQuerySet, tile: Tile) -> list[Feature]:
    """Lines and areas that cross the tile, each whole, so that neighbouring tiles tell the same. One query."""
    west, _south, east, _north = tile.box
    drawn = _Drawn("shape", pixel=f"{(east - west) / 512:.9f}", points=POINTS_PER_SHAPE)
    rows = found.filter(shape__intersects=box_of(tile)).order_by("-amount", "id").annotate(drawn=drawn)
    return [{"kind": "shape", **_facts(row), "shape": json.loads(row[-1])} for row in rows.values_list(*_FACTS, "drawn")[:SHAPES_PER_TILE]]


def pointless(found: ProposalQuerySet) -> ProposalQuerySet:
    """Those without a place of their own; they are a bubble at their village."""
    return found.filter(location__isnull=True, shape__isnull=True)


def _facts(row: tuple[Any, ...]) -> Feature:
    facts: Feature = dict(zip(_NAMES, row, strict=False))
    return {**facts, "id": str(facts["id"])}
