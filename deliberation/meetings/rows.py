"""A meeting under its row lock, as every verb of a meeting begins; and as pages read it."""

from uuid import UUID

from django.db.models import QuerySet

from accounts.refusals import Missing
from deliberation.models import Meeting

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
