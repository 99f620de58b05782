"""What the list of proposals shows, in a constant number of queries."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from accounts.models import Agency, User
from budgeting.models.ceiling import FundingSource
from frontend.chips import Chip, chips_of
from frontend.paging import Page, page_of
from geo import codes
from geo.codes import Level
from geo.lookup import lineage_of
from geo.models import Region
from proposals import facets
from proposals.filters import ProposalFilter
from proposals.lists import Listing
from proposals.models import Cycle, Proposal, SavedSearch
from proposals.orders import RELEVANCE
from proposals.search import Meaning
from proposals.services import searches

#: Ways to look at the list; anything else is the first.
CARDS, TABLE = "kartu", "tabel"
#: Filters that stand folded away, by the heading over them; a group with a choice in it stands open.
GROUPS = {
    "who": ("channel", "agency", "raised_by"),
    "what": ("sector", "entry", "shape", "placed", "land_owner"),
    "money": ("amount_min", "amount_max", "funding_source", "realisation"),
    "time": ("submitted_from", "submitted_to", "waiting"),
}


@dataclass(frozen=True)
class ListPage:
    """The list as its template takes it."""

    filters: ProposalFilter
    page: Page
    is_valid: bool
    region: Region | None = None
    lineage: list[Region] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    meaning: Meaning | None = None
    ordering: str = ""
    saved: SavedSearch | None = None
    #: The filters as the address has them, for the map, the exports and the other way to look.
    query: str = ""
    view: str = CARDS

    @property
    def is_unranked(self) -> bool:
        """Whether there is too much to put the best match first."""
        return bool(self.meaning) and self.filters.form.cleaned_data["ordering"] in ("", RELEVANCE) and self.ordering != RELEVANCE

    @property
    def literal(self) -> str:
        """The address that looks for every word as it was typed."""
        return _changed(self.query, q=self.meaning.literal) if self.meaning else ""

    @property
    def other_view(self) -> str:
        """The address of the other way to look."""
        return _changed(self.query, tampilan=CARDS if self.view == TABLE else TABLE)

    @property
    def open_groups(self) -> list[str]:
        """Groups of filters with a choice in them, or a mistake."""
        data, wrong = getattr(self.filters.form, "cleaned_data", {}), set(self.filters.form.errors)
        chosen = facets.asked(data) | wrong
        return [group for group, names in GROUPS.items() if chosen & set(names)]


def _changed(query: str, **values: str) -> str:
    kept = QueryDict(query, mutable=True)
    for name, value in values.items():
        kept[name] = value
    return kept.urlencode()


def query_of(request: HttpRequest) -> str:
    """The address's filters without empty ones and without the place in the list."""
    pairs = [(name, value) for name, values in request.GET.lists() for value in values if name != "cursor" and value.strip()]
    return urlencode(pairs)


def list_page(request: HttpRequest, given: QueryDict, *, is_clear: bool = True) -> ListPage:
    """The page for these filters; empty where a value is wrong, or where a region's name still has to be chosen (`is_clear`)."""
    filters = ProposalFilter(given, queryset=Proposal.objects.public().for_cards())
    query, view = query_of(request), TABLE if request.GET.get("tampilan") == TABLE else CARDS
    if not filters.is_valid() or not is_clear:
        return ListPage(filters, Page([]), is_valid=False, query=query, view=view)
    listing = Listing(filters)
    page = page_of(request, listing.walk, total=listing.total.number, is_exact=listing.total.is_exact, filled=True, fetch=listing.fetch)
    lineage = lineage_of(Region(code=filters.region_code)) if filters.region_code else []
    region = lineage[-1] if lineage else None
    meaning = filters.meaning if filters.form.cleaned_data["q"] else None
    chips = chips_of(filters, request.GET, region)
    return ListPage(filters, page, True, region, lineage, chips, meaning, listing.ordering, _saved(request, filters), query, view)


def _saved(request: HttpRequest, filters: ProposalFilter) -> SavedSearch | None:
    """This very search, where the reader keeps it."""
    if not isinstance(request.user, User):
        return None
    return SavedSearch.objects.filter(user=request.user, query=searches.canonical(searches.filters_of(filters.data.urlencode()))).first()


def choices(shown: ListPage) -> dict[str, Any]:
    """What the form offers besides the words of the register: years, agencies of the kabupaten, sources of money."""
    code = shown.region.pk if shown.region else settings.HOME_REGION
    district = codes.ancestor(code, Level.DISTRICT)
    return {
        "years": sorted(Cycle.objects.order_by().values_list("plan_year", flat=True).distinct(), reverse=True),
        "agencies": list(Agency.objects.filter(region_id=district).order_by("name", "pk")) if district else [],
        "sources": FundingSource.choices,
        "save_address": reverse("saved_searches"),
    }
