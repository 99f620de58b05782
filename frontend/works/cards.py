"""The list of works as cards: counts in the tabs, photo pairs, what the village says. A constant number of queries."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Agency
from accounts.scope import Person, residence_of, roles_at
from budgeting.models import FundedWork
from budgeting.models.ceiling import FundingSource
from budgeting.words import Origin
from budgeting.works import reading
from budgeting.works.filters import WorkFilter
from budgeting.works.policy import WITNESSES
from budgeting.works.querysets import DONE
from budgeting.works.reading import Counts, Dress
from frontend.paging import page_of
from geo import codes
from geo.models import Region
from proposals import tallies
from proposals.stages import Realisation
from proposals.tallies import Count, Wanted
from proposals.words import REALISATION_WORDS, Sector

#: What narrows the list beside year and state; kept from tab to tab.
NARROWED = ("region", "funding_source", "agency", "sector", "origin")


@dataclass(frozen=True)
class Card:
    """One work with what stands beside its row."""

    work: FundedWork
    dress: Dress
    may_say: bool = False

    @property
    def financial(self) -> float:
        """Percent of the budget that is paid."""
        return round(float(reading.financial_percent(self.work)), 1)

    @property
    def late(self) -> int:
        """Days after the planned end."""
        return reading.days_late(self.work)

    @property
    def silent(self) -> int:
        """Days without a word."""
        return reading.days_silent(self.work)


@dataclass(frozen=True)
class Tab:
    """A link that narrows the list, with how many it shows."""

    words: str
    address: str
    count: int
    is_here: bool


def state_word(state: str) -> str:
    """A state as people read it."""
    return _("Not started") if state == reading.NOT_STARTED else str(REALISATION_WORDS[Realisation(state)])


def cards_of(user: Person, works: list[FundedWork]) -> list[Card]:
    """The works of a page with photos and words; three queries, and one for where the person lives."""
    dressed = reading.dressed(works)
    home = residence_of(user)
    return [Card(work, dressed[work.pk], _may_say(user, work, home)) for work in works]


def _may_say(user: Person, work: FundedWork, home: str | None) -> bool:
    if work.realisation not in DONE:
        return False
    return bool(home and codes.covers(work.region_id, home)) or bool(roles_at(user, work.region_id) & set(WITNESSES))


def list_view(request: HttpRequest) -> dict[str, Any]:
    """Everything on the page of works."""
    years = reading.years()
    given = given_of(request.GET, years)
    narrowed = WorkFilter(_without(given, "state", "late", "silent", "unanswered"), queryset=FundedWork.objects.all()).found()
    counted = reading.counts(narrowed)
    filters = WorkFilter(given, queryset=FundedWork.objects.for_cards())
    page = page_of(request, filters.found(), filled=True)
    region = Region.objects.light().filter(pk=given.get("region", "")).first() if given.get("region") else None
    return {
        "page": page,
        "cards": cards_of(request.user, page.rows),
        "counts": counted,
        "asked": _asked(given),
        "region": region,
        "year": given.get("plan_year", ""),
        "year_tabs": _year_tabs(given, years),
        "state_tabs": _state_tabs(given, counted),
        "watch_tabs": _watch_tabs(given, counted),
        "choices": _choices(),
        "given": given,
        "silent_days": settings.WORK_SILENT_DAYS,
        "query": _without(given, "cursor").urlencode(),
        "as_of": clock.now(),
    }


def given_of(query: QueryDict, years: list[int]) -> QueryDict:
    """What is asked for, without what is empty; the newest year where none is named, every year where `semua` is."""
    given = QueryDict(mutable=True)
    for name in (*NARROWED, "plan_year", "state", "late", "silent", "unanswered"):
        if value := query.get(name, "").replace("\0", "").strip():
            given[name] = value
    if given.get("plan_year") == "semua":
        del given["plan_year"]
    elif "plan_year" not in given and years:
        given["plan_year"] = str(years[0])
    return given


def _asked(given: QueryDict) -> int | None:
    """How many proposals stood behind these works: told only where nothing else narrows them."""
    year = given.get("plan_year", "")
    if set(given) - {"region", "plan_year", "state", "late", "silent", "unanswered"}:
        return None
    code = given.get("region", "")
    return tallies.counts([code], Wanted(int(year) if year else None)).get(code, Count()).proposals


def _year_tabs(given: QueryDict, years: list[int]) -> list[Tab]:
    here = given.get("plan_year", "")
    return [Tab(str(year), _address(given, plan_year=str(year)), 0, here == str(year)) for year in years]


def _state_tabs(given: QueryDict, counted: Counts) -> list[Tab]:
    here = given.get("state", "")
    watching = any(given.get(name) for name in ("late", "silent", "unanswered"))
    everything = Tab(_("All"), _address(given), counted.all, not here and not watching)
    states = [Tab(state_word(state), _address(given, state=state), counted.states.get(state, 0), here == state) for state in reading.STATES]
    return [everything, *states]


def _watch_tabs(given: QueryDict, counted: Counts) -> list[Tab]:
    rows = (("late", _("Late"), counted.late), ("silent", _("Silent"), counted.silent), ("unanswered", _("Owes an answer"), counted.unanswered))
    return [Tab(words, _address(given, **{name: "1"}), count, given.get(name) == "1") for name, words, count in rows]


def _address(given: QueryDict, **more: str) -> str:
    kept = {name: given[name] for name in (*NARROWED, "plan_year") if given.get(name)}
    kept.setdefault("plan_year", "semua")
    return "?" + urlencode({**kept, **more})


def _without(given: QueryDict, *names: str) -> QueryDict:
    kept = given.copy()
    for name in names:
        kept.pop(name, None)
    return kept


def _choices() -> dict[str, list[tuple[str, Any]]]:
    """What the filters offer: kecamatan and agencies of the home kabupaten, sources, sectors, origins; two queries."""
    home = settings.HOME_REGION
    regions = Region.objects.in_force().filter(parent_id=home).only("code", "name", "kind", "level").order_by("name")
    agencies = Agency.objects.filter(region_id=home).order_by("name")
    return {
        "region": [(region.pk, region.title) for region in regions],
        "agency": [(str(agency.pk), str(agency)) for agency in agencies],
        "funding_source": list(FundingSource.choices),
        "sector": list(Sector.choices),
        "origin": list(Origin.choices),
    }
