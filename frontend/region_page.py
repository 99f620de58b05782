"""What a region's page shows, in a constant number of queries."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, When
from django.http import HttpRequest

from accounts import clock
from budgeting import selectors
from budgeting.answers.reading import with_answers
from frontend import figures, overview
from frontend.context import home_or_code
from frontend.drawings import Drawing, neighbours_of, place_map
from frontend.paging import Page, page_of
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals import tallies
from proposals.models import Proposal
from proposals.tallies import Count, Wanted


@dataclass(frozen=True)
class Place:
    """A region, all from its province down to itself, and the home kabupaten."""

    region: Region
    lineage: list[Region]
    home: Region | None


def place_of(code: str, language: str) -> Place | None:
    """The region of a code with its outline and its answers, and what stands around it; None where there is none. One query."""
    wanted = codes.lineage(code)
    # only the region itself is drawn: the outlines of all above it would come along for nothing
    drawn = Case(When(pk=code, then=F("outline")))
    rows = with_answers(Region.objects.defer("boundary", "outline", "search_text"), language).annotate(drawn=drawn)
    known: dict[str, Any] = rows.in_bulk({*wanted, settings.HOME_REGION})
    if (found := known.get(code)) is None:
        return None
    found.outline = found.drawn
    return Place(found, [known[above] for above in wanted if above in known], known.get(settings.HOME_REGION))


def context_of(request: HttpRequest, place: Place) -> dict[str, Any]:
    """Everything on the page, for the plan year that the address asks for."""
    found = place.region
    year, years = _year(request, found)
    is_village = codes.level(found.pk) is Level.VILLAGE
    children = [] if is_village else overview.children_of(found)
    counted = tallies.counts([found.pk, *(child.pk for child in children)], Wanted(year))
    count = counted.get(found.pk, Count())
    page = _proposals(request, found, year, count.proposals)
    drawing, rows = (_among_neighbours(found, page), []) if is_village else overview.drawn_with(children, counted)
    # what is funded is public; said so, the indexes of the lists answer
    funded = Proposal.objects.public().within(found.pk).filter(plan_year=year)
    return {
        "region": found,
        "lineage": place.lineage,
        # the page's frame names it too, and would ask again
        "home": home_or_code(place.home),
        "year": year,
        "years": years,
        "drawing": drawing,
        "rows": rows,
        "count": count,
        "as_of": clock.now(),
        "page": page,
        "sources": overview.funded_by_source(funded) if year and count.funded else [],
        "ceilings": _ceilings(found, year),
    }


def _proposals(request: HttpRequest, found: Region, year: int | None, total: int) -> Page:
    asked = Proposal.objects.public().within(found.pk).for_cards().order_by("-changed_at", "-id")
    return page_of(request, asked.filter(plan_year=year) if year else asked, total=total, filled=True)


def _year(request: HttpRequest, found: Region) -> tuple[int | None, list[int]]:
    """The plan year shown and those that can be: of its kabupaten's cycles; the newest that has begun unless one is asked for."""
    district = codes.ancestor(found.pk, Level.DISTRICT) or settings.HOME_REGION
    begun = overview.begun_of(district)
    years = [year for year, _has_begun in begun]
    asked = figures.whole(request.GET.get("plan_year", ""))
    if asked in years:
        return asked, years
    return next((year for year, has_begun in begun if has_begun), years[0] if years else None), years


def _among_neighbours(found: Region, page: Page) -> Drawing | None:
    """A village among its neighbours with the proposals of the page."""
    pins = [(proposal.location, proposal.stage) for proposal in page.rows if proposal.location]
    return place_map(found, neighbours_of(found), pins=pins)


def _ceilings(found: Region, year: int | None) -> list[Any]:
    """The region's own ceilings of the year as they were last published. One query."""
    return list(selectors.ceilings(AnonymousUser(), plan_year=year).filter(region=found)) if year else []
