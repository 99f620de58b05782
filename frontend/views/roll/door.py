"""The phone or laptop at the door: shows the hall's code, reads people's own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.refusals import Refusal
from deliberation.meetings.policy import may_record
from deliberation.models import Meeting
from deliberation.roll import door as doors
from deliberation.roll import listing
from deliberation.roll.services import joining
from frontend.answers import see_other, signed_in
from frontend.roll import page


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The code that hangs at the door now, and the field that reads a person's own."""
    meeting = page.load(meeting_id)
    may_record(request.user, meeting).or_refuse()
    if request.method != "POST":
        return _shown(request, meeting, request.GET.get("kode", "")[:40])
    try:
        row = joining.admit(meeting_id=meeting_id, actor=signed_in(request), code=request.POST.get("code", ""))
    except Refusal as refusal:
        return _shown(request, meeting, request.POST.get("code", ""), refusal)
    messages.success(request, _("Number %(number)d: %(name)s is in the hall.") % {"number": row.number, "name": row.name})
    return see_other(reverse("roll_door", args=[meeting_id]))


def _shown(request: HttpRequest, meeting: Meeting, typed: str = "", refusal: Refusal | None = None) -> HttpResponse:
    code, now = doors.hall_code(meeting.pk), clock.now()
    address = request.build_absolute_uri(reverse("roll_check_in", args=[meeting.pk])) + f"?kode={code}"
    context = {
        **page.frame(request, meeting),
        "code": doors.shown(code),
        "address": address,
        "changes_in": max(5, int((doors.turns_at(now) - now).total_seconds()) + 1),
        "typed": typed,
        "refusal": refusal,
        "newest": listing.last_lines(meeting, 5),
    }
    return render(request, "roll/door.html", context, status=refusal.status if refusal else 200)
