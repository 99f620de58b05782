"""What is said in turn: typed by the speaker online, or by the note-taker for the hall."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Allowed, Conflict, Invalid
from accounts.scope import Person
from accounts.text import clean
from deliberation.floor import capacity, policy, rows
from deliberation.floor.telling import journal, said_changed, tell_speaker
from deliberation.masking import masked
from deliberation.meetings.rows import locked_meeting
from deliberation.models import AgendaItem, Attendance, Meeting, ModerationAct, Said, Turn
from deliberation.models.floor import SAID_MAX, SaidKind, TurnState
from deliberation.moderation import acts
from deliberation.policy import signed_in
from deliberation.words import Mode


@dataclass(frozen=True)
class Hall:
    """Who spoke in the hall, as the note-taker writes it down: a turn, a line of the roll, or a name alone."""

    turn_id: UUID | None = None
    line_id: UUID | None = None
    name: str = ""


@transaction.atomic
def record_statement(
    *, said_id: UUID, meeting_id: UUID, actor: Person, body: str, hall: Hall | None = None, item_id: int | None = None
) -> tuple[Said, bool]:
    """Write down what was said on an item (the one in hand, unless named); the statement and whether it is new.

    Without `hall` it is the writer's own, who must have been called on this item. The same UUID again is the statement that
    is there, whatever its text.
    """
    person = signed_in(actor)
    meeting = locked_meeting(meeting_id)
    allowed = (policy.may_write_down(person, meeting) if hall else _may_speak(person, meeting)).or_refuse()
    before = Said.objects.filter(pk=said_id).first()
    if before and rows.same(before, meeting_id=meeting.pk, recorded_by_id=person.pk):
        return before, False
    item = rows.item_of(meeting, item_id) or rows.item_in_hand(meeting)
    said = _of_hall(hall, meeting, item) if hall else _own(person, meeting, item)
    said.body = masked(clean(body, field="body", max_length=SAID_MAX, min_length=1, lines=True))
    said.pk, said.meeting, said.item, said.kind, said.recorded_by = said_id, meeting, item, SaidKind.STATEMENT, person
    publish(said, role=allowed.role, verb="say")
    return said, True


@transaction.atomic
def hide_statement(*, said_id: UUID, actor: Person, reason: str) -> Said:
    """Hide what was said or asked; its place, the capacity and the reason stay, and who said it hears of it. Again changes nothing."""
    person = signed_in(actor)
    said = rows.locked(Said, said_id)
    allowed = policy.may_hide(person, said.meeting).or_refuse()
    if said.hidden_at is not None:
        return said
    reason = masked(clean(reason, field="reason", max_length=300, min_length=10))
    said.hidden_at, said.hidden_by, said.hidden_reason = clock.now(), person, reason
    said.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    acts.act_in_meeting(said, ModerationAct.Kind.HIDDEN)
    journal(said.meeting, "hide", subject=f"said:{said.pk}", actor=person, role=allowed.role, reason=reason)
    said_changed(said, hidden=True)
    tell_speaker(said, "said_hidden", actor=person, reason=reason)
    return said


def publish(said: Said, *, role: str, verb: str) -> None:
    """Journal, number in the room, keep: the number is the room's, so that `?after=` misses nothing."""
    said.at = clock.now()
    journal(said.meeting, verb, subject=f"said:{said.pk}", actor=said.recorded_by, role=role, item=said.item_id, capacity=said.capacity)
    said.seq = said_changed(said)
    try:
        with transaction.atomic():
            said.save(force_insert=True)
    except IntegrityError:
        # the same UUID at this very moment in another meeting
        raise Conflict(_("This was not saved: its identifier is already in use. Reload the page and send it again.")) from None


def _may_speak(person: User, meeting: Meeting) -> Allowed:
    return policy.may_ask_floor(person, meeting, capacity.on_roll(person, meeting)).or_refuse()


def _own(person: User, meeting: Meeting, item: AgendaItem) -> Said:
    line = capacity.on_roll(person, meeting)
    called = Turn.objects.filter(item=item, attendance=line, state__in=[TurnState.SPEAKING, TurnState.DONE]).order_by("-granted_at", "pk").first()
    if called is None:
        raise Conflict(_("You write your statement when the chair has called you. Ask for the floor first."), code="not_called")
    spoken = capacity.of_user(person, meeting, line)
    return Said(speaker=person, turn=called, name=str(person), mode=called.mode, capacity=spoken.word, region_id=spoken.region_id)


def _of_hall(hall: Hall, meeting: Meeting, item: AgendaItem) -> Said:
    turn = Turn.objects.filter(pk=hall.turn_id, meeting=meeting).first() if hall.turn_id else None
    if hall.turn_id and (turn is None or turn.granted_at is None or turn.item_id != item.pk):
        raise Invalid({"turn": [_("This person was not called on this item.")]})
    line_id = turn.attendance_id if turn else hall.line_id
    line = Attendance.objects.filter(pk=line_id, meeting=meeting).select_related("mandate", "user").first() if line_id else None
    if line_id and line is None:
        raise Invalid({"line": [_("This person is not on the roll of this meeting.")]})
    if line is None:
        name = turn.name if turn else masked(clean(hall.name, field="name", max_length=120, min_length=2))
        return Said(turn=turn, name=name, mode=Mode.HALL, capacity="other")
    spoken = capacity.of_user(line.user, meeting, line) if line.user else capacity.of_line(line)
    return Said(turn=turn, speaker=line.user, name=line.name, mode=turn.mode if turn else Mode.HALL, capacity=spoken.word, region_id=spoken.region_id)
