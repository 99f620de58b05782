"""The wall of a meeting: a page for a projector, and the part of it that follows the meeting."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import clock
from deliberation.records.drawn import qr_svg
from frontend.display import of_request
from frontend.floor import wall as shown
from frontend.meetings import page


@require_safe
def wall(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The whole page. Light, as a lit hall needs it; `?kontras=1` for a dark one."""
    return render(request, "floor/wall.html", _context(request, meeting_id))


@require_safe
def wall_contents(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """What changes, alone: the open page puts it in its place."""
    answer = render(request, "floor/wall_contents.html", _context(request, meeting_id))
    answer["Cache-Control"] = "no-store"
    return answer


def _context(request: HttpRequest, meeting_id: UUID) -> dict[str, Any]:
    meeting = page.load(meeting_id)
    address = request.build_absolute_uri(reverse("meeting", args=[meeting.pk]))
    dark = request.GET.get("kontras") == "1"
    display = replace(of_request(request), scheme="dark" if dark else "light")
    told = {"address": address, "qr": qr_svg(address), "dark": dark, "display": display, "as_of": clock.now()}
    return {**shown.context_of(request, meeting), **told, "talks": bool(request.GET.get("bahas"))}
