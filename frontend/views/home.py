"""The home page: find your village, where we are in the year, the map, what is funded, what was decided."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend import overview
from frontend.context import home_region
from frontend.road import current_window, next_window
from proposals.models import Cycle, Proposal
from proposals.tallies import Wanted


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the home kabupaten asked for and what it got, this plan year."""
    cycle = overview.cycle_of(settings.HOME_REGION)
    return render(request, "pages/home.html", {"cycle": cycle, **(_year(cycle) if cycle else {"drawing": None})})


def _year(cycle: Cycle) -> dict[str, object]:
    wanted = Wanted(cycle.plan_year)
    drawing, rows = overview.map_of(home_region(), wanted)
    found, total = overview.places(settings.HOME_REGION, cycle.plan_year)
    sources = overview.funded_by_source(Proposal.objects.filter(cycle=cycle))
    window = current_window(list(cycle.windows.all()))
    return {
        "drawing": drawing,
        "rows": rows,
        "places": found,
        "total": total,
        "funded": sum(count.funded for _region, count in rows),
        "funded_amount": sum(count.funded_amount for _region, count in rows),
        "sources": sources,
        "window": window,
        "next_window": next_window(cycle, window),
        "decisions": overview.newest_decisions(settings.HOME_REGION),
    }
