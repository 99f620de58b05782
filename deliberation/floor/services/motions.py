"""Motions: put, opened, counted in the hall, closed. The result is made once, under the lock that also orders the votes."""

import secrets
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from accounts.text import clean
from deliberation.ballots.disclosure import SMALL
from deliberation.floor import policy, rows
from deliberation.floor.telling import journal, motion_changed
from deliberation.masking import masked
from deliberation.meetings.policy import may_run, not_over
from deliberation.meetings.rows import locked_meeting
from deliberation.models import Hand, Motion, Presence, SecretVote, SecretVoter
from deliberation.models.motion import Choice, Manner, MotionState
from deliberation.policy import signed_in
from deliberation.roll import reading as roll
from deliberation.words import Mode


@transaction.atomic
def put_motion(*, motion_id: UUID, meeting_id: UUID, actor: Person, text: str, manner: str, item_id: int | None = None) -> tuple[Motion, bool]:
    """Put a sentence to the vote, on an item or on the procedure; the motion and whether it is new."""
    person = signed_in(actor)
    meeting = locked_meeting(meeting_id)
    allowed = may_run(person, meeting).or_refuse()
    before = Motion.objects.filter(pk=motion_id).first()
    if before and rows.same(before, meeting_id=meeting.pk, put_by_id=person.pk):
        return before, False
    not_over(meeting).or_refuse()
    if manner not in Manner.values:
        raise Invalid({"manner": [_("Choose a show of hands or a secret vote.")]})
    text = masked(clean(text, field="text", max_length=400, min_length=10))
    item = rows.item_of(meeting, item_id)
    motion = Motion.objects.create(pk=motion_id, meeting=meeting, item=item, text=text, manner=manner, put_by=person, put_at=clock.now())
    journal(meeting, "put", subject=f"motion:{motion.pk}", actor=person, role=allowed.role, text=text, manner=manner)
    motion_changed(motion)
    return motion, True


@transaction.atomic
def open_motion(*, motion_id: UUID, actor: Person) -> Motion:
    """Open the vote; one at a time in a meeting. Opening again changes nothing."""
    person = signed_in(actor)
    motion = rows.locked(Motion, motion_id)
    allowed = policy.may_call(person, motion.meeting).or_refuse()
    if motion.state == MotionState.OPEN:
        return motion
    if motion.state != MotionState.WAITING:
        raise Conflict(_("This vote is over. Put a new motion to vote again."), code="over")
    if Motion.objects.filter(meeting=motion.meeting, state=MotionState.OPEN).exists():
        raise Conflict(_("Another vote is open. Close it first."), code="another_open")
    motion.state, motion.opened_at, motion.opened_by = MotionState.OPEN, clock.now(), person
    motion.save(update_fields=["state", "opened_at", "opened_by"])
    journal(motion.meeting, "open", subject=f"motion:{motion.pk}", actor=person, role=allowed.role)
    motion_changed(motion)
    return motion


@transaction.atomic
def count_hall(*, motion_id: UUID, actor: Person, counts: dict[str, int]) -> Motion:
    """Type what the hall showed, `{"for", "against", "abstain"}`; it may be corrected until the close.

    Together at most those who sit in the hall and did not vote by button.
    """
    person = signed_in(actor)
    motion = rows.locked(Motion, motion_id)
    allowed = policy.may_write_down(person, motion.meeting).or_refuse()
    if motion.state != MotionState.OPEN:
        raise Conflict(_("Hands are counted while the vote is open."), code="not_open")
    if set(counts) != set(Choice.values) or any(number < 0 for number in counts.values()):
        raise Invalid({name: [_("Type a whole number, 0 where nobody.")] for name in Choice.values if counts.get(name, -1) < 0})
    _fits(sum(counts.values()), hall_without_button(motion))
    motion.hall_for, motion.hall_against, motion.hall_abstain, motion.hall_counted_by = counts["for"], counts["against"], counts["abstain"], person
    motion.save(update_fields=["hall_for", "hall_against", "hall_abstain", "hall_counted_by"])
    # what was counted is told by the result alone: the journal is read by others before the close
    journal(motion.meeting, "count", subject=f"motion:{motion.pk}", actor=person, role=allowed.role, hall=sum(counts.values()))
    motion_changed(motion)
    return motion


@transaction.atomic
def close_motion(*, motion_id: UUID, actor: Person) -> Motion:
    """Close the vote and make its result known, with who was there. Closing again changes nothing.

    Votes and the close stand in line at the meeting's lock: a vote before it counts, one after it is told that it did not.
    """
    person = signed_in(actor)
    motion = rows.locked(Motion, motion_id)
    allowed = policy.may_call(person, motion.meeting).or_refuse()
    if motion.state == MotionState.CLOSED:
        return motion
    if motion.state != MotionState.OPEN:
        raise Conflict(_("This vote is not open."), code="not_open")
    hall = hall_without_button(motion)
    if hall and motion.hall_for is None:
        raise Conflict(_("Type first how the hall voted: %(count)d people sit there.") % {"count": hall}, code="hall_not_counted")
    _fits(sum(_hall(motion).values()), hall)
    motion.state, motion.closed_at, motion.closed_by = MotionState.CLOSED, clock.now(), person
    motion.result, motion.presence = _result(motion), roll.snapshot(motion.meeting)
    motion.save(update_fields=["state", "closed_at", "closed_by", "result", "presence"])
    _shake(motion)
    journal(motion.meeting, "close", subject=f"motion:{motion.pk}", actor=person, role=allowed.role, result=motion.result)
    motion_changed(motion)
    return motion


@transaction.atomic
def withdraw_motion(*, motion_id: UUID, actor: Person) -> Motion:
    """Take a motion back before it was opened. Doing it again changes nothing."""
    person = signed_in(actor)
    motion = rows.locked(Motion, motion_id)
    allowed = may_run(person, motion.meeting).or_refuse()
    if motion.state == MotionState.WITHDRAWN:
        return motion
    if motion.state != MotionState.WAITING:
        raise Conflict(_("A vote that was opened is closed, not withdrawn."), code="opened")
    motion.state = MotionState.WITHDRAWN
    motion.save(update_fields=["state"])
    journal(motion.meeting, "take_back", subject=f"motion:{motion.pk}", actor=person, role=allowed.role)
    motion_changed(motion)
    return motion


def hall_without_button(motion: Motion) -> int:
    """How many sit in the hall now and did not vote by button before they came: the most that hands may count."""
    voted: QuerySet[Any] = (Hand if motion.manner == Manner.HANDS else SecretVoter).objects.filter(motion=motion).values("attendance")
    seated = Presence.objects.filter(attendance__meeting=motion.meeting_id, attendance__struck_at__isnull=True, mode=Mode.HALL, left_at__isnull=True)
    return seated.exclude(attendance__in=voted).count()


def _fits(counted: int, hall: int) -> None:
    if counted > hall:
        sentence = _("%(counted)d hands were counted, but %(hall)d people sit in the hall according to the roll. Correct the count or the roll.")
        raise Conflict(sentence % {"counted": counted, "hall": hall}, code="more_than_present")


def _hall(motion: Motion) -> dict[str, int]:
    return {"for": motion.hall_for or 0, "against": motion.hall_against or 0, "abstain": motion.hall_abstain or 0}


def _result(motion: Motion) -> dict[str, Any]:
    """Votes by channel; carried by more votes for than against, abstentions aside.

    Of a secret vote the channels are told together where one of them is smaller than `SMALL`: who alone voted online, and the
    journal names everybody who did, would be read off the table.
    """
    choices, hall = _by_button(motion), _hall(motion)
    fewest = min(len(choices), sum(hall.values()))
    told_apart = motion.manner == Manner.HANDS or fewest == 0 or fewest >= SMALL
    result: dict[str, Any] = {
        name: {"hall": hands, "online": choices.count(name)} if told_apart else {"together": hands + choices.count(name)}
        for name, hands in hall.items()
    }
    yes, no = (sum(result[name].values()) for name in ("for", "against"))
    return {**result, "carried": yes > no}


def _by_button(motion: Motion) -> list[str]:
    """What was voted by button. A hand of a line that was struck meanwhile counts no more; a secret vote cannot be found."""
    if motion.manner == Manner.HANDS:
        return list(Hand.objects.filter(motion=motion, attendance__struck_at__isnull=True).values_list("choice", flat=True))
    return list(SecretVote.objects.filter(motion=motion).values_list("choice", flat=True))


def _shake(motion: Motion) -> None:
    """Write the urn of a secret vote anew in a random order, in one transaction: neither place nor transaction tells of a voter."""
    if motion.manner != Manner.SECRET:
        return
    urn = SecretVote.objects.filter(motion=motion)
    choices = list(urn.values_list("choice", flat=True))
    secrets.SystemRandom().shuffle(choices)
    urn.delete()
    SecretVote.objects.bulk_create([SecretVote(motion=motion, choice=choice) for choice in choices])
