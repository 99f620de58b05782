"""The footer's two switches: high contrast and low data."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from frontend.display import SAVER_COOKIE, SCHEME_COOKIE, SCHEMES, remember


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the choice in a cookie and go back to the page."""
    back = request.POST.get("next", "/")
    allowed = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    response = HttpResponseRedirect(back if allowed else "/")
    response.status_code = 303
    if (scheme := request.POST.get("scheme")) in SCHEMES:
        remember(response, SCHEME_COOKIE, scheme, secure=settings.BEHIND_TLS)
    if (saver := request.POST.get("saver")) in {"on", "off"}:
        remember(response, SAVER_COOKIE, saver, secure=settings.BEHIND_TLS)
    return response
