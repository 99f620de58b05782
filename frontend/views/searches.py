"""Searches that one keeps: the list of them, saving, renaming, deleting, opening."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.refusals import Refusal
from frontend.answers import see_other, signed_in
from proposals.models import SavedSearch
from proposals.services import searches


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def saved_searches(request: HttpRequest) -> HttpResponse:
    """One's own searches; a POST keeps one more."""
    user, typed = signed_in(request), {name: request.POST.get(name, "").replace("\0", "") for name in ("name", "query")}
    if request.method != "POST":
        return _page(request, user)
    try:
        kept = searches.save_search(actor=user, **typed)
    except Refusal as refusal:
        return _page(request, user, refusal, typed=typed)
    messages.success(request, _("Saved as “%(name)s”. You find it under your page.") % {"name": kept.name})
    return see_other(f"{reverse('proposals')}?{kept.query}")


@require_http_methods(["GET", "POST"])
@login_required
def saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Open, rename or delete one."""
    user, verb, name = signed_in(request), request.POST.get("verb", ""), request.POST.get("name", "")
    if request.method == "POST":
        try:
            if verb == "open":
                return see_other(f"{reverse('proposals')}?{searches.open_search(actor=user, search_id=pk).query}")
            if verb == "delete":
                searches.delete_search(actor=user, search_id=pk)
            else:
                searches.rename_search(actor=user, search_id=pk, name=name)
        except Refusal as refusal:
            return _page(request, user, refusal, renamed=pk, typed={"name": name})
        messages.success(request, _("Deleted.") if verb == "delete" else _("Renamed."))
    return see_other(reverse("saved_searches"))


def _page(
    request: HttpRequest, user: User, refusal: Refusal | None = None, *, renamed: int | None = None, typed: dict[str, str] | None = None
) -> HttpResponse:
    kept = list(SavedSearch.objects.filter(user=user).order_by("name", "pk"))
    new = searches.new_in(kept)
    context = {
        "searches": [(search, new.get(search.pk)) for search in kept],
        "most": searches.NEW_AT_MOST,
        "refusal": refusal,
        "renamed": renamed,
        "typed": typed or {},
    }
    return render(request, "account/searches.html", context, status=refusal.status if refusal else 200)
