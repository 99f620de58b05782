"""The recap of a region: village by village, how far its proposals are, on screen and on paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontend.recap_page import recap_view
from geo import codes
from geo.models import Region


@require_safe
def recap(request: HttpRequest, code: str) -> HttpResponse:
    """The table, or above a kabupaten the way to its file."""
    found = Region.objects.light().filter(pk=code).first() if codes.is_code(code) else None
    if found is None:
        raise Http404(_("There is no region with this code."))
    return render(request, "pages/recap.html", recap_view(request, found))
