"""The roll under its meeting's lock: lines, their numbers, the meeting's window."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.refusals import Conflict, Missing
from deliberation.meetings import mandates
from deliberation.meetings.rows import locked_meeting
from deliberation.models import Attendance, Mandate, Meeting
from deliberation.roll.names import key
from proposals.models import StageWindow
from proposals.stages import Stage

__all__ = ["grace_of", "line_of", "locked_meeting", "mandate_for", "next_number"]


def next_number(meeting: Meeting) -> int:
    """The number of the next line; call it under the meeting's lock, or two lines get one."""
    return (Attendance.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0) + 1


def line_of(meeting: Meeting, line_id: UUID) -> Attendance:
    """A line of this roll that still counts. Raises Missing, or Conflict where it was struck."""
    row = Attendance.objects.filter(meeting=meeting, pk=line_id).first()
    if row is None:
        raise Missing(_("This line is not on the roll of this meeting."))
    if row.struck_at is not None:
        raise Conflict(_("Line %(number)d was struck from the roll.") % {"number": row.number}, code="struck")
    return row


def grace_of(meeting: Meeting) -> timedelta:
    """How long after its closing a meeting still takes what was captured before; none once a person closed the stage."""
    stage = meeting.stage or Stage.VILLAGE.value
    window = StageWindow.objects.filter(cycle_id=meeting.cycle_id, stage=stage).first()
    return timedelta(hours=window.late_grace_hours) if window and window.closed_at is None else timedelta(0)


def mandate_for(meeting: Meeting, *, name: str, region: str = "") -> Mandate | None:
    """The running mandate of exactly one delegate of that name who has no account; accounts have `mandates.mandate_of`."""
    wanted = key(name)
    found = [one for one in mandates.running(meeting).filter(user__isnull=True) if key(one.name) == wanted and region in ("", one.region_id)]
    return found[0] if len(found) == 1 else None
