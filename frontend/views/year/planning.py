"""The planner's pages of a plan year: all of them, one, and one stage of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Refusal
from frontend import figures
from frontend.answers import see_other, signed_in, tried
from frontend.forms.year import StageForm, YearForm
from frontend.year import planning
from proposals.year import copying, stages, years


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """The plan years of every kabupaten the person plans for, and the next with what it would begin with."""
    wanted = figures.whole(request.GET.get("tahun", ""))
    return render(request, "year/overview.html", {"homes": planning.homes_of(signed_in(request), wanted)})


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Open the next year as it was previewed."""
    year = figures.whole(request.POST.get("plan_year", "")) or 0
    cycle = copying.begin_year(actor=request.user, region_code=request.POST.get("region", ""), plan_year=year)
    messages.success(request, _("The plan year %(year)s is open. Nothing in it is confirmed yet.") % {"year": cycle.plan_year})
    return see_other(reverse("plan_year", args=[cycle.pk]))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def year(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """One year with its stages; POST changes what holds for all of it."""
    cycle = planning.year_for(signed_in(request), cycle_id)
    if request.method != "POST":
        return render(request, "year/year.html", planning.year_context(cycle))
    form, status = YearForm(request.POST), 400
    if form.is_valid():
        try:
            years.change_year(actor=request.user, cycle_id=cycle_id, version=form.cleaned_data["version"], fields=form.as_sent())
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            messages.success(request, _("Saved. It is not confirmed until you say what it rests on."))
            return see_other(reverse("plan_year", args=[cycle_id]))
    return render(request, "year/year.html", planning.year_context(cycle, form), status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stage(request: HttpRequest, cycle_id: int, stage: str) -> HttpResponse:
    """One stage: its window and its rules."""
    window = planning.stage_for(signed_in(request), cycle_id, stage)
    if request.method != "POST":
        return render(request, "year/stage.html", planning.stage_context(window))
    form, status = StageForm(request.POST), 400
    if form.is_valid():
        try:
            stages.change_stage(actor=request.user, cycle_id=cycle_id, stage=stage, version=form.cleaned_data["version"], fields=form.as_sent())
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            messages.success(request, _("Saved. It is not confirmed until you say what it rests on."))
            return see_other(reverse("plan_stage", args=[cycle_id, stage]))
    return render(request, "year/stage.html", planning.stage_context(window, form), status=status)


@require_POST
def confirm(request: HttpRequest, cycle_id: int, stage: str = "") -> HttpResponse:
    """Confirm the year's own rules, or one stage's, with the decision they rest on."""
    sent = request.POST
    version, basis = figures.version(sent.get("version", "")), sent.get("legal_basis", "")
    said: dict[str, Any] = {"actor": request.user, "cycle_id": cycle_id, "version": version or 0, "legal_basis": basis}
    refusal = tried(lambda: stages.confirm_stage(**said, stage=stage) if stage else years.confirm_year(**said))
    if refusal is not None:
        return _not_confirmed(request, cycle_id, stage, refusal)
    messages.success(request, _("Confirmed, with your name and what it rests on."))
    return see_other(reverse("plan_stage", args=[cycle_id, stage]) if stage else reverse("plan_year", args=[cycle_id]))


def _not_confirmed(request: HttpRequest, cycle_id: int, stage: str, refusal: Refusal) -> HttpResponse:
    """The page that the press came from, with what was typed and why it was not taken."""
    person, tried_to = signed_in(request), {"refusal": refusal, "basis": request.POST.get("legal_basis", "")}
    if stage:
        context = planning.stage_context(planning.stage_for(person, cycle_id, stage))
    else:
        context = planning.year_context(planning.year_for(person, cycle_id))
    return render(request, f"year/{'stage' if stage else 'year'}.html", {**context, **tried_to}, status=refusal.status)


@require_POST
def add_stage(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Use one more stage."""
    made = stages.add_stage(actor=request.user, cycle_id=cycle_id, stage=request.POST.get("stage", ""))
    messages.success(request, _("“%(stage)s” is part of the year now. Set its dates.") % {"stage": made.title})
    return see_other(reverse("plan_stage", args=[cycle_id, made.stage]))


@require_POST
def remove_stage(request: HttpRequest, cycle_id: int, stage: str) -> HttpResponse:
    """Take an unused stage out."""
    stages.remove_stage(actor=request.user, cycle_id=cycle_id, stage=stage)
    messages.success(request, _("The stage is no longer part of this year."))
    return see_other(reverse("plan_year", args=[cycle_id]))
