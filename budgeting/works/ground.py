"""Works on the map: how many stand in each region of a tile and how they stand; in the street single works. Codes, names and days.

Written as SQL, as the tiles of proposals are: a tile is asked for often. A region and all below it are one range of the index
`works_counted_by_place`, so a tile counts its own regions only and a screen of tiles counts each work once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from accounts import clock
from budgeting.works.reading import NOT_STARTED
from budgeting.works.wanted import Wanted
from proposals.ground import OWNED, SHOWN, Tile

#: Single works a tile; what stands beyond them is counted in `more`, and a closer look shows them.
WORKS_PER_TILE = 200
_BOX = "ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326)"
_STATES = ", ".join(f"count(*) FILTER (WHERE realisation = '{one}')" for one in ("", "under_way", "reported_done", "confirmed", "disputed"))
#: `/` follows the full stop, and only that, so that 61.12/ ends the range of 61.12 and everything below it.
_COUNTED = f"""
    SELECT r.code, r.name, ST_X(r.anchor), ST_Y(r.anchor), r.boundary_source, found.* FROM geo_region r CROSS JOIN LATERAL (
        SELECT {_STATES} FROM budgeting_fundedwork w WHERE w.region_id ~>=~ r.code AND w.region_id ~<~ (r.code || '/') AND {{wanted}}) AS found
"""  # noqa: S608 - constants of this module only
_IN_TILE = f"{SHOWN} {_COUNTED} WHERE r.code IN (TABLE shown) ORDER BY r.code"
_OF_CODES = _COUNTED + " WHERE r.code = ANY(%(codes)s) ORDER BY r.code"
#: The page of a work tells the same of its latest report: its day, and who reported.
_SINGLES = f"""
    SELECT w.id::text, w.title, w.realisation, w.physical_percent, w.amount, w.region_id, ST_X(w.location), ST_Y(w.location),
        CASE WHEN w.realisation IN ('', 'under_way') AND w.planned_end < %(today)s THEN %(today)s - w.planned_end ELSE 0 END,
        CASE WHEN w.realisation IN ('', 'under_way') AND w.heard_on < %(silent)s THEN %(today)s - w.heard_on ELSE 0 END,
        last.as_of, last.by, count(*) OVER ()
    FROM budgeting_fundedwork w LEFT JOIN LATERAL (
        SELECT p.as_of, u.display_name AS by
        FROM budgeting_progress p JOIN accounts_user u ON u.id = p.reported_by_id
        WHERE p.work_id = w.id ORDER BY p.as_of DESC, p.reported_at DESC, p.id LIMIT 1) AS last ON true
    WHERE w.location && {_BOX} AND w.region_id LIKE %(scope)s AND {{wanted}}
    ORDER BY w.amount DESC, w.id LIMIT %(most)s
"""  # noqa: S608
_POINTLESS = f"""
    SELECT r.code, r.name, ST_X(r.anchor), ST_Y(r.anchor), r.boundary_source, {_STATES}
    FROM (SELECT * FROM geo_region WHERE level = 'village' AND {OWNED}) AS r JOIN budgeting_fundedwork w ON w.region_id = r.code
    WHERE w.location IS NULL AND w.region_id LIKE %(scope)s AND {{wanted}}
    GROUP BY r.code, r.name, r.anchor, r.boundary_source ORDER BY r.code
"""  # noqa: S608
Feature = dict[str, Any]


@dataclass(frozen=True)
class WorksAnswer:
    """One tile. `level` is a region level, or `work` where single works stand."""

    as_of: datetime
    level: str
    features: list[Feature] = field(default_factory=list)
    #: Regions with works but without a place on the map.
    unplaced: list[Feature] = field(default_factory=list)
    #: Single works in the tile beyond those listed.
    more: int = 0

    def facts(self) -> dict[str, Any]:
        """What the answer says, without the moment at which it was asked."""
        return {"level": self.level, "features": self.features, "unplaced": self.unplaced, "more": self.more}


def features_in(tile: Tile, wanted: Wanted) -> WorksAnswer:
    """What a tile shows: one query for regions, two in the street."""
    if tile.level is None:
        return _street(tile, wanted)
    sql, values = wanted.condition()
    counted = [_bubble(row) for row in _rows(_IN_TILE.format(wanted=sql), {**tile.values, **values})]
    shown = [bubble for bubble in counted if bubble["count"]]
    placed = [bubble for bubble in shown if bubble["lon"] is not None]
    return WorksAnswer(clock.now(), tile.level.value, placed, [bubble for bubble in shown if bubble["lon"] is None])


def counted_in(region_codes: Sequence[str], wanted: Wanted) -> list[Feature]:
    """These regions, those without works included, in the order of their codes; one query."""
    sql, values = wanted.condition()
    return [_bubble(row) for row in _rows(_OF_CODES.format(wanted=sql), {"codes": list(region_codes), **values})]


def _street(tile: Tile, wanted: Wanted) -> WorksAnswer:
    sql, values = wanted.condition()
    asked = {**tile.values, **Wanted.days(), **values, "most": WORKS_PER_TILE}
    rows = _rows(_SINGLES.format(wanted=sql), asked)
    pointless = [_bubble(row) for row in _rows(_POINTLESS.format(wanted=sql), asked)]
    more = rows[0][-1] - len(rows) if rows else 0
    return WorksAnswer(clock.now(), "work", [_single(row) for row in rows] + pointless, more=more)


def _single(row: tuple[Any, ...]) -> Feature:
    key, title, realisation, percent, amount, region, lon, lat, late, silent, as_of, by, _count = row
    told = {"kind": "work", "id": key, "title": title, "state": realisation or NOT_STARTED, "percent": float(percent), "amount": amount}
    place = {"region": region, "lon": round(lon, 6), "lat": round(lat, 6)}
    return {**told, **place, "late": late, "silent": silent, "reported_on": as_of.isoformat() if as_of else None, "reported_by": by}


def _bubble(row: tuple[Any, ...]) -> Feature:
    code, name, lon, lat, source, waiting, under_way, done, confirmed, disputed = row
    place = {"lon": None if lon is None else round(lon, 6), "lat": None if lat is None else round(lat, 6)}
    states = {"not_started": waiting, "under_way": under_way, "reported_done": done, "confirmed": confirmed, "disputed": disputed}
    return {"kind": "region", "code": code, "name": name, **place, "count": sum(states.values()), **states, "boundary_source": source}


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
