"""One vote by button: a hand that may be changed until the close, or a secret one that may not."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from deliberation.floor import capacity, policy, rows
from deliberation.floor.telling import journal, motion_changed
from deliberation.models import Attendance, Hand, Motion, Presence, SecretVote, SecretVoter
from deliberation.models.motion import Choice, Manner, MotionState
from deliberation.policy import signed_in
from deliberation.words import Mode

#: What the hall showed, as it stands beside a motion.
_COUNT = ("hall_for", "hall_against", "hall_abstain", "hall_counted_by")


@transaction.atomic
def vote(*, motion_id: UUID, actor: Person, choice: str) -> Motion:
    """Vote on an open motion. A hand pressed again changes nothing or changes the choice; a secret vote is given once.

    Under the meeting's lock, as the close is: there is one order of votes and close, and each vote hears on which side of
    it the vote fell.
    """
    person = signed_in(actor)
    motion = rows.locked(Motion, motion_id)
    line = capacity.on_roll(person, motion.meeting)
    if line is not None and motion.state == MotionState.CLOSED and _voted(motion, line):
        raise Conflict(_("The vote is closed, and your vote was counted."), code="counted")
    allowed = policy.may_vote(person, motion, line).or_refuse()
    if choice not in Choice.values:
        raise Invalid({"choice": [_("Choose for, against or abstain.")]})
    if line is None or not (_raise_hand if motion.manner == Manner.HANDS else _drop_in_urn)(motion, line, choice):
        return motion
    again = dict.fromkeys(_COUNT, None) if _sat_in_the_hall(motion, line) else {}
    Motion.objects.filter(pk=motion.pk).update(cast=F("cast") + 1, **again)
    motion.cast += 1
    # that somebody voted, never what: the journal is read before the close, and knows the hour
    journal(motion.meeting, "vote", subject=f"motion:{motion.pk}", actor=person, role=allowed.role, manner=motion.manner)
    motion_changed(motion)
    return motion


def _sat_in_the_hall(motion: Motion, line: Attendance) -> bool:
    """Whether the person was in the hall during this vote: a hand counted there and a button pressed outside would be two votes.

    The hall is then counted again, without whoever went.
    """
    return Presence.objects.filter(attendance=line, mode=Mode.HALL, left_at__gt=motion.opened_at).exists()


def _raise_hand(motion: Motion, line: Attendance, choice: str) -> bool:
    """Whether this is the person's first hand on this motion; a changed one is counted where it was."""
    hand, is_new = Hand.objects.get_or_create(motion=motion, attendance=line, defaults={"choice": choice, "at": clock.now()})
    if not is_new and hand.choice != choice:
        Hand.objects.filter(pk=hand.pk).update(choice=choice, at=clock.now())
    return is_new


def _drop_in_urn(motion: Motion, line: Attendance, choice: str) -> bool:
    """Two rows that share nothing but the motion. Whoever voted cannot change it: nobody could find the old one."""
    _voter, is_new = SecretVoter.objects.get_or_create(motion=motion, attendance=line)
    if not is_new:
        raise Conflict(_("You have voted already. A secret vote cannot be changed."), code="voted")
    SecretVote.objects.create(motion=motion, choice=choice)
    return True


def _voted(motion: Motion, line: Attendance) -> bool:
    """Whether the person's vote is in: one that is sent again after the close must not hear that it was lost."""
    return (Hand if motion.manner == Manner.HANDS else SecretVoter).objects.filter(motion=motion, attendance=line).exists()
