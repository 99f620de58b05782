"""What somebody hears who tried too many passwords."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def locked_out(request: HttpRequest, _original: HttpResponse | None = None, _credentials: dict[str, Any] | None = None) -> HttpResponse:
    """The page of a refusal, 429 with the seconds to wait. The room of pages has its template; this room has the sentence."""
    sentence = _("Too many wrong passwords for this account. Wait a quarter of an hour, then try again or choose a new password.")
    response = render(request, "errors/page.html", {"status": 400, "sentence": sentence}, status=429)
    response["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME * 3600))
    return response
