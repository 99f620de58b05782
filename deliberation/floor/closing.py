"""What the floor asks for before its meeting is adjourned or closed; called by the step, under the meeting's lock."""

from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict
from accounts.scope import Person
from deliberation.models import Meeting, Motion, Turn
from deliberation.models.floor import TurnState
from deliberation.models.motion import MotionState
from deliberation.words import MeetingState


def leave(meeting: Meeting, *, leads_to: str, actor: Person) -> None:
    """Whoever speaks has spoken. Conflict while a vote is open: it would stay open for good, without a result."""
    if leads_to == MeetingState.CLOSED and Motion.objects.filter(meeting=meeting, state=MotionState.OPEN).exists():
        raise Conflict(_("A vote is still open. Close it first, then the meeting."), code="vote_open")
    if leads_to in (MeetingState.CLOSED, MeetingState.ADJOURNED):
        Turn.objects.filter(meeting=meeting, state=TurnState.SPEAKING).update(state=TurnState.DONE, ended_at=clock.now(), ended_by=actor.pk)
