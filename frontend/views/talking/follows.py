"""Following a proposal or a region, seeing and ending it, and how often mail comes."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from deliberation.follows import reading, services
from deliberation.models import MailChoice
from deliberation.notices import choices
from frontend import proposal_page
from frontend.answers import back_to, see_other, signed_in
from frontend.paging import page_of


@require_http_methods(["GET", "POST"])
def follow_proposal(request: HttpRequest, address: str) -> HttpResponse:
    """Follow this proposal, or end it."""
    found = proposal_page.load(address, request.user)
    if request.method == "POST":
        _follow_or_end(request, proposal_id=found.pk)
    return back_to(found, "#dukungan")


@require_http_methods(["GET", "POST"])
def follow_region(request: HttpRequest, code: str) -> HttpResponse:
    """Follow this region, all of it or one sector, or end it."""
    if request.method == "POST":
        _follow_or_end(request, region_code=code, sector=request.POST.get("sector", ""))
    return see_other(reverse("region", args=[code]) + "#ikuti")


def _follow_or_end(request: HttpRequest, *, proposal_id: UUID | None = None, region_code: str = "", sector: str = "") -> None:
    user, ends = signed_in(request), request.POST.get("end", "")
    if ends:
        services.unfollow(actor=user, follow_id=_key(ends))
        messages.success(request, _("You no longer follow this."))
    else:
        services.follow(actor=user, proposal_id=proposal_id, region_code=region_code, sector=sector)
        messages.success(request, _("You follow this now. News come to your inbox."))


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def follows(request: HttpRequest) -> HttpResponse:
    """Everything one follows; a POST ends one."""
    user = signed_in(request)
    if request.method == "POST":
        services.unfollow(actor=user, follow_id=_key(request.POST.get("end", "")))
        messages.success(request, _("You no longer follow this."))
        return see_other(reverse("follows"))
    return _page(request)


@require_http_methods(["GET", "POST"])
@login_required
def choose_mail(request: HttpRequest) -> HttpResponse:
    """How often mail comes."""
    if request.method == "GET":
        return see_other(reverse("follows") + "#surel")
    try:
        choices.choose_mail(actor=signed_in(request), cadence=request.POST.get("cadence", ""))
    except Refusal as refusal:
        return _page(request, refusal)
    messages.success(request, _("Kept."))
    return see_other(reverse("follows") + "#surel")


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    user = signed_in(request)
    context = {
        "page": page_of(request, reading.follows_of(user)),
        "cadence": choices.cadence_of(user),
        "cadences": MailChoice.Cadence.choices,
        "mail_address": choices.address_of(user),
        "refusal": refusal,
    }
    return render(request, "talk/follows.html", context, status=refusal.status if refusal else 200)
