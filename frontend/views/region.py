"""Any region's page, and the search for one."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budgeting.models import Ceiling
from frontend import overview
from frontend.drawings import Drawing, neighbours_of, place_map
from frontend.paging import page_of
from geo import codes
from geo.codes import Level
from geo.lookup import lineage_of, search_regions
from geo.models import Region
from proposals import tallies
from proposals.models import Cycle, Proposal
from proposals.tallies import Count, Wanted


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Villages first, then proposals by number or words; a whole number goes straight to its proposal."""
    words = request.GET.get("q", "").strip()[:120]
    proposal = Proposal.objects.public().filter(number=words).first() if words else None
    if proposal:
        return HttpResponseRedirect(reverse("proposal", args=[proposal.number]))
    regions = search_regions(words, limit=20) if words else []
    return render(request, "pages/search.html", {"words": words, "regions": regions})


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """A region: where it lies, what it asked for, what is funded, and everything below it."""
    if not codes.is_code(code):
        raise Http404(_("There is no region with this code."))
    found = get_object_or_404(Region.objects.defer("boundary", "search_text"), pk=code)
    year, years = _year(request, found)
    wanted = Wanted(year)
    drawing, rows = _around(found, wanted)
    count = tallies.counts([found.pk], wanted).get(found.pk, Count())
    asked = Proposal.objects.public().within(found.pk).for_cards()
    listed = (asked.filter(plan_year=year) if year else asked).order_by("-changed_at", "id")
    context = {
        "region": found,
        "lineage": lineage_of(found),
        "year": year,
        "years": years,
        "drawing": drawing,
        "rows": rows,
        "count": count,
        "page": page_of(request, listed, total=count.proposals),
        "sources": overview.funded_by_source(Proposal.objects.within(found.pk).filter(plan_year=year)) if year and count.funded else [],
        "ceilings": _ceilings(found, year),
    }
    return render(request, "pages/region.html", context)


def _year(request: HttpRequest, found: Region) -> tuple[int | None, list[int]]:
    """The plan year shown and those that can be: of its kabupaten's cycles; the newest that has begun unless one is asked for."""
    district = codes.ancestor(found.pk, Level.DISTRICT) or settings.HOME_REGION
    years = list(Cycle.objects.filter(region_id=district).order_by("-plan_year").values_list("plan_year", flat=True))
    asked = request.GET.get("plan_year", "")
    if asked.isdigit() and int(asked) in years:
        return int(asked), years
    cycle = overview.cycle_of(district)
    return (cycle.plan_year if cycle else None), years


def _around(found: Region, wanted: Wanted) -> tuple[Drawing | None, list[tuple[Region, Count]]]:
    """A village among its neighbours; any wider region with what lies below it."""
    if codes.level(found.pk) is Level.VILLAGE:
        return place_map(found, neighbours_of(found)), []
    return overview.map_of(found, wanted)


def _ceilings(found: Region, year: int | None) -> list[Any]:
    """The region's own published ceilings of the year."""
    return list(Ceiling.objects.filter(region=found, plan_year=year, published_at__isnull=False)) if year else []
