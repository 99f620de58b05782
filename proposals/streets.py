"""What a tile shows in the street: points, lines and areas, and villages for what has no place. Codes and numbers, no words.

Written as SQL: a tile is asked for often, and building the statements would cost more than running them.
"""

import json
from typing import Any

from django.contrib.gis.geos import Polygon
from django.db import connection
from django.db.models import Q

from proposals.filters import ProposalFilter
from proposals.ground import OWNED, Place, Tile
from proposals.querysets import ProposalQuerySet
from proposals.tallies import Count

#: Single proposals a tile; what stands beyond them is counted in `more`, and a closer look shows them.
PROPOSALS_PER_TILE = 200
#: A shape is told in about so many points at most, however long it is, and no finer than the tile's half pixel.
POINTS_PER_SHAPE = 200
_NAMES = ("id", "number", "title", "stage", "outcome", "sector", "channel", "village", "amount", "funded_amount")
_BOX = "ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326)"
#: For a point "boxes meet" is "lies in", and the planner knows how many that are.
_SINGLES = f"""
    SELECT id::text, number, title, stage, outcome, sector, channel, village_id, amount, funded_amount,
        CASE WHEN location && {_BOX} THEN ST_X(location) END, ST_Y(location),
        CASE WHEN shape IS NOT NULL THEN ST_AsGeoJSON(ST_SimplifyPreserveTopology(shape,
            greatest(%(pixel)s, (ST_Length(shape) + ST_Perimeter(shape)) / %(points)s)), 6) END,
        count(*) OVER ()
    FROM proposals_proposal
    WHERE (location && {_BOX} OR (shape && {_BOX} AND ST_Intersects(shape, {_BOX}))) AND stage <> 'draft' AND {{wanted}}
    ORDER BY amount DESC, id LIMIT %(most)s
"""  # noqa: S608 - constants of this module only
_POINTLESS = f"""
    SELECT r.code, r.name, ST_X(r.anchor), ST_Y(r.anchor), r.boundary_source,
        count(*), coalesce(sum(amount), 0), count(*) FILTER (WHERE outcome = 'funded'), coalesce(sum(funded_amount), 0)
    FROM (SELECT * FROM geo_region WHERE level = 'village' AND {OWNED}) AS r JOIN proposals_proposal ON village_id = r.code
    WHERE location IS NULL AND shape IS NULL AND stage <> 'draft' AND {{wanted}}
    GROUP BY r.code, r.name, r.anchor, r.boundary_source ORDER BY r.code
"""  # noqa: S608
Feature = dict[str, Any]


def singles(filters: ProposalFilter, tile: Tile) -> tuple[list[Feature], int]:
    """The largest proposals whose point or shape the tile holds, and how many more there are. One query.

    A shape is told whole, so that neighbouring tiles tell the same; a point only by the tile that holds it.
    """
    west, _south, east, _north = tile.box
    wanted, values = _wanted(filters, tile)
    sizes = {"pixel": (east - west) / 512, "points": POINTS_PER_SHAPE, "most": PROPOSALS_PER_TILE}
    rows = _rows(_SINGLES.format(wanted=wanted), {**tile.values, **sizes, **values})
    return [_single(row) for row in rows], (rows[0][-1] - len(rows) if rows else 0)


def pointless(filters: ProposalFilter, tile: Tile) -> list[tuple[Place, Count]]:
    """The villages whose anchor the tile owns with their proposals that have no place of their own. One query."""
    wanted, values = _wanted(filters, tile, placed=False)
    rows = _rows(_POINTLESS.format(wanted=wanted), {**tile.values, **values})
    return [(Place(*row[:5]), Count(*map(int, row[5:]))) for row in rows]


def _single(row: tuple[Any, ...]) -> Feature:
    lon, lat, shape = row[10:13]
    facts: Feature = {"kind": "shape" if lon is None else "proposal", **dict(zip(_NAMES, row, strict=False))}
    if lon is not None:
        facts |= {"lon": round(lon, 6), "lat": round(lat, 6)}
    return {**facts, "shape": json.loads(shape)} if shape else facts


def _wanted(filters: ProposalFilter, tile: Tile, *, placed: bool = True) -> tuple[str, dict[str, Any]]:
    """The filters as SQL over the proposals' own columns, with its parameters."""
    if filters.needs_proposals:
        found = _near(filters.qs.public(), tile, placed=placed)
        sql, values = found.order_by().values("pk").query.sql_with_params()
        parts, named = sql.split("%s"), {f"asked{place}": value for place, value in enumerate(values)}
        return "id IN (" + "".join(f"{part}%({name})s" for part, name in zip(parts, named, strict=False)) + parts[-1] + ")", named
    condition, chosen = filters.wanted().condition()
    for place in range(len(chosen)):
        condition = condition.replace("%s", f"%(asked{place})s", 1)
    return f"{condition} AND village_id LIKE %(scope)s", {f"asked{place}": value for place, value in enumerate(chosen)}


def _near(found: ProposalQuerySet, tile: Tile, *, placed: bool) -> ProposalQuerySet:
    if not placed:
        return found.filter(location__isnull=True, shape__isnull=True)
    box = Polygon.from_bbox(tile.box)
    box.srid = 4326
    return found.filter(Q(location__bboverlaps=box) | Q(shape__bboverlaps=box))


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
