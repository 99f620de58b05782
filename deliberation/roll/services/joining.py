"""People put themselves on the roll: at the door with their own phone, by their code, or online by a button."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from deliberation.meetings import policy as meetings
from deliberation.meetings.mandates import mandate_of
from deliberation.models import Attendance, Meeting, Presence
from deliberation.policy import signed_in
from deliberation.roll import door, policy, stays, telling
from deliberation.roll.content import Line, read, regions_below
from deliberation.roll.names import key
from deliberation.roll.rows import line_of, locked_meeting, next_number
from deliberation.words import MeetingState, Mode, RollSource


@transaction.atomic
def check_in(*, meeting_id: UUID, actor: Person, code: str, sent: Mapping[str, Any]) -> Attendance:
    """Come into the hall with one's own phone, by the code that the door shows. Twice is once."""
    user = signed_in(actor)
    meeting = locked_meeting(meeting_id)
    policy.may_come(user, meeting).or_refuse()
    if not door.is_of_the_hall(meeting.pk, code):
        raise Invalid({"code": [_("This is not the code at the door now. It changes every few minutes: read it again.")]})
    row = _row_of(meeting, user, sent, source=RollSource.CODE, entered_by=user)
    return _come(row, meeting, user, Mode.HALL)


@transaction.atomic
def admit(*, meeting_id: UUID, actor: Person, code: str) -> Attendance:
    """The door reads a person's own code: they are in the hall. The same code again changes nothing."""
    meeting = locked_meeting(meeting_id)
    policy.may_write(actor, meeting).or_refuse()
    told = door.pass_of(meeting.pk, code)
    row = _row_of(meeting, told.user, told.details, source=RollSource.CODE, entered_by=signed_in(actor))
    return _come(row, meeting, actor, Mode.HALL)


@transaction.atomic
def show_pass(*, meeting_id: UUID, actor: Person, sent: Mapping[str, Any]) -> door.DoorPass:
    """The person's code for the door, with what the roll asks for. Raises Invalid by field."""
    user = signed_in(actor)
    meeting = locked_meeting(meeting_id)
    policy.may_come(user, meeting).or_refuse()
    line = read(_filled(meeting, user, sent), meeting, regions_below(meeting))
    columns = {name: str(value) if not isinstance(value, bool) else ("ya" if value else "") for name, value in line.columns().items() if value}
    return door.make_pass(meeting_id=meeting.pk, user=user, details={**columns, "region": line.region})


@transaction.atomic
def join_online(*, meeting_id: UUID, actor: Person, sent: Mapping[str, Any]) -> Attendance:
    """Take part from elsewhere; the page then tells every minute that it is there (`beat`). Again changes nothing."""
    user = signed_in(actor)
    meeting = locked_meeting(meeting_id)
    policy.may_come(user, meeting).or_refuse()
    row = _row_of(meeting, user, sent, source=RollSource.SELF, entered_by=user)
    return _come(row, meeting, user, Mode.ONLINE, heard_at=clock.now())


def beat(*, meeting_id: UUID, actor: Person) -> bool:
    """An online participant's page is still open. Whether they count as there; False tells the page to join again.

    One statement, without the meeting's lock: thousands of pages do it every minute. What arrivals left unsaid, and who fell
    silent, is told by the first that comes after it.
    """
    user = signed_in(actor)
    now = clock.now()
    mine = Presence.objects.filter(attendance__meeting_id=meeting_id, attendance__user=user, attendance__struck_at__isnull=True, left_at__isnull=True)
    # who fell silent has left, although nobody wrote it down yet; whom the note-taker vouches for needs no page
    there = bool(mine.filter(heard_at__gt=now - stays.SILENCE).update(heard_at=now)) or mine.filter(heard_at__isnull=True).exists()
    tell_unsaid(meeting_id, now)
    return there


@transaction.atomic
def leave_online(*, meeting_id: UUID, actor: Person) -> None:
    """The person goes; nothing where they are not there."""
    user = signed_in(actor)
    meeting = locked_meeting(meeting_id)
    row = Attendance.objects.filter(meeting=meeting, user=user, struck_at__isnull=True).first()
    if row is None:
        raise Missing(_("You are not on the roll of this meeting."))
    if stays.end(row, clock.now()):
        audit.record_all([telling.entry(row, meeting, actor=user, role="", verb="leave", changes={"at": clock.now()})])
        telling.announce(meeting)


def tell_unsaid(meeting_id: UUID, now: datetime) -> None:
    """Tell the room what it has not heard: arrivals that were told together, and stays that ended in silence."""
    meeting = Meeting.objects.filter(pk=meeting_id, state__in=[MeetingState.PLANNED, MeetingState.OPEN, MeetingState.ADJOURNED]).first()
    if meeting is None:
        return
    said = telling.last_said(meeting)
    if said is not None and said > now - telling.TOGETHER:
        return
    silent = stays.silent(meeting, now).exists()
    if not silent and not Presence.objects.filter(attendance__meeting=meeting, arrived_at__gt=said or meeting.created_at).exists():
        return
    with transaction.atomic():
        meeting = locked_meeting(meeting_id)
        if telling.last_said(meeting) == said:  # who waited for the lock finds it told
            stays.end_silent(meeting, now)
            telling.announce(meeting)


def known_of(meeting: Meeting, user: User) -> dict[str, Any]:
    """What the roll would ask, as far as it is known: from this roll, a mandate, the last roll the person was on."""
    last = Attendance.objects.filter(user=user).order_by("-entered_at", "-pk").first()
    here = Attendance.objects.filter(meeting=meeting, user=user, struck_at__isnull=True).first()
    mandate = mandate_of(user, meeting)
    shown = here or last
    line = Line.of(shown) if shown else Line(name=str(user), sex="", element="")
    if mandate is not None:
        line = replace(line, name=mandate.name, sex=mandate.sex, institution=mandate.institution or line.institution, region=mandate.region_id)
    elif here is None:
        line = replace(line, region="")
    return line.columns() | {"region": line.region}


def _filled(meeting: Meeting, user: User, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, and what is known where nothing was."""
    known = known_of(meeting, user)
    return {**known, **{name: value for name, value in sent.items() if value not in (None, "") or name in ("is_young", "is_disabled")}}


def _row_of(meeting: Meeting, user: User, sent: Mapping[str, Any], *, source: str, entered_by: User) -> Attendance:
    """The person's line on this roll, made where there is none; a mandate for this stage comes along."""
    own = Attendance.objects.filter(meeting=meeting, user=user)
    if (row := own.filter(struck_at__isnull=True).first()) is not None:
        return row
    if (struck := own.filter(merged_into__isnull=True).order_by("-struck_at", "-pk").first()) is not None:
        sentence = _("Line %(number)d of this person was struck from the roll: %(reason)s Ask the note-taker.")
        raise Conflict(sentence % {"number": struck.number, "reason": struck.struck_reason}, code="struck")
    line = read(_filled(meeting, user, sent), meeting, regions_below(meeting))
    mandate = mandate_of(user, meeting)
    return Attendance.objects.create(
        id=uuid.uuid4(),
        meeting=meeting,
        number=next_number(meeting),
        name_key=key(line.name),
        user=user,
        mandate=mandate,
        source=source,
        entered_by=entered_by,
        entered_at=clock.now(),
        **(line.columns() | ({"region_id": mandate.region_id} if mandate else {})),
    )


def _come(row: Attendance, meeting: Meeting, actor: Person, mode: str, *, heard_at: datetime | None = None) -> Attendance:
    """Begin the stay, write it into the journal, tell the room."""
    stays.end_silent(meeting, clock.now())
    if not stays.begin(row, mode, clock.now(), heard_at=heard_at):
        return row
    held = meetings.may_record(actor, meeting)
    role = held.role if held else ""
    audit.record_all([telling.entry(row, meeting, actor=actor, role=role, verb="join", changes={"mode": mode, "source": row.source})])
    if mode == Mode.ONLINE:
        telling.announce_together(meeting)
    else:
        telling.announce(meeting)
    return row


__all__ = ["admit", "beat", "check_in", "join_online", "known_of", "leave_online", "line_of", "show_pass", "tell_unsaid"]
