"""How a region answers questions, and what its moderators do: figures for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from deliberation.moderation import queue
from deliberation.questions import reading
from geo import codes
from geo.lookup import lineage_of
from geo.models import Region


@require_safe
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """Of one region and everything below it."""
    found = Region.objects.light().filter(pk=code).first() if codes.is_code(code) else None
    if found is None:
        raise Http404(_("There is no region with this code."))
    context = {
        "region": found,
        "lineage": lineage_of(found),
        "figures": reading.figures(code),
        "offices": reading.figures_by_office(code),
        "open": reading.open_in(code)[:20],
        "months": queue.months_of(code),
        "kinds": [kind.label for kind in queue.COUNTED],
    }
    return render(request, "talk/figures.html", context)
