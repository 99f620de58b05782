"""How a person wants the pages to look: kept in two cookies, so that it works without scripts and without an account."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

SCHEME_COOKIE, SAVER_COOKIE = "tampilan", "hemat"
SCHEMES = ("light", "dark")
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Display:
    """`scheme` is empty until the person chose one: then the system decides. `saver` sends no font and no photos."""

    scheme: str = ""
    saver: bool = False


def of_request(request: HttpRequest) -> Display:
    """What the cookies say; a browser that asks to save data is believed until the person says otherwise."""
    scheme = request.COOKIES.get(SCHEME_COOKIE, "")
    asked = request.headers.get("Save-Data", "").lower() == "on"
    saver = {"on": True, "off": False}.get(request.COOKIES.get(SAVER_COOKIE, ""), asked)
    return Display(scheme if scheme in SCHEMES else "", saver)


def remember(response: HttpResponse, name: str, value: str, *, secure: bool) -> None:
    """Keep one choice for a year."""
    response.set_cookie(name, value, max_age=_YEAR, secure=secure, httponly=True, samesite="Lax")
