"""The map of proposals."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.atlas import Atlas, atlas, steps
from frontend.drawings import Drawing, neighbours_of, place_map
from frontend.picture import draw
from frontend.templatetags.marks import OUTCOME_ICONS
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle
from proposals.stages import Outcome, Stage
from proposals.words import OUTCOME_WORDS, STAGE_WORDS


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """The map with its list; `?fragment=list` answers the list alone, for the script that keeps both in step."""
    found = atlas(request.GET)
    if request.GET.get("fragment") == "list":
        return render(request, "map/list.html", _list(found))
    shown = {**_list(found), **_frame(), "legend": _legend(), "years": _years()}
    if found.bounds and found.bubbles:
        shown["picture"] = draw(found.bubbles, found.bounds)
    elif found.bounds and found.region.level == Level.VILLAGE:
        shown["drawing"] = _village(found)
    return render(request, "map/page.html", shown)


def _village(found: Atlas) -> Drawing | None:
    """The village with the proposals that stand in the list, for browsers without scripts; two queries."""
    village = Region.objects.defer("boundary", "search_text").get(pk=found.region.pk)
    pins = [(proposal.location, proposal.stage) for proposal in found.proposals if proposal.location]
    return place_map(village, neighbours_of(village), pins=pins)


def _list(found: Atlas) -> dict[str, Any]:
    query = found.filters.data.copy()
    query.pop("fragment", None)
    others = query.copy()
    others.pop("region", None)
    return {"atlas": found, "query": query.urlencode(), "others": others.urlencode(), "chosen": query}


def _frame() -> dict[str, Any]:
    return {"steps": steps(), "tiles": settings.MAP_TILES_URL, "tiles_credit": settings.MAP_TILES_ATTRIBUTION}


def _legend() -> dict[str, Any]:
    stages = [(stage.value, word) for stage, word in STAGE_WORDS.items() if stage is not Stage.DRAFT]
    outcomes = [(outcome.value, OUTCOME_ICONS[outcome], OUTCOME_WORDS[outcome]) for outcome in Outcome]
    return {"stages": stages, "outcomes": outcomes}


def _years() -> list[int]:
    return list(Cycle.objects.filter(region_id=settings.HOME_REGION).order_by("-plan_year").values_list("plan_year", flat=True))
