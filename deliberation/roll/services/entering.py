"""Lines come onto the roll: typed one by one, pasted, or captured without signal. One way in for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import audit, clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Refusal
from accounts.scope import Person
from deliberation.meetings import policy as meetings
from deliberation.models import Attendance, Meeting, Presence
from deliberation.policy import signed_in
from deliberation.roll import policy, stays, telling
from deliberation.roll.content import Line, read, regions_below
from deliberation.roll.listing import LETTER_BY_LETTER
from deliberation.roll.names import key, nearly, words
from deliberation.roll.rows import grace_of, locked_meeting, mandate_for, next_number
from deliberation.words import MeetingState, Mode, RollSource
from proposals.capture_words import Told, why_not
from proposals.captures import Capture, accepted_capture

#: Lines in one call: a page of a printed list many times over, far less than what holds the meeting's lock for long.
MOST = 500
#: A line that arrives so long after its capture was written without signal.
WAITED = timedelta(minutes=2)


@dataclass(frozen=True)
class Sent:
    """A line as somebody sent it, under the sender's own UUID."""

    id: UUID
    fields: Mapping[str, Any]
    #: When a device captured it, by its own clock, and what that clock shows while it sends.
    told: Told | None = None
    #: When the person left, by the same clock; None where they had not.
    left_at: datetime | None = None


@dataclass
class Answer:
    """What became of one sent line: `entered`, `known` (the same UUID is there), or `refused` with the reason."""

    id: UUID
    state: Literal["entered", "known", "refused"]
    row: Attendance | None = None
    refusal: Refusal | None = None
    #: Numbers of lines that are probably the same person.
    twins: list[int] = field(default_factory=list)


@transaction.atomic
def enter_all(*, meeting_id: UUID, actor: Person, sent: Sequence[Sent], source: str = RollSource.TYPED) -> list[Answer]:
    """Put people on the roll, in the order sent; each line gets its own answer, and a wrong one holds no other back.

    The same UUID again, also from another device, is the line that is there. A probable twin under another UUID comes in and
    is told. Until the meeting is closed everything is taken; what was captured before the closing and arrives within the
    grace is taken and flagged late. Raises Refusal, Conflict, Invalid for the whole.
    """
    meeting = locked_meeting(meeting_id)
    recording = meetings.may_record(actor, meeting).or_refuse()
    if meeting.state != MeetingState.CLOSED:
        policy.may_write(actor, meeting).or_refuse()
    if len(sent) > MOST:
        too_many = ngettext("Send at most %(limit)d line at once.", "Send at most %(limit)d lines at once.", MOST)
        raise Invalid({"lines": [too_many % {"limit": MOST}]})
    desk = Desk(meeting, signed_in(actor), str(source))
    answers = [desk.take(one) for one in sent]
    audit.record_all(
        [
            telling.entry(row, meeting, actor=actor, role=recording.role, verb="enter", changes=_kept(row))
            for row in (answer.row for answer in answers if answer.state == "entered")
            if row is not None
        ]
    )
    if desk.changed:
        telling.announce(meeting)
    return answers


def enter(*, meeting_id: UUID, actor: Person, sent: Sent, source: str = RollSource.TYPED) -> Answer:
    """One line; as `enter_all`, but what is wrong with it is raised."""
    with transaction.atomic():
        answer = enter_all(meeting_id=meeting_id, actor=actor, sent=[sent], source=source)[0]
        if answer.refusal is not None:
            raise answer.refusal
    return answer


class Desk:
    """One call's look at the roll: who is on it, the next number; kept in step while lines come in."""

    def __init__(self, meeting: Meeting, actor: User, source: str) -> None:
        self.meeting, self.actor, self.source = meeting, actor, source
        self.now = clock.now()
        self.below = regions_below(meeting)
        self.number = next_number(meeting)
        self.names: dict[int, str] = {}
        self.by_words: dict[tuple[str, ...], list[int]] = {}
        for number, name in Attendance.objects.filter(meeting=meeting, struck_at__isnull=True).order_by("number").values_list("number", "name_key"):
            self._remember(number, name)
        self.grace = grace_of(meeting) if meeting.state == MeetingState.CLOSED else timedelta(0)
        self.changed = False

    def take(self, sent: Sent) -> Answer:
        """One line."""
        try:
            if (known := Attendance.objects.filter(pk=sent.id).first()) is not None:
                return self._known(known, sent)
            line, capture = read(sent.fields, self.meeting, self.below), self._judged(sent)
            return self._written(sent, line, capture)
        except Refusal as refusal:
            return Answer(sent.id, "refused", refusal=refusal)

    def _known(self, row: Attendance, sent: Sent) -> Answer:
        """It is there; only a leaving that the roll does not know yet is news, and only from where the roll may be written."""
        if row.meeting_id != self.meeting.pk:
            raise Conflict(_("This line was not saved: its identifier is already in use. Write it again."), code="identifier")
        if sent.left_at is not None and row.struck_at is None and self.meeting.state != MeetingState.CLOSED:
            capture = self._judged(sent)
            self.changed |= stays.end(row, min(sent.left_at + capture.clock_offset, self.now))
        return Answer(sent.id, "known", row)

    def _judged(self, sent: Sent) -> Capture:
        capture = accepted_capture(
            received_at=self.now,
            captured_at=sent.told.captured_at if sent.told else None,
            device_now=sent.told.device_now if sent.told else None,
            closes_at=self.meeting.closed_at,
            grace=self.grace,
            moment_matters=True,
        )
        refused = why_not(capture, closes_at=self.meeting.closed_at)
        if refused is not None:
            over = meetings.not_over(self.meeting)
            (refused if over or sent.told else over).or_refuse()
        if capture.at < self.meeting.starts_at - policy.EARLY - timedelta(days=1):
            raise Conflict(
                _("It says that it was captured before the day of the meeting. Set the device's clock, then write the line again."), code="before"
            )
        return capture

    def _written(self, sent: Sent, line: Line, capture: Capture) -> Answer:
        wanted = key(line.name)
        twins = self._twins(wanted)
        mandate = mandate_for(self.meeting, name=line.name, region=line.region)
        row = Attendance.objects.create(
            id=sent.id,
            meeting=self.meeting,
            number=self.number,
            name_key=wanted,
            mandate=mandate,
            source=self._source(sent, capture),
            entered_by=self.actor,
            entered_at=self.now,
            captured_at=capture.at if sent.told else None,
            clock_ahead_s=-int(capture.clock_offset.total_seconds()) if sent.told else None,
            is_late=capture.is_late,
            **(line.columns() | ({"region_id": mandate.region_id} if mandate and not line.region else {})),
        )
        Presence.objects.create(attendance=row, mode=_mode(sent.fields), arrived_at=capture.at, left_at=self._left(sent, capture))
        self._remember(row.number, wanted)
        self.number, self.changed = self.number + 1, True
        return Answer(sent.id, "entered", row, twins=twins)

    def _remember(self, number: int, name_key: str) -> None:
        self.names[number] = name_key
        self.by_words.setdefault(words(name_key), []).append(number)

    def _twins(self, wanted: str) -> list[int]:
        """Numbers of lines that are probably the same person; a long roll is searched by words alone, as `listing.twins` does."""
        same = set(self.by_words.get(words(wanted), []))
        if len(self.names) <= LETTER_BY_LETTER:
            same |= {number for number, name in self.names.items() if nearly(wanted, name)}
        return sorted(same)

    def _source(self, sent: Sent, capture: Capture) -> str:
        """What was typed a while ago waited on a phone for its signal."""
        waited = sent.told is not None and self.now - capture.at > WAITED
        return RollSource.OFFLINE.value if waited and self.source == RollSource.TYPED else self.source

    def _left(self, sent: Sent, capture: Capture) -> datetime | None:
        """What arrives after the closing left when the meeting closed, if not before."""
        left = min(max(sent.left_at + capture.clock_offset, capture.at), self.now) if sent.left_at else None
        closed = self.meeting.closed_at
        return left if closed is None else max(capture.at, min(left or closed, closed))


def _mode(fields: Mapping[str, Any]) -> str:
    return Mode.ONLINE.value if fields.get("mode") == Mode.ONLINE else Mode.HALL.value


def _kept(row: Attendance) -> dict[str, Any]:
    late = {"late": True, "captured_at": row.captured_at, "clock_ahead_s": row.clock_ahead_s} if row.is_late else {}
    return {"source": row.source, "sex": row.sex, "element": row.element, **late}
