"""What the pages of a roll show: counts for everybody, lines for who may read them, the tools of who keeps it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest

from accounts.models import User
from accounts.refusals import Refusal
from deliberation.models import Attendance, Meeting
from deliberation.roll import listing, policy
from deliberation.roll.content import represented
from deliberation.roll.reading import snapshot
from deliberation.roll.rows import line_of
from deliberation.roll.shorthand import SHORT
from deliberation.words import Element, MeetingState, Mode
from frontend.meetings.page import frame_of, load
from frontend.roll.typed import number_of
from proposals import live

__all__ = ["choices_of", "coming_of", "frame", "line_page", "load", "page_of", "typing_of"]


def frame(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What every page of a roll needs."""
    names = policy.may_read_names(request.user, meeting)
    return {
        **frame_of(request, meeting),
        "names": names,
        "may_write": policy.may_write(request.user, meeting),
        "counted": snapshot(meeting, exact=bool(names)),
        "seq": live.last_seq(meeting.pk),
    }


def page_of(request: HttpRequest, meeting: Meeting, refusal: Refusal | None = None) -> dict[str, Any]:
    """The roll itself; a constant number of queries for any number of lines."""
    shown = frame(request, meeting)
    after = number_of(request.GET.get("sesudah", ""))
    rows = listing.lines(meeting, after=after) if shown["names"] else []
    following = f"?{urlencode({'sesudah': rows[-1].number})}" if len(rows) == listing.PAGE else ""
    return {
        **shown,
        "rows": rows,
        "after": after,
        "following": following,
        "twins": listing.twins(meeting) if shown["may_write"] else [],
        "own": listing.own_line(meeting, request.user) if isinstance(request.user, User) else None,
        "may_come": policy.may_come(request.user, meeting),
        "may_return": shown["may_write"] and meeting.state == MeetingState.OPEN and not shown["counted"]["hall"] and bool(rows),
        "refusal": refusal,
    }


def typing_of(request: HttpRequest, meeting: Meeting, typed: dict[str, Any], refusal: Refusal | None = None) -> dict[str, Any]:
    """The page of a note-taker: an empty line, or the one that was refused, and the newest lines."""
    return {
        **frame(request, meeting),
        **choices_of(meeting),
        "typed": typed,
        "refusal": refusal,
        "errors": refusal.fields or {} if refusal else {},
        "newest": listing.last_lines(meeting),
        "twins": listing.twins(meeting),
    }


def choices_of(meeting: Meeting) -> dict[str, Any]:
    """What a line chooses from: elements with their short codes, regions one level below."""
    elements = sorted(((element.value, SHORT[element], str(element.label)) for element in Element), key=lambda one: one[1])
    return {"elements": elements, "regions": represented(meeting), "modes": Mode.choices}


def line_page(request: HttpRequest, meeting: Meeting, line_id: UUID, refusal: Refusal | None = None) -> dict[str, Any]:
    """One line with its stays and everything that may be done to it. Raises Missing, Conflict."""
    row = line_of(meeting, line_id)
    twin = next((one.earlier for one in listing.twins(meeting) if one.line.pk == row.pk), None)
    typed = request.POST.dict() if refusal and request.POST.get("verb") == "correct" else _typed_of(row)
    return {
        **frame(request, meeting),
        **choices_of(meeting),
        "row": row,
        "stays": row.stays.order_by("arrived_at", "pk"),
        "typed": typed,
        "twin": twin,
        "refusal": refusal,
        "errors": refusal.fields or {} if refusal else {},
        "reason": request.POST.get("reason", "") if refusal else "",
    }


def coming_of(request: HttpRequest, meeting: Meeting, typed: dict[str, Any], refusal: Refusal | None = None) -> dict[str, Any]:
    """What a person fills in to come by themselves, as far as it is not known."""
    return {**frame(request, meeting), **choices_of(meeting), "typed": typed, "refusal": refusal, "errors": refusal.fields or {} if refusal else {}}


def _typed_of(row: Attendance) -> dict[str, Any]:
    names = ("name", "sex", "element", "address", "institution", "is_young", "is_disabled")
    return {**{name: getattr(row, name) for name in names}, "region": row.region_id or "", "version": row.version}
