"""Drawing up a panel under a UUID of its own, for a meeting or for a stage of a region."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from deliberation.scoring import policy, reading
from deliberation.scoring.services.making import save_panel
from frontend import figures
from frontend.answers import see_other, signed_in, tried
from frontend.meetings.planning import key_of
from frontend.scoring import making


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """An empty form for the meeting, or the region and stage, that the address names."""
    place = making.place_asked(request)
    policy.may_make(signed_in(request), stage=place.stage, region_code=place.region.pk, meeting=place.meeting).or_refuse()
    key = key_of(request.POST.get("id", "")) or uuid4()
    return _answered(request, place, key, making.typed(request) if request.method == "POST" else making.empty(place))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    """A draft; what was opened no longer changes."""
    panel = reading.loaded(panel_id, request.user)
    policy.may_change(request.user, panel).or_refuse()
    return _answered(request, making.place_of(panel), panel_id, making.typed(request) if request.method == "POST" else making.standing(panel))


def _answered(request: HttpRequest, place: making.Place, key: UUID, form: making.Typed) -> HttpResponse:
    refusal: Refusal | None = None
    if request.method == "POST":
        refusal = tried(lambda: save_panel(panel_id=key, actor=request.user, draft=form.draft(place), version=figures.version(form.version)))
        if refusal is None:
            messages.success(request, _("Kept as a draft. Check it, then open it."))
            return see_other(reverse("panel", args=[key]))
    context: dict[str, Any] = {"place": place, "form": form, "id": key, "refusal": refusal, "lines": form.lines(refusal)}
    return render(request, "scoring/form.html", context, status=refusal.status if refusal else 200)
