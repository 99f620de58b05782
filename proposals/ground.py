"""Which regions a tile shows, as SQL: those whose anchor it owns, and those without one whose parent stands in it.

A point on an edge belongs to the tile east and south of it, never to two.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from geo import tiles
from geo.codes import LEVELS, Level
from geo.codes import level as level_of

OWNED = """anchor && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326)
    AND ST_X(anchor) >= %(west)s AND ST_X(anchor) < %(east)s AND ST_Y(anchor) > %(south)s AND ST_Y(anchor) <= %(north)s"""
#: `near` are the anchored parents and grandparents in the tile.
SHOWN = f"""
    WITH near AS MATERIALIZED (SELECT code FROM geo_region WHERE level = ANY(%(above)s) AND {OWNED}),
    far AS (SELECT r.code FROM geo_region r JOIN near ON r.parent_id = near.code WHERE r.anchor IS NULL),
    shown AS (
        SELECT code FROM geo_region WHERE level = %(level)s AND code LIKE %(scope)s AND {OWNED}
        UNION
        SELECT r.code FROM geo_region r JOIN (TABLE near UNION TABLE far) AS parents ON r.parent_id = parents.code
        WHERE r.level = %(level)s AND r.anchor IS NULL AND r.code LIKE %(scope)s
    )
"""  # noqa: S608 - constants of this module only
_FACTS = f"""{SHOWN}
    SELECT code, name, ST_X(anchor), ST_Y(anchor), boundary_source FROM geo_region WHERE code IN (TABLE shown) ORDER BY code
"""  # noqa: S608


@dataclass(frozen=True)
class Place:
    """A region as the map knows it; `lon` and `lat` are None where it has no place on the map."""

    code: str
    name: str
    lon: float | None
    lat: float | None
    boundary_source: str


@dataclass(frozen=True)
class Tile:
    """One tile with the level of the regions it draws, or None where single proposals stand."""

    z: int
    x: int
    y: int
    level: Level | None
    #: Only regions within this code; empty for the nation.
    scope: str = ""

    @classmethod
    def drawn(cls, z: int, x: int, y: int, scope: str) -> "Tile":
        """The tile as its zoom draws it; a filter for one village draws that village's bubble, however far one looks from."""
        level = tiles.level_for(z)
        return cls(z, x, y, max(level, level_of(scope), key=LEVELS.index) if level is not None and scope else level, scope)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees. Raises ValueError for a tile that does not exist."""
        return tiles.box(self.z, self.x, self.y)

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of `SHOWN`; in the street the villages."""
        level = self.level or Level.VILLAGE
        position = LEVELS.index(level)
        above = [wider.value for wider in LEVELS[max(0, position - 2) : position]]
        box = dict(zip(("west", "south", "east", "north"), self.box, strict=True))
        return {"level": level.value, "above": above, "scope": f"{self.scope}%", **box}

    def regions(self) -> list[Place]:
        """The regions it shows, by code; one query."""
        with connection.cursor() as cursor:
            cursor.execute(_FACTS, self.values)
            return [Place(*row) for row in cursor.fetchall()]
