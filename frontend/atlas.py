"""What the map page says about the region in focus: its bubbles, its proposals, how sure its lines are."""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from frontend.layers import Layer, Painted, layer_of, paint
from frontend.picture import Bounds, bounds_of
from geo import codes
from geo.codes import Level
from geo.lookup import lineage_of, search_regions
from geo.models import BoundarySource, Region
from geo.tiles import MAX_ZOOM, level_for
from proposals import tallies
from proposals.filters import ProposalFilter
from proposals.map import Feature, overview
from proposals.models import Cycle, Proposal
from proposals.stages import Outcome

#: Proposals named beside the map; the list page has them all.
LISTED = 10
#: The whole country, as an address names it; it has no code of its own.
NATION = "indonesia"
_NATION_BOX = (94.9, -11.1, 141.1, 6.2)
#: What an address holds besides the filters: the layer, and what is looked at.
_VIEW = ("layer", "per", "at", "fragment", "print", "show")
#: Regions named for words that were typed.
_FOUND = 4
#: About three kilometres, for a village that has a place but no line.
_AROUND = 0.03


@dataclass(frozen=True)
class Atlas:
    """The region in focus and what lies in it, for the filters that stand."""

    region: Region
    lineage: list[Region]
    filters: ProposalFilter
    bubbles: list[Feature] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    total: int = 0
    funded: int = 0
    #: Of the total, what is meant for the region as a whole and so stands in no bubble: programmes of the kabupaten, say.
    own: int = 0
    bounds: Bounds | None = None
    layer: Layer = field(default_factory=Layer)
    painted: Painted | None = None
    #: The moment whose counts these are.
    as_of: datetime = field(default_factory=clock.now)
    #: The counts are at least these.
    capped: bool = False
    #: Regions whose names fit the words, to go to instead.
    found: list[Region] = field(default_factory=list)

    @property
    def box(self) -> str:
        """`west,south,east,north`, or nothing."""
        return _written(self.bounds)

    @property
    def sentence(self) -> str:
        """What a screen reader hears when the view changes."""
        words = ngettext("Showing %(count)s proposal in %(place)s.", "Showing %(count)s proposals in %(place)s.", self.total)
        return words % {"count": f"{self.total:,}".replace(",", "."), "place": self.region.title or self.region.pk}

    @property
    def unplaced(self) -> list[Feature]:
        """Regions without a boundary: they stand in the list only, or as a dot."""
        return [bubble for bubble in self.bubbles if bubble["boundary_source"] == BoundarySource.NONE]

    @property
    def warning(self) -> str:
        """How far the lines on the map may be trusted; empty where they are official."""
        sources = {bubble["boundary_source"] for bubble in self.bubbles} | {self.region.boundary_source}
        if BoundarySource.SKETCH in sources:
            return _("The lines are a sketch for trying out, not real boundaries.")
        if BoundarySource.INDICATIVE in sources or BoundarySource.UNION in sources:
            return _("The lines are indicative and decide nothing about boundaries.")
        return "" if sources - {BoundarySource.NONE} else _("There are no boundaries for this place yet; the list shows everything.")


def asked(query: QueryDict) -> QueryDict:
    """The filters of an address without empty ones, in the home kabupaten where no region is named."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if filled := [value for value in values if value.strip()]:
            kept.setlist(name, filled)
    for name in _VIEW:
        kept.pop(name, None)
    kept.setdefault("region", settings.HOME_REGION)
    if kept["region"] == NATION:
        del kept["region"]
    return kept


def atlas(query: QueryDict) -> Atlas:
    """Everything the map page shows, in a constant number of queries. Wrong filters show the home region with nothing."""
    filters = ProposalFilter(asked(query), queryset=Proposal.objects.public())
    code = filters.region_code if filters.is_valid() else settings.HOME_REGION
    region = Region.objects.light().filter(pk=code).first() if code else Region(code=NATION, name="Indonesia")
    if region is None:
        return Atlas(Region(code=code, name=code), [], filters)
    lineage = lineage_of(region) if code else [region]
    if not filters.is_valid():
        return Atlas(region, lineage, filters, bounds=bounds_of_focus(region, []))
    answer = overview(code, None, filters)
    bubbles = sorted([*answer.features, *answer.unplaced], key=lambda bubble: (-bubble["count"], bubble["code"]))
    own, own_funded = _own(region, filters)
    shown, layer = [] if region.level == Level.VILLAGE else bubbles, layer_of(query)
    painted = paint(layer, shown)
    return Atlas(
        region,
        lineage,
        filters,
        bubbles=_told(shown, painted),
        proposals=list(filters.qs.for_cards().order_by("-supports", "-id")[:LISTED]) if code else [],
        total=sum(bubble["count"] for bubble in bubbles) + own,
        funded=sum(bubble["funded"] for bubble in bubbles) + own_funded,
        own=own,
        bounds=bounds_of_focus(region, bubbles),
        layer=layer,
        painted=painted,
        as_of=answer.as_of,
        capped=answer.capped,
        found=_named(query.get("q", "")),
    )


def _own(region: Region, filters: ProposalFilter) -> tuple[int, int]:
    """How much is proposed for a region as a whole and for none below it, and how much of that is funded; one query."""
    if region.pk == NATION or region.level == Level.VILLAGE:
        return 0, 0
    rows = filters.qs.public().filter(village_id=region.pk).order_by()
    found = rows.aggregate(all=Count("pk"), funded=Count("pk", filter=Q(outcome=Outcome.FUNDED)))
    return found["all"], found["funded"]


def _told(bubbles: list[Feature], painted: Painted | None) -> list[Feature]:
    """Each bubble with its class of the layer and its value in words."""
    if painted is None:
        return bubbles
    classes = {code: "none" if index is None else str(index) for code, index in painted.bands.items()}
    return [{**bubble, "band": classes[bubble["code"]], "value": painted.values[bubble["code"]]} for bubble in bubbles]


def _named(words: str) -> list[Region]:
    """Regions that the words may mean; three letters at least."""
    return search_regions(words, limit=_FOUND) if len(words.strip()) >= 3 else []


def years(region: Region, chosen: int | None = None) -> list[int]:
    """The plan years of a region, rising: those with proposals, those that its kabupaten has opened, and the chosen one. Two queries."""
    code = "" if region.pk == NATION else region.pk
    opened = Cycle.objects.filter(region_id=codes.ancestor(code, Level.DISTRICT) if code else None).values_list("plan_year", flat=True)
    return sorted({*opened, *tallies.breakdown(code, "plan_year"), *([chosen] if chosen else [])})


def bounds_of_focus(region: Region, bubbles: list[Feature]) -> Bounds | None:
    """What a region in focus fills: its own box, that of its parts, or some ground around its place."""
    if region.pk == NATION:
        return _NATION_BOX
    if found := bounds_of([region.pk]) or bounds_of([bubble["code"] for bubble in bubbles]):
        return found
    if region.anchor is None:
        return None
    lon, lat = region.anchor.coords
    return (lon - _AROUND, lat - _AROUND, lon + _AROUND, lat + _AROUND)


def box_of(code: str) -> str:
    """A region's box for a script, `west,south,east,north`; empty where it is not drawn."""
    return _written(bounds_of([code]))


def _written(bounds: Bounds | None) -> str:
    return ",".join(f"{number:.5f}" for number in bounds) if bounds else ""


def steps() -> str:
    """The first zooms at which the tiles change what they draw, for the script: `0 6 8 10 12`."""
    return " ".join(str(zoom) for zoom in range(MAX_ZOOM + 1) if zoom == 0 or level_for(zoom) != level_for(zoom - 1))
