"""One's own page: what waits, what one wrote, where one lives, which roles one holds."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services
from accounts.refusals import Refusal
from frontend import account_page
from frontend.answers import asked, see_other, signed_in


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """The page."""
    return render(request, "account/home.html", account_page.context_of(signed_in(request), asked(request, "village"), asked(request, "q")))


@require_http_methods(["GET", "POST"])
@login_required
def request_residency(request: HttpRequest) -> HttpResponse:
    """Say where one lives; the village's facilitator confirms it."""
    back = reverse("account") + "#domisili"
    if request.method == "GET":
        return see_other(back)
    code, hint = request.POST.get("village", "").replace("\0", ""), request.POST.get("hint", "")
    try:
        services.request_residency(actor=signed_in(request), village_code=code, hint=hint)
    except Refusal as refusal:
        context = {**account_page.context_of(signed_in(request), code), "refusal": refusal, "hint": hint}
        return render(request, "account/home.html", context, status=refusal.status)
    messages.success(request, _("Your facilitator will see this. Your support counts once it is confirmed."))
    return see_other(back)


@require_http_methods(["GET", "POST"])
@login_required
def decide_residency(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, refuse or end: the facilitator's word about a resident, or the person's own moving away."""
    user, verb, reason = signed_in(request), request.POST.get("verb", ""), request.POST.get("reason", "")
    if request.method == "POST":
        try:
            if verb == "end":
                services.end_residency(residency_id=pk, actor=user, reason=reason)
            else:
                services.decide_residency(residency_id=pk, actor=user, confirm=verb == "confirm", reason=reason)
        except Refusal as refusal:
            context = {**account_page.context_of(user), "refusal": refusal, "reason": reason, "reason_for": pk}
            return render(request, "account/home.html", context, status=refusal.status)
        messages.success(request, _("Recorded."))
    return see_other(reverse("work" if request.POST.get("from") == "work" else "account"))
