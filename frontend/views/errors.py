"""Pages that say what went wrong, what is safe, and where to go on."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.refusals import Refusal


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal; somebody who is not signed in is asked to, where that would help."""
    if refusal.status == 401:
        back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
        return redirect_to_login(_own(request, back), settings.LOGIN_URL)
    response = _page(request, refusal.status, refusal.in_words())
    if refusal.retry_after is not None:
        response["Retry-After"] = str(refusal.retry_after)
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    told = str(exception.args[0]) if isinstance(exception, Http404) and exception.args and isinstance(exception.args[0], str) else ""
    return _page(request, 404, told or _("The page you asked for does not exist, or no longer does."))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """400."""
    return _page(request, 400, _("What was sent could not be read. Go back and try again."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """403."""
    return _page(request, 403, _("This page is not open to your account."))


def wrong_way(request: HttpRequest) -> HttpResponse:
    """405: a form's address opened by hand, or something sent to a page."""
    return _page(request, 405, _("This address does not take this kind of request."))


def too_many(request: HttpRequest) -> HttpResponse:
    """429, where an address signs up, or asks for passwords, again and again."""
    return _page(request, 429, _("Too many attempts. Wait a few minutes, then try again."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """403 for a form that is too old or came from elsewhere: going back keeps what was typed."""
    sentence = _("This form is no longer valid. Go back, reload the page and send it again; your browser keeps what you typed.")
    return _page(request, 403, sentence, told_as=400)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """500: asks nothing of the database, which may be what failed."""
    return render(None, "errors/500.html", status=500)  # type: ignore[arg-type]


def unavailable(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - as the others are called
    """503 while the database is away: asks nothing of it."""
    response = render(None, "errors/500.html", status=503)  # type: ignore[arg-type]
    response["Retry-After"] = "5"
    return response


def _page(request: HttpRequest, status: int, sentence: str, told_as: int = 0) -> HttpResponse:
    """`told_as` chooses another heading than the status has."""
    known = told_as or (status if status in {400, 403, 404, 409} else 400)
    return render(request, "errors/page.html", {"status": known, "sentence": sentence}, status=status)


def _own(request: HttpRequest, address: str) -> str:
    """The path of an address on this host; the home page for any other."""
    origin = f"{request.scheme}://{request.get_host()}"
    address = address.removeprefix(origin)
    return address if address.startswith("/") and not address.startswith("//") else "/"
