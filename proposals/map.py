"""What the map draws: region bubbles by zoom down to the village, then single proposals. Codes and numbers, no words.

Bubbles come from the tallies, exact at every moment. What the tallies do not know (words, a box, an agency) is asked of the
proposals themselves, up to `COUNTED_AT_MOST` of them. Nothing disappears: regions that have no place on the map are listed
beside it (`unplaced`), and where single proposals stand, those without a position are one bubble at their village.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from accounts import clock
from geo import codes, tiles
from geo.codes import Level
from geo.models import Region
from proposals import streets, tallies
from proposals.filters import ProposalFilter
from proposals.ground import Place, Tile
from proposals.querysets import ProposalQuerySet
from proposals.streets import Feature
from proposals.tallies import Count

#: So many proposals are walked where no tally can answer; beyond them the counts say "at least" (`capped`).
COUNTED_AT_MOST = 20_000
#: Where the codes of a level end: 61, 61.12, 61.12.01, 61.12.01.2001.
_CODE_ENDS = {Level.PROVINCE: 2, Level.DISTRICT: 5, Level.SUBDISTRICT: 8, Level.VILLAGE: 13}
#: From so many parents on a query names none of them.
_PARENTS_AT_MOST = 60


@dataclass(frozen=True)
class MapAnswer:
    """One tile or one view. `level` is a region level, or `proposal` where single proposals stand."""

    as_of: datetime
    level: str
    features: list[Feature] = field(default_factory=list)
    #: Regions with proposals but without a place on the map; the same keys as a bubble, `lon` and `lat` empty.
    unplaced: list[Feature] = field(default_factory=list)
    #: Single proposals in the tile beyond those listed.
    more: int = 0
    #: Whether the counts are of the first `COUNTED_AT_MOST` only: each is then "at least".
    capped: bool = False

    def facts(self) -> dict[str, Any]:
        """What the answer says, without the moment at which it was asked."""
        return {"level": self.level, "features": self.features, "unplaced": self.unplaced, "more": self.more, "capped": self.capped}


def tile_of(z: int, x: int, y: int, filters: ProposalFilter) -> Tile:
    """The tile that these filters draw. Raises ValueError where it does not exist and `Invalid` for wrong filters."""
    tiles.box(z, x, y)
    filters.or_refuse()
    return Tile.drawn(z, x, y, filters.region_code)


def features_in(tile: Tile, filters: ProposalFilter) -> MapAnswer:
    """What a tile shows. Three queries at most, whatever it holds."""
    if tile.level is None:
        return _street(tile, filters)
    regions = tile.regions()
    counted, capped = _counts([region.code for region in regions], tile.level, filters)
    shown = [region for region in regions if region.code in counted]
    placed = [_bubble(region, counted[region.code]) for region in shown if region.lon is not None]
    unplaced = [_bubble(region, counted[region.code]) for region in shown if region.lon is None]
    return MapAnswer(clock.now(), tile.level.value, placed, unplaced, capped=capped)


def overview(region_code: str, level: Level | None, filters: ProposalFilter) -> MapAnswer:
    """Every region of a level (by default the one below) within a region, those without proposals included.

    For pages without scripts and the list beside the map; each bubble also says how many people and households live
    there (None where nobody knows). Two queries.
    """
    filters.or_refuse()
    level = level or _below(region_code)
    regions = list(Region.objects.at(level).within(region_code).only(*_SHOWN).order_by("code"))
    counted, capped = _counts([region.code for region in regions], level, filters)
    shown = [region for region in regions if region.valid_until is None or region.code in counted]
    bubbles = [_peopled(region, counted.get(region.code, Count())) for region in shown]
    placed = [bubble for bubble in bubbles if bubble["lon"] is not None]
    return MapAnswer(clock.now(), level.value, placed, [bubble for bubble in bubbles if bubble["lon"] is None], capped=capped)


_SHOWN = ("code", "name", "anchor", "boundary_source", "valid_until", "population", "households", "population_year")


def _below(code: str) -> Level:
    position = codes.LEVELS.index(codes.level(code)) + 1 if code else 0
    return codes.LEVELS[min(position, len(codes.LEVELS) - 1)]


def _counts(region_codes: list[str], level: Level, filters: ProposalFilter) -> tuple[dict[str, Count], bool]:
    if not region_codes:
        return {}, False
    if not filters.needs_proposals:
        return tallies.counts(region_codes, filters.wanted()), False
    return count_proposals(filters.qs.public(), level, region_codes)


def count_proposals(queryset: ProposalQuerySet, level: Level, region_codes: list[str]) -> tuple[dict[str, Count], bool]:
    """Filtered proposals counted by the regions of a level, where no tally can: one query, and whether it was cut short."""
    rows = queryset.filter(_below_one_of(region_codes)).order_by().values_list("pk", "village_id", "amount", "funded_amount", "outcome")
    sql, values = rows[: COUNTED_AT_MOST + 1].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_GROUPED.format(rows=sql), [_CODE_ENDS[level], *values])
        found = cursor.fetchall()
    counted = {row[0]: Count(*map(int, row[1:])) for row in found}
    capped = sum(count.proposals for count in counted.values()) > COUNTED_AT_MOST
    return {code: counted[code] for code in region_codes if code in counted}, capped


_GROUPED = """
    SELECT left(village_id, %s), count(*), coalesce(sum(amount), 0), count(*) FILTER (WHERE outcome = 'funded'), coalesce(sum(funded_amount), 0)
    FROM ({rows}) AS found (pk, village_id, amount, funded_amount, outcome) GROUP BY 1
"""


def _below_one_of(region_codes: Iterable[str]) -> Q:
    """Villages of these regions, told by a few prefixes: those of their parents."""
    parents = sorted({codes.parent(code) or code for code in region_codes})
    within = Q()
    for parent in parents if len(parents) <= _PARENTS_AT_MOST else ():
        within |= Q(village__code__startswith=parent + ".")
    return within


def _bubble(region: Region | Place, count: Count, lon: float | None = None, lat: float | None = None) -> Feature:
    if isinstance(region, Place):
        lon, lat = region.lon, region.lat
    return {
        "kind": "region",
        "code": region.code,
        "name": region.name,
        "lon": None if lon is None else round(lon, 6),
        "lat": None if lat is None else round(lat, 6),
        "count": count.proposals,
        "amount": count.amount,
        "funded": count.funded,
        "funded_amount": count.funded_amount,
        "boundary_source": region.boundary_source,
    }


def _peopled(region: Region, count: Count) -> Feature:
    lon, lat = region.anchor.coords if region.anchor else (None, None)
    people = {"population": region.population, "households": region.households, "population_year": region.population_year}
    return {**_bubble(region, count, lon, lat), **people}


def _street(tile: Tile, filters: ProposalFilter) -> MapAnswer:
    listed, more = streets.singles(filters, tile)
    bubbles = [_bubble(village, count) for village, count in streets.pointless(filters, tile)]
    return MapAnswer(clock.now(), "proposal", listed + bubbles, more=more)
