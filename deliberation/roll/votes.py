"""Votes and the roll: what becomes of a vote when two lines are one person, and whose line nobody vouches for."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts import scope
from accounts.models import User
from deliberation.ballots.words import BallotState
from deliberation.models import Attendance, Hand, Meeting, Motion, Presence, SecretVoter, VoterMark
from deliberation.models.motion import MotionState
from deliberation.words import RollSource
from geo import codes


def is_vouched(line: Attendance, meeting: Meeting, user: User) -> bool:
    """Whether anybody but the person says who this is: the note-taker, the door, a mandate, an office, the own village.

    Everybody may put themselves on the roll and take part. A vote asks for more, or whoever makes ten accounts has ten votes.
    """
    if line.source != RollSource.SELF or line.mandate_id is not None:
        return True
    home = scope.residence_of(user)
    if (home and codes.covers(meeting.region_id, home)) or scope.roles_at(user, meeting.region_id):
        return True
    # the note-taker who writes a stay down, and the door's own code, vouch for whom a page alone had told of
    return Presence.objects.filter(attendance=line, heard_at__isnull=True).exists()


def go_along(row: Attendance, kept: Attendance) -> None:
    """Two lines are one person: who has voted under the one has voted under the other, in everything that is not over yet.

    Call it under the meeting's lock. Where both have voted already, a hand counts once; a secret vote that is in the urn twice
    stays there, because nobody can find it.
    """
    for hand in Hand.objects.filter(attendance=row, motion__state=MotionState.OPEN):
        if not _moved(Hand, hand.pk, attendance=kept):
            Hand.objects.filter(pk=hand.pk).delete()
            Motion.objects.filter(pk=hand.motion_id).update(cast=F("cast") - 1)
    for voter in SecretVoter.objects.filter(attendance=row, motion__state=MotionState.OPEN):
        _moved(SecretVoter, voter.pk, attendance=kept)
    for mark in VoterMark.objects.filter(attendance=row, ballot__state__in=[BallotState.OPEN, BallotState.CLOSED]):
        _moved(VoterMark, mark.pk, attendance=kept, user_id=mark.user_id or kept.user_id)


def _moved(model: Any, key: Any, **values: Any) -> bool:
    """Whether the row could be laid to the line that stays; not where that one has voted itself."""
    try:
        with transaction.atomic():
            return bool(model.objects.filter(pk=key).update(**values))
    except IntegrityError:
        return False
