"""What a region's page shows, in a constant number of queries."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts import clock
from budgeting.models import Ceiling
from frontend import figures, overview
from frontend.drawings import Drawing, neighbours_of, place_map
from frontend.paging import Page, page_of
from geo import codes
from geo.codes import Level
from geo.lookup import lineage_of
from geo.models import Region
from proposals import tallies
from proposals.models import Cycle, Proposal
from proposals.tallies import Count, Wanted


def context_of(request: HttpRequest, found: Region) -> dict[str, Any]:
    """Everything on the page, for the plan year that the address asks for."""
    year, years = _year(request, found)
    count = tallies.counts([found.pk], Wanted(year)).get(found.pk, Count())
    page = _proposals(request, found, year, count.proposals)
    drawing, rows = _around(found, Wanted(year), page)
    funded = Proposal.objects.within(found.pk).filter(plan_year=year)
    return {
        "region": found,
        "lineage": lineage_of(found),
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
    years = list(Cycle.objects.filter(region_id=district).order_by("-plan_year").values_list("plan_year", flat=True))
    asked = figures.whole(request.GET.get("plan_year", ""))
    if asked in years:
        return asked, years
    cycle = overview.cycle_of(district)
    return (cycle.plan_year if cycle else None), years


def _around(found: Region, wanted: Wanted, page: Page) -> tuple[Drawing | None, list[tuple[Region, Count]]]:
    """A village among its neighbours with the proposals of the page; any wider region with what lies below it."""
    if codes.level(found.pk) is Level.VILLAGE:
        pins = [(proposal.location, proposal.stage) for proposal in page.rows if proposal.location]
        return place_map(found, neighbours_of(found), pins=pins), []
    return overview.map_of(found, wanted)


def _ceilings(found: Region, year: int | None) -> list[Any]:
    """The region's own published ceilings of the year."""
    return list(Ceiling.objects.filter(region=found, plan_year=year, published_at__isnull=False)) if year else []
