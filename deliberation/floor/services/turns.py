"""Asking for the floor, being called, ending: the queue belongs to the item in hand."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from accounts.text import clean
from deliberation.floor import capacity, policy, rows
from deliberation.floor.telling import floor_changed, journal
from deliberation.masking import masked
from deliberation.meetings.policy import may_run, not_over
from deliberation.meetings.rows import locked_meeting
from deliberation.models import AgendaItem, Attendance, Floor, Meeting, Presence, Turn
from deliberation.models.floor import Order, TurnState
from deliberation.policy import signed_in
from deliberation.words import Mode, Sex

#: Seconds that one turn may be given.
SHORTEST, LONGEST = 30, 1800


@dataclass(frozen=True)
class Speaker:
    """Somebody in the hall for whom the note-taker asks: a line of the roll, or a name."""

    line_id: UUID | None = None
    name: str = ""
    sex: str = ""


@transaction.atomic
def ask_for_floor(*, turn_id: UUID, meeting_id: UUID, actor: Person, speaker: Speaker | None = None) -> tuple[Turn, bool]:
    """Ask to speak on the item in hand, for oneself or (note-taker) for somebody in the hall; the turn and whether it is new.

    The same UUID again, and the same person asking again while waiting, change nothing. Conflict where no item is in hand.
    """
    person = signed_in(actor)
    meeting = locked_meeting(meeting_id)
    line = capacity.on_roll(person, meeting) if speaker is None else None
    allowed = (policy.may_ask_floor(person, meeting, line) if speaker is None else policy.may_write_down(person, meeting)).or_refuse()
    before = Turn.objects.filter(pk=turn_id).first()
    if before and rows.same(before, meeting_id=meeting.pk, asked_by_id=person.pk):
        return before, False
    item = rows.item_in_hand(meeting)
    turn = _own(line) if line is not None else _of_hall(speaker or Speaker(), meeting)
    if turn.attendance_id and (waits := _open_turn(item, turn.attendance_id)):
        return waits, False
    turn.pk, turn.meeting, turn.item, turn.asked_at, turn.asked_by = turn_id, meeting, item, clock.now(), person
    turn.save(force_insert=True)
    journal(meeting, "ask", subject=f"turn:{turn.pk}", actor=person, role=allowed.role, item=item.pk, mode=turn.mode)
    floor_changed(meeting, item.pk)
    return turn, True


@transaction.atomic
def withdraw_request(*, turn_id: UUID, actor: Person) -> Turn:
    """Take a request back, one's own or (note-taker) of somebody in the hall. Doing it again changes nothing."""
    person = signed_in(actor)
    turn = rows.locked(Turn, turn_id)
    role = policy.ROLL if _is_own(turn, person) else policy.may_write_down(person, turn.meeting).or_refuse().role
    if turn.state == TurnState.WITHDRAWN:
        return turn
    if turn.state != TurnState.WAITING:
        raise Conflict(_("This person was already called."), code="called")
    turn.state, turn.ended_at, turn.ended_by = TurnState.WITHDRAWN, clock.now(), person
    turn.save(update_fields=["state", "ended_at", "ended_by"])
    journal(turn.meeting, "withdraw", subject=f"turn:{turn.pk}", actor=person, role=role)
    floor_changed(turn.meeting, turn.item_id)
    return turn


@transaction.atomic
def grant_floor(*, turn_id: UUID, actor: Person, reason: str = "") -> Turn:
    """Call somebody to speak; whoever speaks now has spoken. Out of the queue's order only with a sentence that all read.

    Pressing again changes nothing; somebody who withdrew or has spoken is a Conflict.
    """
    person = signed_in(actor)
    turn = rows.locked(Turn, turn_id)
    allowed = policy.may_call(person, turn.meeting).or_refuse()
    if turn.state == TurnState.SPEAKING:
        return turn
    if turn.state != TurnState.WAITING or turn.item_id != rows.item_in_hand(turn.meeting).pk:
        raise Conflict(_("This request no longer waits. Reload the page to see the queue."), code="not_waiting")
    floor = rows.floor_of(turn.meeting)
    turn.why, turn.reason = _why(turn, floor, reason)
    _end_whoever_speaks(turn.meeting, person)
    turn.state, turn.granted_at, turn.granted_by, turn.seconds = TurnState.SPEAKING, clock.now(), person, floor.seconds
    turn.save(update_fields=["state", "granted_at", "granted_by", "seconds", "why", "reason"])
    journal(turn.meeting, "grant", subject=f"turn:{turn.pk}", actor=person, role=allowed.role, reason=turn.reason, why=turn.why)
    floor_changed(turn.meeting, turn.item_id)
    return turn


@transaction.atomic
def end_turn(*, turn_id: UUID, actor: Person) -> Turn:
    """End a turn: the chair, or the speaker who has finished. Doing it again changes nothing."""
    person = signed_in(actor)
    turn = rows.locked(Turn, turn_id)
    role = policy.ROLL if _is_own(turn, person) else may_run(person, turn.meeting).or_refuse().role
    if turn.state == TurnState.DONE:
        return turn
    if turn.state != TurnState.SPEAKING:
        raise Conflict(_("This person does not have the floor."), code="not_speaking")
    _end_whoever_speaks(turn.meeting, person)
    turn.refresh_from_db(fields=["state", "ended_at", "ended_by"])
    journal(turn.meeting, "end", subject=f"turn:{turn.pk}", actor=person, role=role)
    floor_changed(turn.meeting, turn.item_id)
    return turn


@transaction.atomic
def choose_order(*, meeting_id: UUID, actor: Person, order: str, seconds: int) -> Floor:
    """Choose in which order speakers are called, and for how long each may speak."""
    person = signed_in(actor)
    meeting = locked_meeting(meeting_id)
    allowed = may_run(person, meeting).or_refuse()
    not_over(meeting).or_refuse()
    if order not in Order.values:
        raise Invalid({"order": [_("Choose one of the orders.")]})
    if not SHORTEST <= seconds <= LONGEST:
        raise Invalid({"seconds": [_("Between half a minute and thirty minutes.")]})
    floor, _new = Floor.objects.update_or_create(meeting=meeting, defaults={"order": order, "seconds": seconds})
    journal(meeting, "order", subject=f"meeting:{meeting.pk}", actor=person, role=allowed.role, order=order, seconds=seconds)
    floor_changed(meeting, AgendaItem.objects.filter(meeting=meeting, state="in_hand").values_list("pk", flat=True).first())
    return floor


def _own(line: Attendance, otherwise: str = Mode.ONLINE) -> Turn:
    mode = Presence.objects.filter(attendance=line, left_at__isnull=True).values_list("mode", flat=True).first()
    return Turn(attendance=line, name=line.name, mode=mode or otherwise, sex=line.sex)


def _of_hall(speaker: Speaker, meeting: Meeting) -> Turn:
    if speaker.line_id is not None:
        line = Attendance.objects.filter(pk=speaker.line_id, meeting=meeting, struck_at__isnull=True).first()
        if line is None:
            raise Invalid({"line": [_("This person is not on the roll of this meeting.")]})
        return _own(line, Mode.HALL)
    name = masked(clean(speaker.name, field="name", max_length=120, min_length=2))
    return Turn(name=name, mode=Mode.HALL, sex=speaker.sex if speaker.sex in Sex.values else "")


def _open_turn(item: AgendaItem, line_id: UUID) -> Turn | None:
    return Turn.objects.filter(item=item, attendance_id=line_id, state__in=[TurnState.WAITING, TurnState.SPEAKING]).first()


def _is_own(turn: Turn, person: User) -> bool:
    return turn.attendance is not None and turn.attendance.user_id == person.pk


def _why(turn: Turn, floor: Floor, reason: str) -> tuple[str, str]:
    """The rule's reason for whoever is next; for anybody else the chair's own sentence."""
    line = rows.places(floor.order, list(Turn.objects.filter(item_id=turn.item_id)))
    if line[0].key == str(turn.pk):
        return line[0].why, ""
    return "chair", masked(clean(reason, field="reason", max_length=300, min_length=10))


def _end_whoever_speaks(meeting: Meeting, person: User) -> None:
    speaking = Turn.objects.filter(meeting=meeting, state=TurnState.SPEAKING)
    speaking.update(state=TurnState.DONE, ended_at=clock.now(), ended_by=person)
