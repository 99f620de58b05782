"""Arriving and leaving: a person comes back, goes home, or goes on from home. And everybody at once."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.refusals import Invalid
from accounts.scope import Person
from deliberation.models import Attendance, Meeting, Presence
from deliberation.roll import policy, stays, telling
from deliberation.roll.rows import line_of, locked_meeting
from deliberation.words import Mode

#: Clocks of phones and servers differ by so much without meaning the future.
AHEAD = timedelta(minutes=5)


@transaction.atomic
def arrive(*, meeting_id: UUID, line_id: UUID, actor: Person, mode: str, at: datetime | None = None) -> Attendance:
    """The person is there from `at` (now) on; a stay in the other mode ends at that moment. Again changes nothing."""
    meeting = locked_meeting(meeting_id)
    allowed = policy.may_write(actor, meeting).or_refuse()
    row = line_of(meeting, line_id)
    if mode not in Mode.values:
        raise Invalid({"mode": [_("Choose: in the hall, or online.")]})
    moment = _moment(row, at)
    if stays.begin(row, mode, moment):
        _tell(row, meeting, by=(actor, allowed.role), verb="arrive", changes={"mode": mode, "at": moment})
    return row


@transaction.atomic
def leave(*, meeting_id: UUID, line_id: UUID, actor: Person, at: datetime | None = None) -> Attendance:
    """The person left at `at` (now). Who had left before stays as they are."""
    meeting = locked_meeting(meeting_id)
    allowed = policy.may_write(actor, meeting).or_refuse()
    row = line_of(meeting, line_id)
    moment = _moment(row, at)
    if stays.end(row, moment):
        _tell(row, meeting, by=(actor, allowed.role), verb="leave", changes={"at": moment})
    return row


@transaction.atomic
def return_all(*, meeting_id: UUID, actor: Person) -> int:
    """After an adjournment: everybody who was in the hall when the last stays ended is back. How many.

    Who left before that moment, and who had been online, come back by themselves.
    """
    meeting = locked_meeting(meeting_id)
    allowed = policy.may_write(actor, meeting).or_refuse()
    ended = Presence.objects.filter(attendance__meeting=meeting, attendance__struck_at__isnull=True, mode=Mode.HALL, left_at__isnull=False)
    last = ended.order_by("-left_at").values_list("left_at", flat=True).first()
    gone = (
        ended.filter(left_at=last).exclude(attendance__stays__left_at__isnull=True).order_by("attendance_id").values_list("attendance_id", flat=True)
    )
    back = list(dict.fromkeys(gone))
    now = clock.now()
    Presence.objects.bulk_create(Presence(attendance_id=line_id, mode=Mode.HALL, arrived_at=now) for line_id in back)
    if back:
        rows = Attendance.objects.filter(pk__in=back).order_by("number")
        audit.record_all([telling.entry(row, meeting, actor=actor, role=allowed.role, verb="arrive", changes={"again": True}) for row in rows])
        telling.announce(meeting)
    return len(back)


def _moment(row: Attendance, at: datetime | None) -> datetime:
    """The told moment, if it can be true. Raises Invalid."""
    now = clock.now()
    if at is None:
        return now
    last = Presence.objects.filter(attendance=row).order_by("-arrived_at", "-pk").first()
    if at > now + AHEAD:
        raise Invalid({"at": [_("This time has not come yet.")]})
    if last is not None and at < (last.left_at or last.arrived_at):
        raise Invalid({"at": [_("This time lies before what the roll already tells of the person.")]})
    return min(at, now)


def _tell(row: Attendance, meeting: Meeting, *, by: tuple[Person, str], verb: str, changes: dict[str, object]) -> None:
    actor, role = by
    audit.record_all([telling.entry(row, meeting, actor=actor, role=role, verb=verb, changes=changes)])
    telling.announce(meeting)
