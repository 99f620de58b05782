"""The list of meetings, and one meeting for everybody."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.meetings import listing, page


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """Today's and the coming meetings first, then those that are over."""
    return render(request, "meetings/list.html", listing.context_of(request))


@require_safe
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: what is in hand, the agenda, who is there, what was decided."""
    return render(request, "meetings/page.html", page.context_of(request, page.load(meeting_id)))
