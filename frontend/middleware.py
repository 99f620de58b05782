"""What stands between a request and its page: the language that was chosen, and refusals told as pages."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.api.errors import UNAVAILABLE, of_storage
from accounts.refusals import Refusal
from frontend.views.errors import refused, unavailable, wrong_way
from proposals.api.throttles import WriteThrottle

Answering = Callable[[HttpRequest], HttpResponse]


class ChosenLanguage:
    """Indonesian, unless the page's own switch chose another.

    A browser's list of languages decides nothing: many phones here are set to English by the shop that sold them.
    """

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language."""
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class CountedWrites:
    """The pages' own forms are counted as the API's writes are, in the same account."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """429 for who writes too often; what has no valid token of ours was refused before and is not counted."""
        throttle: Any = WriteThrottle()
        if request.path.startswith("/api/") or throttle.allow_request(request, None):
            return None
        wait = int(throttle.wait() or 0) + 1
        refusal = Refusal(_("You are writing very fast. Wait a minute, then send it again."), code="throttled", status=429, retry_after=wait)
        return refused(request, refusal)


class RefusalPages:
    """A `Refusal` that no form caught becomes a page with its sentence and its status."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do on the way in; on the way out an empty 405 of a page gets its sentence."""
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            told = wrong_way(request)
            told["Allow"] = response.get("Allow", "")
            return told
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The refusal's page, also where the database refused what nobody had looked at; a fault of ours goes on to Django."""
        refusal = error if isinstance(error, Refusal) else of_storage(error)
        if refusal and refusal.code == UNAVAILABLE:
            return unavailable(request)  # who is signed in, and in which village, is in the database too
        return refused(request, refusal) if refusal else None
