"""What the map draws: region bubbles by zoom down to the village, then single proposals. Codes and numbers, no words.

Bubbles come from the tallies, exact at every moment. Words and boxes (`q`, `bbox`) are asked of the proposals themselves.
Nothing disappears: regions that have no place on the map are listed beside it (`unplaced`), and where single proposals
stand, those without a position are one bubble at their village.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.gis.geos import Polygon
from django.db.models import Count as Number
from django.db.models import Q, Sum
from django.db.models.functions import Left

from accounts import clock
from geo import codes, tiles
from geo.codes import Level
from geo.models import Region
from proposals import tallies
from proposals.filters import ProposalFilter
from proposals.querysets import ProposalQuerySet
from proposals.stages import Outcome
from proposals.tallies import Count

#: Single proposals a tile; what stands beyond them is counted in `more`, and a closer look shows them.
PROPOSALS_PER_TILE = 200
#: Where the codes of a level end: 61, 61.12, 61.12.01, 61.12.01.2001.
_CODE_ENDS = {Level.PROVINCE: 2, Level.DISTRICT: 5, Level.SUBDISTRICT: 8, Level.VILLAGE: 13}
_SHOWN = ("code", "name", "anchor", "boundary_source")
Feature = dict[str, Any]


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

    def facts(self) -> dict[str, Any]:
        """What the answer says, without the moment at which it was asked."""
        return {"level": self.level, "features": self.features, "unplaced": self.unplaced, "more": self.more}


def features_in(z: int, x: int, y: int, filters: ProposalFilter) -> MapAnswer:
    """One tile. Raises ValueError for a tile that does not exist and `Invalid` for wrong filters. At most 6 queries."""
    west, south, east, north = tiles.box(z, x, y)
    filters.or_refuse()
    box = Polygon.from_bbox((west, south, east, north))
    box.srid = 4326
    level = tiles.level_for(z)
    if level is None:
        return _street(box, filters)
    level = _no_wider_than(filters.region_code, level)
    placed = _in_tile(_regions(filters, level).filter(anchor__coveredby=box), box)
    unplaced = list(_without_place(_regions(filters, level), box))
    counted = _counts([region.code for region in (*placed, *unplaced)], level, filters)
    return MapAnswer(clock.now(), level.value, _bubbles(placed, counted), _bubbles(unplaced, counted))


def overview(region_code: str, level: Level | None, filters: ProposalFilter) -> MapAnswer:
    """Every region of a level (by default the one below) within a region, those without proposals included.

    For pages without scripts and the list beside the map. Two queries, three where words or a box are asked for.
    """
    filters.or_refuse()
    level = level or _below(region_code)
    regions = list(_regions(filters, level).within(region_code))
    counted = _counts([region.code for region in regions], level, filters)
    shown = [region for region in regions if region.valid_until is None or region.code in counted]
    placed = [_bubble(region, counted.get(region.code, Count())) for region in shown if region.anchor]
    unplaced = [_bubble(region, counted.get(region.code, Count())) for region in shown if not region.anchor]
    return MapAnswer(clock.now(), level.value, placed, unplaced)


def _below(code: str) -> Level:
    position = codes.LEVELS.index(codes.level(code)) + 1 if code else 0
    return codes.LEVELS[min(position, len(codes.LEVELS) - 1)]


def _no_wider_than(code: str, level: Level) -> Level:
    """The level to draw: a filter for one village draws that village's bubble, however far one looks from."""
    return max(level, codes.level(code), key=codes.LEVELS.index) if code else level


def _regions(filters: ProposalFilter, level: Level) -> Any:
    return Region.objects.at(level).within(filters.region_code).only(*_SHOWN, "valid_until").order_by("code")


def _in_tile(regions: Iterable[Region], box: Polygon) -> list[Region]:
    """Those whose anchor the tile owns: a point on an edge belongs to the tile east and south of it, never to two."""
    west, south, east, north = box.extent
    return [region for region in regions if region.anchor and west <= region.anchor.x < east and south < region.anchor.y <= north]


def _without_place(regions: Any, box: Polygon) -> Iterable[Region]:
    """Regions without an anchor whose parent, or else grandparent, stands in the tile."""
    unplaced = regions.filter(anchor__isnull=True)
    near = Region.objects.filter(anchor__coveredby=box).values("pk")
    return unplaced.filter(Q(parent__in=near) | Q(parent__anchor__isnull=True, parent__parent__in=near))


def _counts(region_codes: list[str], level: Level, filters: ProposalFilter) -> dict[str, Count]:
    if not region_codes:
        return {}
    if not filters.needs_proposals:
        return tallies.counts(region_codes, filters.wanted())
    return count_proposals(filters.qs.public(), level, region_codes)


def count_proposals(queryset: ProposalQuerySet, level: Level, region_codes: list[str]) -> dict[str, Count]:
    """Filtered proposals counted by the regions of a level, where no tally can: one query."""
    rows = (
        queryset.order_by()
        .annotate(code=Left("village_id", _CODE_ENDS[level]))
        .filter(code__in=region_codes)
        .values("code")
        .annotate(proposals=Number("pk"), asked=Sum("amount"), given=Sum("funded_amount"), paid=Number("pk", filter=Q(outcome=Outcome.FUNDED)))
    )
    return {row["code"]: Count(row["proposals"], int(row["asked"] or 0), row["paid"], int(row["given"] or 0)) for row in rows}


def _bubbles(regions: Iterable[Region], counted: dict[str, Count]) -> list[Feature]:
    return [_bubble(region, counted[region.code]) for region in regions if region.code in counted]


def _bubble(region: Region, count: Count) -> Feature:
    return {
        "kind": "region",
        "code": region.code,
        "name": region.name,
        "lon": round(region.anchor.x, 6) if region.anchor else None,
        "lat": round(region.anchor.y, 6) if region.anchor else None,
        "count": count.proposals,
        "amount": count.amount,
        "funded": count.funded,
        "funded_amount": count.funded_amount,
        "boundary_source": region.boundary_source,
    }


def _street(box: Polygon, filters: ProposalFilter) -> MapAnswer:
    found = filters.qs.public()
    here = found.in_box(box).order_by("-supports", "id")
    listed = list(here.values_list(*_SINGLE)[:PROPOSALS_PER_TILE])
    more = here.count() - len(listed) if len(listed) == PROPOSALS_PER_TILE else 0
    villages = _in_tile(_regions(filters, Level.VILLAGE).filter(anchor__coveredby=box), box)
    pointless = count_proposals(found.filter(location__isnull=True), Level.VILLAGE, [village.code for village in villages]) if villages else {}
    return MapAnswer(clock.now(), "proposal", [_single(row) for row in listed] + _bubbles(villages, pointless), more=more)


_SINGLE = ("id", "number", "title", "stage", "outcome", "sector", "village_id", "amount", "funded_amount", "location")


def _single(row: tuple[Any, ...]) -> Feature:
    facts: Feature = dict(zip(("id", "number", "title", "stage", "outcome", "sector", "village", "amount", "funded_amount"), row[:-1], strict=True))
    return {"kind": "proposal", **facts, "id": str(facts["id"]), "lon": round(row[-1].x, 6), "lat": round(row[-1].y, 6)}
