"""Writing a programme that comes by another channel: the council's, an agency's, or what a regulation obliges to."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from frontend.drafts import draft_for, save
from frontend.forms.programme import ProgrammeForm, initial_of
from frontend.programmes import ProgrammeDesk, desk_of
from frontend.views.errors import refused
from frontend.works_widget import FIND, filled_in, offer_of
from proposals.models import Proposal


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """An empty form under a UUID of its own, so that the same form sent twice makes one draft."""
    desk = desk_of(request.user)
    if request.method == "POST":
        return _saved(request, _uuid(request.POST.get("id", "")), desk, None)
    return _shown(request, uuid.uuid4(), ProgrammeForm(desk=desk), desk, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """A draft, or what was returned for completion."""
    proposal = draft_for(request.user, proposal_id)
    desk = desk_of(request.user)
    if request.method == "POST":
        return _saved(request, proposal_id, desk, proposal)
    return _shown(request, proposal_id, ProgrammeForm(initial=initial_of(proposal), desk=desk), desk, proposal)


def _saved(request: HttpRequest, proposal_id: uuid.UUID, desk: ProgrammeDesk, proposal: Proposal | None) -> HttpResponse:
    if request.POST.get("then") == FIND:
        return _shown(request, proposal_id, ProgrammeForm(filled_in(request.POST, desk.cycles), desk=desk), desk, proposal)
    form = ProgrammeForm(request.POST, desk=desk)
    try:
        kept = save(request, proposal_id, form.as_sent(), proposal)
    except Refusal as refusal:
        if refusal.status == 401:
            return refused(request, refusal)
        form.refuse(refusal)
        return _shown(request, proposal_id, form, desk, proposal, status=refusal.status)
    if kept.number and proposal is None:
        return redirect("proposal", kept.address)
    if request.POST.get("then") == "check":
        return redirect("check_proposal", kept.pk)
    messages.success(request, _("Saved. Only those who write for this channel see this draft."))
    return redirect("edit_programme", kept.pk)


def _shown(
    request: HttpRequest, proposal_id: uuid.UUID, form: ProgrammeForm, desk: ProgrammeDesk, proposal: Proposal | None, *, status: int = 200
) -> HttpResponse:
    return render(request, "programme/form.html", _context(proposal_id, form, desk, proposal), status=status)


def _context(proposal_id: uuid.UUID, form: ProgrammeForm, desk: ProgrammeDesk, proposal: Proposal | None) -> dict[str, Any]:
    return {"id": proposal_id, "form": form, "desk": desk, "proposal": proposal, "works": offer_of(form, desk.cycles)}


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
