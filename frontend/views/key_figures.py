"""Figures for everybody: one region and plan year, with definitions and denominators, and the data behind them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.key_figures import below_of, groups_of
from frontend.key_figures_page import sheet


@require_safe
def key_figures(request: HttpRequest) -> HttpResponse:
    """The home kabupaten and the current year, unless the address names others."""
    found = sheet(request)
    context = {"sheet": found, "groups": groups_of(found.found) if found.found else [], "below": below_of(found.found) if found.found else []}
    return render(request, "figures/page.html", context, status=404 if found.is_missing else 200)
