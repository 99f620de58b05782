"""The map's stamps: whether a tile may have changed, answered without asking the proposals.

A stamp is a number of changes, those folded in and those that wait, added up in ONE statement like the tallies. It only
grows, and a change is in it from the moment others can see it, never before. So a stamp read BEFORE a tile's contents is
never newer than what the tile shows, and equal stamps mean equal tiles. Nobody waits for anybody. Why: decisions/0135.
"""

from math import floor

from django.db import connection

from geo.codes import Level
from proposals.ground import SHOWN, Tile

#: The ground's own changes; then those of the proposals, with the key of corrections after which no copy is believed.
_SUM = """
    SELECT (SELECT count(*) FROM geo_regionchange),
        coalesce((SELECT sum(changes) FROM proposals_mapstamp WHERE key = '' OR {folded}), 0)
        + (SELECT count(*) FROM proposals_tallychange WHERE {waiting})
"""
_BUBBLES = (
    SHOWN  # noqa: S608 - constants only
    + ", prefixes AS (SELECT DISTINCT left(code, %(digits)s) FROM shown)"
    + _SUM.format(folded="left(key, %(digits)s) IN (TABLE prefixes)", waiting="left(region_code, %(digits)s) IN (TABLE prefixes)")
)
#: In the street a change is seen in its squares; what has no place of its own is seen at the villages of its kabupaten.
_STREET = (
    SHOWN  # noqa: S608
    + ", spots AS (SELECT unnest(%(squares)s::text[]) UNION SELECT '-' || left(code, 5) FROM shown)"
    + _SUM.format(folded="key IN (TABLE spots)", waiting="spots::text[] && ARRAY(TABLE spots)")
)


def squares(west: float, south: float, east: float, north: float) -> list[str]:
    """The squares of half a degree that a box touches, and the sign of those that are everywhere; as the trigger names them."""
    columns = range(floor((west + 180) * 2), floor((east + 180) * 2) + 1)
    rows = range(floor((south + 90) * 2), floor((north + 90) * 2) + 1)
    return ["*", *(f"c{x}.{y}" for x in columns for y in rows)]


def stamp(tile: Tile) -> str:
    """The tile's stamp as text, `ground.changes`; one statement, and none of the proposals."""
    digits = 2 if tile.level is Level.PROVINCE else 5
    with connection.cursor() as cursor:
        if tile.level is None:
            cursor.execute(_STREET, {**tile.values, "squares": squares(*tile.box)})
        else:
            cursor.execute(_BUBBLES, {**tile.values, "digits": digits})
        ground, changes = cursor.fetchone()
    return f"{ground}.{changes}"
