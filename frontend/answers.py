"""Small answers that several pages give."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Invalid, Refusal, sign_in_first
from proposals.models import Proposal

#: What a press does to the thing with this key, and the sentence that says that it is done.
Verb = Callable[[HttpRequest, UUID], str]


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


def tried(verb: Callable[[], object]) -> Refusal | None:
    """None where it is done; the refusal (400, 409) where the page shows it beside what was typed. Others go on to their own pages."""
    try:
        verb()
    except Refusal as refusal:
        if refusal.status not in {400, 409}:
            raise
        return refusal
    return None


def tell(request: HttpRequest, verb: Verb | None, key: UUID) -> bool:
    """Do a verb and say above the next page what it says, or why not. Raises Invalid where there is no such verb."""
    if verb is None:
        raise Invalid({"verb": [_("Choose one of these.")]})
    refusal = tried(lambda: messages.success(request, verb(request, key)))
    if refusal is not None:
        messages.error(request, refusal.in_words(), extra_tags="bad")
    return refusal is None


def signed_in(request: HttpRequest) -> User:
    """The user; 401, which leads to the sign-in page, for everybody else."""
    if not isinstance(request.user, User):
        sign_in_first().or_refuse()
    return request.user  # type: ignore[return-value]
