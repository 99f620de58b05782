"""A meeting under its row lock, as every verb of a meeting begins; and as pages read it."""

from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects

from accounts.refusals import Missing
from deliberation.models import Meeting
from proposals.models import StageWindow
from proposals.stages import Stage

#: What no page of a meeting draws.
_HEAVY = ("region__boundary", "region__outline", "region__search_text")


def known() -> QuerySet[Meeting]:
    """Meetings with what a sentence about them names: region, cycle, agency, the people."""
    named = Meeting.objects.select_related("region", "cycle", "agency", "chair", "note_taker", "convened_by")
    return named.defer(*_HEAVY)


def locked_meeting(meeting_id: UUID) -> Meeting:
    """The meeting, locked against every other change of it until the transaction ends. Raises Missing.

    Lock it before proposals, agenda items, the roll and everything else that belongs to it.
    """
    meeting = known().select_for_update(of=("self",), no_key=True).filter(pk=meeting_id).first()
    if meeting is None:
        raise Missing
    return meeting


def loaded_meeting(meeting_id: UUID) -> Meeting:
    """The meeting as it stands, not locked. Raises Missing."""
    meeting = known().filter(pk=meeting_id).first()
    if meeting is None:
        raise Missing
    return meeting


def window_of(meeting: Meeting) -> StageWindow | None:
    """The window of the meeting's stage in its plan year, None where it decides at none; read once for a loaded meeting, whoever asks."""
    if not meeting.stage:
        return None
    prefetch_related_objects([meeting.cycle], "windows")
    return meeting.cycle.window(Stage(meeting.stage))
