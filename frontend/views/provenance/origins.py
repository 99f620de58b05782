"""Where the budget's lines come from: sums, lists, one line with what is said about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.refusals import Refusal
from budgeting.provenance import claims, stating
from frontend import figures
from frontend.answers import see_other, signed_in
from frontend.forms.provenance import ClaimForm, StatementForm
from frontend.provenance import origins
from proposals.models import Proposal


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The money of a year by its origin."""
    return render(request, "provenance/overview.html", origins.overview(request))


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """The lines of one origin, or of all."""
    return _listed(request, never_proposed=False)


@require_safe
def never_proposed(request: HttpRequest) -> HttpResponse:
    """In the budget but never proposed."""
    return _listed(request, never_proposed=True)


def _listed(request: HttpRequest, *, never_proposed: bool) -> HttpResponse:
    shown = origins.listed(request, never_proposed=never_proposed)
    return render(request, "provenance/lines.html", shown, status=400 if shown["refused"] else 200)


@require_safe
def line(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """One line of the budget and where it comes from."""
    return render(request, "provenance/line.html", origins.line_page(request.user, origins.load(work_id)))


@require_POST
def state(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """Say where it comes from; what is refused keeps what was typed."""
    form, found = StatementForm(request.POST), origins.load(work_id)
    form.is_valid()
    said: dict[str, Any] = {name: request.POST.get(name, "") for name in ("origin", "reference", "words")}
    try:
        stating.state_origin(actor=signed_in(request), work_id=work_id, **said, seen=form.cleaned_data.get("seen") or 0)
    except Refusal as refusal:
        return _again(request, found, refusal, statement=form)
    messages.success(request, _("Recorded. Everybody reads it here, with your name and the day."))
    return _back(work_id)


@require_POST
def claim(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """Point out that it is a proposal of the register."""
    form, found = ClaimForm(request.POST), origins.load(work_id)
    form.is_valid()
    number = request.POST.get("proposal", "").replace("\0", "").strip()[:40]
    proposal_id = Proposal.objects.filter(number=number).values_list("pk", flat=True).first() if number else None
    try:
        claims.claim_line(actor=signed_in(request), work_id=work_id, proposal_id=proposal_id, words=request.POST.get("words", ""))
    except Refusal as refusal:
        return _again(request, found, refusal, claim=form)
    messages.success(request, _("Recorded. A second person of the agency or the planner says whether it is so."))
    return _back(work_id)


@require_POST
def settle(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Agree, refuse, or take it back."""
    verb, reason, user = request.POST.get("verb", ""), request.POST.get("reason", ""), signed_in(request)
    work_id = figures.key(request.POST.get("work", ""))
    try:
        if verb == "confirm":
            claims.confirm_claim(actor=user, claim_id=claim_id, reason=reason)
        elif verb == "withdraw":
            claims.withdraw_claim(actor=user, claim_id=claim_id)
        else:
            claims.refuse_claim(actor=user, claim_id=claim_id, reason=reason)
    except Refusal as refusal:
        if work_id is None or refusal.status in (401, 404):
            raise
        return _again(request, origins.load(work_id), refusal)
    messages.success(request, _("Recorded."))
    return _back(work_id) if work_id else see_other(reverse("never_proposed"))


def _again(
    request: HttpRequest, found: origins.Line, refusal: Refusal, *, statement: StatementForm | None = None, claim: ClaimForm | None = None
) -> HttpResponse:
    """The line's page with what was typed; who has no name yet signs in first."""
    if refusal.status in (401, 404):
        raise refusal
    form = statement or claim
    if form is not None:
        form.errors.clear()
        form.refuse(refusal)
    shown = origins.line_page(request.user, found, statement=statement, claim=claim, refused="" if form else refusal.in_words())
    return render(request, "provenance/line.html", shown, status=refusal.status)


def _back(work_id: UUID) -> HttpResponse:
    return see_other(reverse("line_origin", args=[work_id]))
