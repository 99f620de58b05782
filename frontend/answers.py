"""Small answers that several pages give."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.models import User
from accounts.refusals import sign_in_first
from proposals.models import Proposal


def asked(request: HttpRequest, name: str, longest: int = 120) -> str:
    """What the address asks for under a name; the zero byte, which no database takes and nobody types, is left out."""
    return request.GET.get(name, "").replace("\0", "").strip()[:longest]


def see_other(address: str) -> HttpResponse:
    """303: what was sent is done, look there."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def back_to(proposal: Proposal, anchor: str = "") -> HttpResponse:
    """303 to the proposal's own page."""
    return see_other(reverse("proposal", args=[proposal.address]) + anchor)


def signed_in(request: HttpRequest) -> User:
    """The user; 401, which leads to the sign-in page, for everybody else."""
    if not isinstance(request.user, User):
        sign_in_first().or_refuse()
    return request.user  # type: ignore[return-value]
