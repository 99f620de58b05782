"""The clauses of a form for a plan year: worded and checked by the planners of the kabupaten."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Missing, Refusal
from deliberation.records import clauses as wording
from deliberation.records import forms as paper_forms
from deliberation.records import policy, services
from deliberation.words import MeetingKind
from frontend.answers import see_other, signed_in
from frontend.forms.records import ClauseForm
from proposals.models import Cycle


@require_http_methods(["GET", "HEAD", "POST"])
def clauses(request: HttpRequest, cycle_id: int, meeting_kind: str) -> HttpResponse:
    """Every clause with its own small form; what was typed in one stays when it is refused."""
    cycle = Cycle.objects.select_related("region").defer("region__boundary", "region__outline").filter(pk=cycle_id).first()
    if cycle is None or meeting_kind not in paper_forms.CLAUSES:
        raise Missing
    policy.may_word(signed_in(request), cycle).or_refuse()
    tried, status = None, 200
    if request.method == "POST":
        tried = ClauseForm(request.POST, prefix=None)
        try:
            _word(request, cycle, meeting_kind)
        except Refusal as refusal:
            tried.refuse(refusal)
            status = refusal.status
        else:
            messages.success(request, _("The wording is kept. Papers issued from now on carry it."))
            return see_other(request.path)
    shown = {
        "cycle": cycle,
        "kinds": [(kind, MeetingKind(kind).label) for kind in paper_forms.CLAUSES],
        "meeting_kind": meeting_kind,
        "rows": [(clause, _form(clause, tried)) for clause in wording.worded(cycle, meeting_kind)],
        "tried": tried,
    }
    return render(request, "documents/clauses.html", shown, status=status)


def _form(clause: wording.Worded, tried: ClauseForm | None) -> ClauseForm:
    if tried is not None and tried.data.get("place") == clause.place:
        return tried
    first = {"place": clause.place, "text": clause.text, "legal_basis": clause.legal_basis, "verified": clause.is_verified}
    return ClauseForm(initial=first, auto_id=f"id_{clause.place}_%s")


def _word(request: HttpRequest, cycle: Cycle, meeting_kind: str) -> None:
    sent = request.POST
    services.word(
        cycle_id=cycle.pk,
        actor=signed_in(request),
        meeting_kind=meeting_kind,
        place=sent.get("place", ""),
        words=sent.get("text", ""),
        legal_basis=sent.get("legal_basis", ""),
        is_verified=sent.get("verified") == "on",
    )
