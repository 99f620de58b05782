"""The roll as everybody reads it, and as a table for those who may take it away."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.refusals import Refusal
from deliberation.roll import policy
from deliberation.roll.services import moving
from frontend.answers import see_other, signed_in
from frontend.roll import page, sheet
from frontend.roll.addresses import to_roll

KINDS = {
    "csv": ("text/csv; charset=utf-8", sheet.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheet.as_workbook),
}


@require_safe
def roll(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Counts for everybody; names, times and tools for those who may."""
    return render(request, "roll/page.html", page.page_of(request, page.load(meeting_id)))


@require_safe
def download(request: HttpRequest, meeting_id: UUID, kind: str) -> HttpResponse:
    """The roll as CSV or XLSX."""
    if kind not in KINDS:
        raise Http404
    meeting = page.load(meeting_id)
    policy.may_read_names(request.user, meeting).or_refuse()
    content_type, write = KINDS[kind]
    answer = HttpResponse(write(meeting), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="daftar-hadir-{meeting.starts_at:%Y-%m-%d}.{kind}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def back(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """After an adjournment: everybody who was in the hall is back."""
    meeting = page.load(meeting_id)
    try:
        moving.return_all(meeting_id=meeting_id, actor=signed_in(request))
    except Refusal as refusal:
        if refusal.status == 401:
            raise
        return render(request, "roll/page.html", page.page_of(request, meeting, refusal), status=refusal.status)
    return see_other(to_roll(meeting_id))
