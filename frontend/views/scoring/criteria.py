"""The criteria of a stage: read by everybody, set by the planner until scoring begins."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Missing
from deliberation.scoring import policy
from deliberation.scoring.services import criteria as services
from frontend import figures
from frontend.answers import see_other, signed_in, tried
from frontend.scoring import criteria


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, cycle_id: int, stage: str) -> HttpResponse:
    """All criteria with their weights; a POST sets the weights."""
    if request.method == "POST":
        signed_in(request)
    refusal = tried(lambda: _weigh(request, cycle_id, stage)) if request.method == "POST" else None
    if request.method == "POST" and refusal is None:
        messages.success(request, _("Saved. It is not confirmed until you say what it rests on."))
        return see_other(reverse("criteria", args=[cycle_id, stage]))
    context = criteria.context_of(request, cycle_id, stage, refusal)
    return render(request, "scoring/criteria.html", context, status=refusal.status if refusal else 200)


@require_POST
def confirm(request: HttpRequest, cycle_id: int, stage: str) -> HttpResponse:
    """Say what the set rests on."""
    basis, version = request.POST.get("legal_basis", ""), figures.version(request.POST.get("version", ""))
    signed_in(request)
    refusal = tried(lambda: services.confirm_criteria(cycle_id=cycle_id, stage=stage, actor=request.user, legal_basis=basis, version=version))
    if refusal is None:
        messages.success(request, _("Confirmed."))
        return see_other(reverse("criteria", args=[cycle_id, stage]))
    return render(request, "scoring/criteria.html", criteria.context_of(request, cycle_id, stage, refusal), status=refusal.status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: HttpRequest, cycle_id: int, stage: str) -> HttpResponse:
    """One criterion more."""
    return _one(request, cycle_id, stage, request.POST.get("code", "").strip().upper())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def one(request: HttpRequest, cycle_id: int, stage: str, code: str) -> HttpResponse:
    """One criterion: its question, anchors, source; or take it out."""
    return _one(request, cycle_id, stage, code)


def _one(request: HttpRequest, cycle_id: int, stage: str, code: str) -> HttpResponse:
    found = criteria.load(cycle_id, stage)
    policy.may_set_criteria(request.user, found.kept).or_refuse()
    refusal = tried(lambda: _change(request, cycle_id, stage, code)) if request.method == "POST" else None
    if request.method == "POST" and refusal is None:
        messages.success(request, _("Saved. It is not confirmed until you say what it rests on."))
        return see_other(reverse("criteria", args=[cycle_id, stage]))
    row = next((one for one in found.rows if one.code == code), None)
    if row is None and request.resolver_match and request.resolver_match.url_name == "criterion":
        raise Missing
    context: dict[str, Any] = {**criteria.frame_of(found), **criteria.form_of(request, row, refusal), "refusal": refusal, "row": row}
    return render(request, "scoring/criterion.html", context, status=refusal.status if refusal else 200)


def _weigh(request: HttpRequest, cycle_id: int, stage: str) -> None:
    weights = {name.removeprefix("bobot-"): value for name, value in request.POST.items() if name.startswith("bobot-")}
    version, median = figures.version(request.POST.get("version", "")), request.POST.get("median_from", "")
    services.set_weights(cycle_id=cycle_id, stage=stage, actor=request.user, weights=weights, median_from=median, version=version)


def _change(request: HttpRequest, cycle_id: int, stage: str, code: str) -> None:
    version = figures.version(request.POST.get("version", ""))
    if request.POST.get("verb") == "remove":
        services.remove_criterion(cycle_id=cycle_id, stage=stage, actor=request.user, code=code, version=version)
        return
    fields = criteria.sent(request)
    services.change_criterion(cycle_id=cycle_id, stage=stage, actor=request.user, code=code, fields=fields, version=version)
