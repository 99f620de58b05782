"""Voting: mark, check, cast, keep the receipt. Nothing of it is cached or kept in the session."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from deliberation.ballots import reading, secrecy
from deliberation.ballots.services.casting import cast_vote
from deliberation.ballots.words import BallotState
from deliberation.models import Vote
from frontend.answers import see_other, signed_in
from frontend.ballots import page
from frontend.ballots.voting import VotingForm, sent_form


@require_POST
@never_cache
def vote(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """First the check page, then the vote itself with its receipt, which is shown this once."""
    signed_in(request)
    ballot = reading.loaded(ballot_id, request.user)
    form = sent_form(ballot, request.POST)
    verb = request.POST.get("then", "")
    if verb == "change" or not form.check():
        return _again(request, form, 200 if verb == "change" else 400)
    if verb != "cast":
        return render(request, "ballots/check.html", {"ballot": ballot, "form": form})
    try:
        receipt = cast_vote(ballot_id=ballot_id, actor=request.user, marks=form.marks, nonce=form.nonce, abstains=form.abstains)
    except Refusal as refusal:
        if refusal.status != 400:
            raise
        form.errors = tuple(sentence for sentences in (refusal.fields or {}).values() for sentence in sentences)
        return _again(request, form, 400)
    return render(request, "ballots/receipt.html", {"ballot": ballot, "receipt": receipt})


@require_POST
@never_cache
def receipt(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Whether a receipt's vote is recorded; what it says is told to nobody."""
    ballot = reading.loaded(ballot_id, request.user)
    if ballot.state == BallotState.DRAFT:
        return see_other(reverse("ballot", args=[ballot.pk]))
    code = request.POST.get("code", "").strip()[:60]
    found = bool(code) and Vote.objects.filter(ballot=ballot, receipt_sha256=secrecy.receipt_sha256(code)).exists()
    context: dict[str, Any] = {"ballot": ballot, "code": code, "found": found, "sha256": secrecy.receipt_sha256(code)}
    return render(request, "ballots/found.html", context)


def _again(request: HttpRequest, form: VotingForm, status: int) -> HttpResponse:
    ballot = form.ballot
    answer = page.may_vote(request.user, ballot)
    answer.or_refuse()
    return render(request, "ballots/page.html", page.context_of(request.user, ballot, form), status=status)
