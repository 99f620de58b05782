"""Which way proposals go to their money: the list, and one proposal's route with its reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Refusal
from budgeting.routes.choosing import choose_route
from budgeting.routes.recipients import name_recipient
from frontend import proposal_page
from frontend.answers import see_other, signed_in
from frontend.forms.provenance import RecipientForm, RouteForm
from frontend.provenance import routes
from proposals.models import Proposal


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Proposals by the route of their money."""
    return render(request, "provenance/routes.html", routes.listed(request))


@require_http_methods(["GET", "HEAD", "POST"])
def route(request: HttpRequest, address: str) -> HttpResponse:
    """Why a proposal goes this way; who decides where it stands may choose another."""
    proposal = proposal_page.load(address, request.user)
    if request.method != "POST":
        return render(request, "provenance/route.html", routes.route_page(request.user, proposal))
    form = RouteForm(request.POST)
    form.is_valid()
    wish: dict[str, Any] = {name: request.POST.get(name, "") for name in ("target", "funding_source", "reason")}
    try:
        choose_route(proposal_id=proposal.pk, actor=signed_in(request), **wish, seen=form.cleaned_data.get("seen") or 0)
    except Refusal as refusal:
        return _again(request, proposal, refusal, form=form)
    messages.success(request, _("Recorded. The village reads the route and your reason."))
    return see_other(reverse("route", args=[proposal.address]))


@require_POST
def recipient(request: HttpRequest, address: str) -> HttpResponse:
    """Say who receives the grant; what is refused keeps what was typed."""
    proposal = proposal_page.load(address, request.user)
    form = RecipientForm(request.POST)
    form.is_valid()
    said: dict[str, Any] = {name: request.POST.get(name, "") for name in ("name", "form", "registration")}
    try:
        name_recipient(proposal_id=proposal.pk, actor=signed_in(request), **said, seen=form.cleaned_data.get("seen") or 0)
    except Refusal as refusal:
        return _again(request, proposal, refusal, recipient=form)
    messages.success(request, _("Recorded. Everybody reads who receives the grant."))
    return see_other(reverse("route", args=[proposal.address]) + "#penerima")


def _again(request: HttpRequest, proposal: Proposal, refusal: Refusal, **sent: Any) -> HttpResponse:
    """The page with one of its forms as it was typed, and why it was refused."""
    if refusal.status in (401, 404):
        raise refusal
    (form,) = sent.values()
    form.errors.clear()
    form.refuse(refusal)
    return render(request, "provenance/route.html", routes.route_page(request.user, proposal, **sent), status=refusal.status)
