"""The order of what a meeting forwards: read by everybody, set by who decides; numbers and buttons work without scripts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from deliberation.meetings.services.ranking import set_order
from frontend import figures
from frontend.answers import see_other, signed_in
from frontend.meetings import page, ranking


@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The lists with their places; a POST sets them. What is refused keeps the typed numbers and sentences."""
    meeting = page.load(meeting_id)
    typed = ranking.typed(request) if request.method == "POST" else None
    refusal: Refusal | None = None
    if typed is not None:
        try:
            set_order(meeting_id=meeting_id, actor=signed_in(request), order=typed.order, version=figures.whole(request.POST.get("version", "")) or 0)
        except Refusal as error:
            if error.status in (401, 403):
                raise
            refusal = error
        else:
            messages.success(request, _("The order is set. It is the rank that counts."))
            return see_other(reverse("meeting_order", args=[meeting_id]) + typed.anchor)
    context = {**page.frame_of(request, meeting), **ranking.context_of(meeting, typed, refusal)}
    return render(request, "meetings/order.html", context, status=refusal.status if refusal else 200)
