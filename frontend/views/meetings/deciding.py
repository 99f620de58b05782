"""What a meeting decides: written down from its page, read by everybody."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from deliberation.meetings.listing import decisions_of
from deliberation.meetings.services.deciding import Word, decide
from frontend import proposal_page
from frontend.answers import see_other
from frontend.forms.meetings import DecisionForm
from frontend.meetings import page
from frontend.paging import page_of
from proposals.stages import MOVES


@require_http_methods(["GET", "POST"])
def decisions(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The decisions of the record; a POST writes one down."""
    if request.method == "POST":
        return _write(request, meeting_id)
    meeting = page.load(meeting_id)
    found = page_of(request, decisions_of(meeting), total=meeting.decided)
    return render(request, "meetings/decisions.html", {**page.frame_of(request, meeting), "page": found})


def _write(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Write a decision down. Who comes second sees what happened meanwhile, with the own text still in the form."""
    law = MOVES.get(request.POST.get("move", ""))
    if law is None:
        return see_other(reverse("meeting", args=[meeting_id]))
    form = _form(request, law.name)
    if not form.is_valid():
        return _again(request, meeting_id, form, 400)
    data = form.cleaned_data
    word = Word(data["decision"], form.proposal.pk, law.name, data["version"], data["method"], form.said())
    try:
        made, _new = decide(meeting_id=meeting_id, actor=request.user, word=word)
    except Refusal as refusal:
        if refusal.status in (401, 404):
            raise
        form.take(refusal)
        return _again(request, meeting_id, form, refusal.status)
    messages.success(request, _("Item %(number)d of the record is written down.") % {"number": made.number})
    return see_other(reverse("meeting", args=[meeting_id]))


def _form(request: HttpRequest, name: str) -> DecisionForm:
    proposal = proposal_page.load(request.POST.get("proposal_id", ""), request.user)
    return DecisionForm(request.POST, law=MOVES[name], proposal=proposal)


def _again(request: HttpRequest, meeting_id: UUID, form: DecisionForm, status: int) -> HttpResponse:
    """The page as it stands now, with the refused form as it was typed; its version is now the one on the page."""
    form.data = {**form.data.dict(), "version": str(form.proposal.version)}  # type: ignore[attr-defined]
    return render(request, "meetings/page.html", page.context_of(request, page.load(meeting_id), tried=form), status=status)
