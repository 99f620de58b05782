"""Paper ballots: marking who voted, opening batches, typing them twice, counting."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Missing, Refusal
from deliberation.ballots import policy, reading
from deliberation.ballots.services import paper_batches
from deliberation.ballots.services.paper_roll import mark_paper_voters
from deliberation.models import Ballot, PaperBatch
from frontend import figures
from frontend.answers import see_other, signed_in, tried
from frontend.ballots import paper


@require_safe
@login_required
def desk(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Whom to mark, and the batches."""
    return _desk(request, _ballot(request, ballot_id))


@require_POST
def mark(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Mark paper voters; the answer says who was not marked, and why."""
    ballot = _ballot(request, ballot_id)
    try:
        outcomes = mark_paper_voters(ballot_id=ballot_id, actor=request.user, voters=paper.voters_sent(ballot, request.POST))
    except Refusal as refusal:
        if refusal.status not in {400, 409}:
            raise
        return _desk(request, ballot, refusal=refusal, typed=request.POST)
    if all(one.verdict == "marked" for one in outcomes):
        messages.success(request, _("Marked: %(count)d.") % {"count": len(outcomes)})
        return see_other(reverse("ballot_paper", args=[ballot_id]))
    context = {**paper.context_of(request.user, ballot, outcomes), "typed": request.POST, "batch_id": uuid4()}
    return render(request, "ballots/paper.html", context)


@require_POST
def open_batch(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """A new batch of so many sheets."""
    ballot = _ballot(request, ballot_id)
    sent = request.POST
    refusal = tried(
        lambda: paper_batches.open_batch(
            batch_id=_uuid(sent.get("id", "")),
            ballot_id=ballot_id,
            actor=request.user,
            label=sent.get("label", ""),
            sheets=figures.whole(sent.get("sheets", "").strip()) or 0,
            set_aside=figures.whole(sent.get("set_aside", "").strip()) or 0,
            reason=sent.get("set_aside_reason", ""),
        )
    )
    if refusal is not None:
        return _desk(request, ballot, refusal=refusal, typed=sent)
    return see_other(reverse("ballot_paper", args=[ballot_id]) + "#tumpukan")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def batch(request: HttpRequest, ballot_id: UUID, batch_id: UUID) -> HttpResponse:
    """Type a batch, decide what differs, count it, or note a recount."""
    ballot = _ballot(request, ballot_id)
    found = PaperBatch.objects.filter(pk=batch_id, ballot=ballot).first()
    if found is None:
        raise Missing
    found.ballot = ballot
    if request.method == "POST":
        return _typed(request, found)
    return render(request, "ballots/batch.html", paper.batch_context(request.user, found))


def _typed(request: HttpRequest, found: PaperBatch) -> HttpResponse:
    sent = request.POST
    refusal = tried(lambda: _act(request, found))
    if refusal is not None:
        context = {**paper.batch_context(request.user, found, sent.get("rows", "")), "refusal": refusal}
        return render(request, "ballots/batch.html", context, status=refusal.status)
    return see_other(reverse("paper_batch", args=[found.ballot_id, found.pk]))


def _act(request: HttpRequest, found: PaperBatch) -> None:
    sent, verb = request.POST, request.POST.get("verb", "")
    if verb == "count":
        paper_batches.count_batch(batch_id=found.pk, actor=request.user)
        messages.success(request, _("Counted."))
    elif verb == "recount":
        sheets = figures.whole(sent.get("sheets", "").strip()) or 0
        paper_batches.recount_batch(batch_id=found.pk, actor=request.user, sheets=sheets, note=sent.get("note", ""))
        messages.success(request, _("Noted. The difference is published with the result."))
    else:
        lines = sent.get("rows", "").strip("\r\n").splitlines()
        paper_batches.type_batch(batch_id=found.pk, actor=request.user, lines=lines)
        messages.success(request, _("Kept."))


def _ballot(request: HttpRequest, ballot_id: UUID) -> Ballot:
    signed_in(request)
    ballot = reading.loaded(ballot_id, request.user)
    policy.may_type(request.user, ballot).or_refuse()
    return ballot


def _desk(request: HttpRequest, ballot: Ballot, *, refusal: Refusal | None = None, typed: Any = None) -> HttpResponse:
    context = {**paper.context_of(request.user, ballot), "refusal": refusal, "typed": typed or {}, "batch_id": uuid4()}
    return render(request, "ballots/paper.html", context, status=refusal.status if refusal else 200)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
