"""The home page: find your village, where we are in the year, the map, what is funded, what was decided."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend import overview
from frontend.context import home_region
from frontend.meetings.ahead import coming
from frontend.road import season_of
from proposals.models import Cycle
from proposals.tallies import Wanted


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the home kabupaten asked for and what it got, this plan year."""
    cycle = overview.cycle_of(settings.HOME_REGION)
    return render(request, "pages/home.html", {"cycle": cycle, "meetings": coming(), **(_year(cycle) if cycle else {"drawing": None})})


def _year(cycle: Cycle) -> dict[str, object]:
    here = home_region()
    drawing, rows = overview.map_of(here, Wanted(cycle.plan_year))
    found, total = overview.places(settings.HOME_REGION, cycle.plan_year)
    return {
        # the page's frame names it too, and would ask again
        "home": here,
        "drawing": drawing,
        "rows": rows,
        "places": found,
        "total": total,
        "paid": overview.newest_funded(settings.HOME_REGION),
        "season": season_of(list(cycle.windows.all())),
        "decisions": overview.newest_decisions(settings.HOME_REGION),
    }
