"""Any region's page, and the search for one."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontend import region_page
from frontend.answers import asked
from geo import codes
from geo.lookup import search_regions
from proposals.models import Proposal


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Villages first, then proposals by number or words; a whole number goes straight to its proposal."""
    words = asked(request, "q")
    proposal = Proposal.objects.public().filter(number=words).first() if words else None
    if proposal:
        return HttpResponseRedirect(reverse("proposal", args=[proposal.number]))
    regions = search_regions(words, limit=20) if words else []
    return render(request, "pages/search.html", {"words": words, "regions": regions})


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """A region: where it lies, what it asked for, what is funded, and everything below it."""
    place = region_page.place_of(code, get_language() or settings.LANGUAGE_CODE) if codes.is_code(code) else None
    if place is None:
        raise Http404(_("There is no region with this code."))
    return render(request, "pages/region.html", region_page.context_of(request, place))
