"""The layer of funded works on the large map: the region in focus, how its works stand, and in a village each work. Constant queries."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.refusals import Invalid
from budgeting.models import FundedWork
from budgeting.models.ceiling import FundingSource
from budgeting.works import ground, reading, reporting
from budgeting.works.filters import WorkFilter
from budgeting.works.wanted import Wanted, wanted_of
from frontend.atlas import NATION, Atlas, asked, bounds_of_focus
from frontend.drawings import Drawing, neighbours_of, place_map
from frontend.figures import number
from frontend.layers import Layer
from frontend.picture import Picture, draw
from frontend.works.cards import Card, Tab, state_word
from frontend.works.drawing import pin_of
from geo import codes
from geo.codes import Level
from geo.lookup import lineage_of
from geo.models import Region
from proposals.filters import ProposalFilter
from proposals.models import Proposal
from proposals.words import Sector

#: The value of `show` in addresses.
SHOWN = "works"
#: Works named beside the map; the list page has them all.
LISTED = 12
#: The states that the table beside the map counts.
COLUMNS = ("reported_done", "confirmed", "disputed")


@dataclass(frozen=True)
class WorksAtlas(Atlas):
    """The region in focus and the works in it. `funded` counts those that villagers confirmed."""

    states: dict[str, int] = field(default_factory=dict)
    #: Of a village: its works with what their latest report said, the largest first.
    cards: list[tuple[Card, Any]] = field(default_factory=list)
    #: The values that are wrong, by filter.
    faults: dict[str, list[str]] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What a screen reader hears when the view changes."""
        words = ngettext("Showing %(count)s funded work in %(place)s.", "Showing %(count)s funded works in %(place)s.", self.total)
        return words % {"count": number(self.total), "place": self.region.title or self.region.pk}


def works_atlas(query: QueryDict) -> WorksAtlas:
    """Everything the layer shows. Wrong filters show the home region with nothing and say what is wrong."""
    given = asked(query)
    filters = ProposalFilter(_about_place(given), queryset=Proposal.objects.none())
    filters.is_valid()
    code = given.get("region", "")
    region = Region.objects.light().filter(pk=code).first() if codes.is_code(code) else Region(code=NATION, name="Indonesia")
    if region is None:
        return WorksAtlas(Region(code=code, name=code), [], filters)
    lineage = lineage_of(region) if code else [region]
    try:
        wanted = wanted_of(given)
    except Invalid as invalid:
        faults = {name: [str(one) for one in found] for name, found in (invalid.fields or {}).items()}
        return WorksAtlas(region, lineage, filters, bounds=bounds_of_focus(region, []), faults=faults)
    return _counted(region, lineage, filters, given, wanted)


def _counted(region: Region, lineage: list[Region], filters: ProposalFilter, given: QueryDict, wanted: Wanted) -> WorksAtlas:
    is_village = region.level == Level.VILLAGE
    below = [] if is_village else list(_below(region).values_list("code", flat=True))
    rows = [{**row, "funded": row["confirmed"], "amount": 0} for row in ground.counted_in(below, wanted)]
    bubbles = sorted(rows, key=lambda row: (-row["count"], row["code"]))
    states = _states(region, bubbles, wanted)
    inside = sum(row["count"] for row in bubbles)
    total = sum(states.values())
    return WorksAtlas(
        region,
        lineage,
        filters,
        bubbles=bubbles,
        total=total,
        funded=states.get("confirmed", 0),
        own=0 if is_village else total - inside,
        bounds=bounds_of_focus(region, bubbles),
        layer=Layer(),
        as_of=clock.now(),
        states=states,
        cards=_cards(given) if is_village else [],
    )


def _below(region: Region) -> Any:
    parent = None if region.pk == NATION else region.pk
    return Region.objects.in_force().filter(parent_id=parent).order_by("code")


def _states(region: Region, bubbles: list[dict[str, Any]], wanted: Wanted) -> dict[str, int]:
    """By state, with what stands for the region as a whole; of the nation its provinces have everything."""
    if region.pk == NATION:
        return {state: sum(row[state] for row in bubbles) for state in reading.STATES}
    whole = ground.counted_in([region.pk], wanted)
    return {state: whole[0][state] for state in reading.STATES} if whole else {}


def _cards(given: QueryDict) -> list[tuple[Card, Any]]:
    """The works of a village with their latest reports; two queries."""
    found = WorkFilter(given, queryset=FundedWork.objects.for_cards()).found().order_by("-amount", "id")
    works = list(found[:LISTED])
    last = reporting.last_of_each([work.pk for work in works], named=True)
    return [(Card(work, reading.Dress()), last.get(work.pk)) for work in works]


def _about_place(given: QueryDict) -> QueryDict:
    """Region and year alone: what both layers understand."""
    kept = QueryDict(mutable=True)
    for name in ("region", "plan_year"):
        if given.get(name):
            kept[name] = str(given[name])
    return kept


def picture_of(found: WorksAtlas) -> dict[str, Picture | Drawing | None]:
    """The picture for browsers without scripts: discs by region, or the village with its works."""
    if found.bounds and found.bubbles:
        return {"picture": draw([row for row in found.bubbles if row["count"]], found.bounds, None)}
    if found.bounds and found.region.level == Level.VILLAGE:
        village = Region.objects.defer("boundary", "search_text").get(pk=found.region.pk)
        pins = [(card.work.location, pin_of(card.work)) for card, _last in found.cards if card.work.location]
        return {"drawing": place_map(village, neighbours_of(village), pins=pins)}
    return {}


def choices() -> dict[str, list[tuple[str, Any]]]:
    """What the filters offer."""
    states = [(state, state_word(state)) for state in reading.STATES]
    return {"state": states, "sector": list(Sector.choices), "funding_source": list(FundingSource.choices)}


def layer_tabs(query: QueryDict, shown: str) -> list[Tab]:
    """Proposals or funded works: the same place and year in the other layer."""
    kept = _about_place(query)
    address = kept.urlencode()
    kept["show"] = SHOWN
    return [Tab(_("Proposals"), f"?{address}", 0, shown != SHOWN), Tab(_("Funded works"), f"?{kept.urlencode()}", 0, shown == SHOWN)]
