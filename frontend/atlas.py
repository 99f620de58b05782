"""What the map page says about the region in focus: its bubbles, its proposals, how sure its lines are."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontend.picture import Bounds, bounds_of
from geo.codes import Level
from geo.lookup import lineage_of
from geo.models import BoundarySource, Region
from geo.tiles import MAX_ZOOM, level_for
from proposals.filters import ProposalFilter
from proposals.map import Feature, overview
from proposals.models import Proposal

#: Proposals named beside the map; the list page has them all.
LISTED = 10
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
    bounds: Bounds | None = None

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
    kept.setdefault("region", settings.HOME_REGION)
    return kept


def atlas(query: QueryDict) -> Atlas:
    """Everything the map page shows, in a constant number of queries. Wrong filters show the home region with nothing."""
    filters = ProposalFilter(asked(query), queryset=Proposal.objects.public())
    code = filters.region_code if filters.is_valid() else settings.HOME_REGION
    region = Region.objects.light().filter(pk=code).first()
    if region is None:
        return Atlas(Region(code=code, name=code), [], filters)
    if not filters.is_valid():
        return Atlas(region, lineage_of(region), filters, bounds=_bounds(region, []))
    answer = overview(code, None, filters)
    bubbles = sorted([*answer.features, *answer.unplaced], key=lambda bubble: (-bubble["count"], bubble["code"]))
    return Atlas(
        region,
        lineage_of(region),
        filters,
        bubbles=[] if region.level == Level.VILLAGE else bubbles,
        proposals=list(filters.qs.for_cards().order_by("-supports", "id")[:LISTED]),
        total=sum(bubble["count"] for bubble in bubbles),
        funded=sum(bubble["funded"] for bubble in bubbles),
        bounds=_bounds(region, bubbles),
    )


def _bounds(region: Region, bubbles: list[Feature]) -> Bounds | None:
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
