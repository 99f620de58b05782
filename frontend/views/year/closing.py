"""Closing a stage of a region, and reopening it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from deliberation.closing import services
from frontend.answers import see_other, signed_in
from frontend.year import closing


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, cycle_id: int, stage: str, code: str) -> HttpResponse:
    """What is not in order; POST closes the stage for the region."""
    user = signed_in(request)
    if request.method != "POST":
        return render(request, "year/close.html", closing.context_of(user, cycle_id, stage, code))
    reason = request.POST.get("reason", "")
    try:
        services.close_stage(actor=user, cycle_id=cycle_id, stage=stage, region_code=code, reason=reason)
    except Refusal as refusal:
        if refusal.status in (401, 403, 404):
            raise
        context = closing.context_of(user, cycle_id, stage, code, refusal=refusal, reason=reason)
        return render(request, "year/close.html", context, status=refusal.status)
    messages.success(request, _("The stage is closed here."))
    return see_other(reverse("close_stage", args=[cycle_id, stage, code]))


@require_POST
def reopen(request: HttpRequest, cycle_id: int, stage: str, code: str) -> HttpResponse:
    """Ask to reopen, or confirm what another person asked."""
    context = closing.context_of(signed_in(request), cycle_id, stage, code)
    closure, reason = context["closure"], request.POST.get("reason", "")
    try:
        if request.POST.get("verb") == "confirm":
            services.confirm_reopening(actor=request.user, closure_id=closure.pk if closure else 0, read=request.POST.get("asking", ""))
            messages.success(request, _("The stage is open here again, as its dates say."))
        else:
            services.ask_to_reopen(actor=request.user, closure_id=closure.pk if closure else 0, reason=reason)
            messages.success(request, _("Asked. Another person has to confirm."))
    except Refusal as refusal:
        if refusal.status in (401, 404):
            raise
        return render(request, "year/close.html", {**context, "refusal": refusal, "reason": reason}, status=refusal.status)
    # an open stage's closing is a page of those who may close it, and the planner who confirms may not
    is_closed_here = request.POST.get("verb") != "confirm" and closure.region_id == code
    return see_other(reverse("close_stage", args=[cycle_id, stage, code]) if is_closed_here else reverse("calendar", args=[code]))
