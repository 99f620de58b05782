"""Which language a program is answered in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

#: Browsers say by this header why they ask; a page's own scripts speak the page's language.
FROM_A_PAGE = "Sec-Fetch-Mode"


class ProgramLanguage:
    """Below `/api/` the `Accept-Language` of a program counts, unless the page's switch chose (its cookie) or a page asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language asked for, Indonesian otherwise."""
        asked = request.headers.get("Accept-Language", "")
        if not request.path.startswith("/api/") or not asked or settings.LANGUAGE_COOKIE_NAME in request.COOKIES or FROM_A_PAGE in request.headers:
            return self.get_response(request)
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response = self.get_response(request)
        response["Content-Language"] = language
        patch_vary_headers(response, ("Accept-Language",))
        return response
