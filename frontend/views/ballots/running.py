"""Opening, closing, publishing, withdrawing a candidate, annulling: one form, one verb."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deliberation.ballots.services.closing import close_ballot
from deliberation.ballots.services.making import discard_draft
from deliberation.ballots.services.opening import open_ballot, withdraw_candidate
from deliberation.ballots.services.publishing import annul_ballot, publish_ballot
from frontend import figures
from frontend.answers import Verb, see_other, signed_in, tell


@require_POST
def step(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Do it and say so; what is refused stands above the page."""
    signed_in(request)
    is_done = tell(request, _VERBS.get(request.POST.get("verb", "")), ballot_id)
    gone = is_done and request.POST["verb"] == "discard"
    return see_other(reverse("ballots") if gone else reverse("ballot", args=[ballot_id]))


def _open(request: HttpRequest, ballot_id: UUID) -> str:
    open_ballot(ballot_id=ballot_id, actor=request.user, version=figures.version(request.POST.get("version", "")))
    return _("The ballot is open. Its rules and candidates no longer change.")


def _close(request: HttpRequest, ballot_id: UUID) -> str:
    close_ballot(ballot_id=ballot_id, actor=request.user, reason=request.POST.get("reason", ""))
    return _("Closed. Paper ballots can be typed now; then publish the result.")


def _publish(request: HttpRequest, ballot_id: UUID) -> str:
    publish_ballot(ballot_id=ballot_id, actor=request.user)
    return _("Published. Everybody sees the result and can count it again.")


def _withdraw(request: HttpRequest, ballot_id: UUID) -> str:
    number = figures.whole(request.POST.get("number", "")) or 0
    withdraw_candidate(ballot_id=ballot_id, number=number, actor=request.user, reason=request.POST.get("reason", ""))
    return _("Withdrawn. Whoever votes now can no longer choose it.")


def _annul(request: HttpRequest, ballot_id: UUID) -> str:
    ballot = annul_ballot(ballot_id=ballot_id, actor=request.user, reason=request.POST.get("reason", ""))
    return _("The ballot is annulled.") if ballot.annulled_at else _("Asked. Another person confirms the annulment.")


def _discard(request: HttpRequest, ballot_id: UUID) -> str:
    discard_draft(ballot_id=ballot_id, actor=request.user)
    return _("The draft is thrown away.")


_VERBS: dict[str, Verb] = {"open": _open, "close": _close, "publish": _publish, "withdraw": _withdraw, "annul": _annul, "discard": _discard}
