"""The map of proposals."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budgeting.works import reading
from frontend.atlas import Atlas, asked, atlas, steps, years
from frontend.drawings import Drawing, neighbours_of, place_map
from frontend.layers import MEASURES, PER
from frontend.picture import draw
from frontend.templatetags.marks import OUTCOME_ICONS
from frontend.works import layer
from geo.codes import Level
from geo.models import Region
from proposals.stages import Outcome, Stage
from proposals.words import OUTCOME_WORDS, STAGE_WORDS, Channel

#: The letter on a shape that came by another door than the village's; the legend says which.
CHANNEL_SIGNS = {Channel.COUNCIL: "D", Channel.AGENCY: "P", Channel.MANDATORY: "W"}


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """The map with its list; `?fragment=list` answers the list alone, for the script that keeps both in step."""
    if request.GET.get("show") == layer.SHOWN:
        return works_layer(request)
    found = atlas(request.GET)
    if request.GET.get("fragment") == "list":
        return render(request, "map/list.html", _list(found))
    chosen = found.filters.form.cleaned_data.get("plan_year")
    shown = {**_list(found), **_frame(), **_drawn(found), "legend": _legend(), "years": years(found.region, chosen)}
    shown["layers"] = layer.layer_tabs(found.filters.data, "")
    if request.GET.get("print"):
        return render(request, "map/print.html", {**shown, "told": _filters_told(found)})
    return render(request, "map/page.html", shown)


def works_layer(request: HttpRequest) -> HttpResponse:
    """The same map with funded works in place of proposals; the same fragment of a list."""
    found, given = layer.works_atlas(request.GET), asked(request.GET)
    others, timeless = given.copy(), given.copy()
    others.pop("region", None)
    timeless.pop("plan_year", None)
    for one in (others, timeless):
        one["show"] = layer.SHOWN
    words = {"query": given.urlencode(), "others": others.urlencode(), "timeless": timeless.urlencode()}
    view = {**words, "atlas": found, "chosen": given, "address": f"{given.urlencode()}&show={layer.SHOWN}", "columns": layer.COLUMNS}
    if request.GET.get("fragment") == "list":
        return render(request, "works/layer_list.html", view)
    year_list = {"years": reading.years()[::-1], "layers": layer.layer_tabs(given, layer.SHOWN)}
    return render(request, "works/layer.html", {**view, **_frame(), **layer.picture_of(found), **year_list, "choices": layer.choices()})


def _drawn(found: Atlas) -> dict[str, Any]:
    """The picture for browsers without scripts and for paper."""
    if found.bounds and found.bubbles:
        return {"picture": draw(found.bubbles, found.bounds, found.painted)}
    if found.bounds and found.region.level == Level.VILLAGE:
        return {"drawing": _village(found)}
    return {}


def _village(found: Atlas) -> Drawing | None:
    """The village with the proposals that stand in the list, for browsers without scripts; two queries."""
    village = Region.objects.defer("boundary", "search_text").get(pk=found.region.pk)
    pins = [(proposal.location, proposal.stage) for proposal in found.proposals if proposal.location]
    return place_map(village, neighbours_of(village), pins=pins)


def _list(found: Atlas) -> dict[str, Any]:
    """The list's context: `query` for the list page, `others` for links to other regions, `place` for those found by words."""
    filters, view = found.filters.data.copy(), {"layer": found.layer.measure, "per": found.layer.per}
    others, timeless = filters.copy(), filters.copy()
    others.pop("region", None)
    others.update({name: value for name, value in view.items() if value})
    elsewhere = others.copy()
    elsewhere.pop("q", None)
    timeless["region"] = found.region.pk
    timeless.update({name: value for name, value in view.items() if value})
    address = timeless.urlencode()
    timeless.pop("plan_year", None)
    words = {"query": filters, "others": others, "elsewhere": elsewhere, "timeless": timeless}
    return {"atlas": found, "chosen": filters, "address": address, **{name: value.urlencode() for name, value in words.items()}}


def _filters_told(found: Atlas) -> list[tuple[str, str]]:
    """The filters that stand, for paper: what they are and what was chosen."""
    told = [(_("Words"), words)] if (words := found.filters.data.get("q", "")) else []
    for name in ("sector", "stage", "outcome", "channel"):
        field = found.filters.form.fields[name]
        words = dict(field.choices)
        if chosen := [str(words[value]) for value in found.filters.data.getlist(name) if value in words]:
            told.append((str(field.label), ", ".join(chosen)))
    return told


def _frame() -> dict[str, Any]:
    return {"steps": steps(), "tiles": settings.MAP_TILES_URL, "tiles_credit": settings.MAP_TILES_ATTRIBUTION}


def _legend() -> dict[str, Any]:
    stages = [(stage.value, word) for stage, word in STAGE_WORDS.items() if stage is not Stage.DRAFT]
    outcomes = [(outcome.value, OUTCOME_ICONS[outcome], OUTCOME_WORDS[outcome]) for outcome in Outcome]
    channels = [(channel.value, CHANNEL_SIGNS.get(channel, ""), channel.label) for channel in Channel]
    return {"stages": stages, "outcomes": outcomes, "channels": channels, "measures": MEASURES.items(), "per": PER.items()}
