"""Writing a ballot: a draft under a UUID of its own, for a meeting or for the residents of a region."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from deliberation.ballots import policy, reading
from deliberation.ballots.services.making import save_draft
from deliberation.models import Ballot
from frontend import figures
from frontend.answers import see_other
from frontend.ballots.making import Place, initial_for, place_asked, place_of
from frontend.forms.ballots import DraftForm, initial_of
from frontend.views.errors import refused


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """An empty form for the meeting or the region that the address names."""
    place = place_asked(request)
    policy.may_convene(request.user, place.scope, place.region.pk, place.meeting).or_refuse()
    if request.method == "POST":
        return _saved(request, place, figures_id(request), None)
    return _shown(request, place, place.form(initial=initial_for(place)), uuid.uuid4(), None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, ballot_id: uuid.UUID) -> HttpResponse:
    """A draft; what was opened is shown instead."""
    ballot = reading.loaded(ballot_id, request.user)
    policy.may_change(request.user, ballot).or_refuse()
    place = place_of(ballot)
    if request.method == "POST":
        return _saved(request, place, ballot_id, ballot)
    return _shown(request, place, place.form(initial=initial_of(ballot)), ballot_id, ballot)


def figures_id(request: HttpRequest) -> uuid.UUID:
    """The form's own UUID, so that the same form sent twice makes one draft."""
    try:
        return uuid.UUID(request.POST.get("id", ""))
    except ValueError:
        return uuid.uuid4()


def _saved(request: HttpRequest, place: Place, key: uuid.UUID, ballot: Ballot | None) -> HttpResponse:
    form = place.form(request.POST)
    status = 400
    if form.is_valid():
        try:
            version = figures.version(request.POST.get("version", ""))
            save_draft(ballot_id=key, actor=request.user, draft=form.draft(place.plan_year), version=version)
        except Refusal as refusal:
            if refusal.status == 401:
                return refused(request, refusal)
            form.refuse(refusal)
            status = refusal.status
        else:
            messages.success(request, _("Kept as a draft. Check it, then open it."))
            return see_other(reverse("ballot", args=[key]))
    return _shown(request, place, form, key, ballot, status=status)


def _shown(request: HttpRequest, place: Place, form: DraftForm, key: uuid.UUID, ballot: Ballot | None, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"place": place, "form": form, "id": key, "ballot": ballot}
    return render(request, "ballots/form.html", context, status=status)
