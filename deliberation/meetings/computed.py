"""The places that scores give, within the lists of one meeting."""

from collections.abc import Sequence
from uuid import UUID

from deliberation.models import Meeting
from deliberation.scoring import places


def within(meeting: Meeting, *lists: Sequence[UUID]) -> dict[UUID, int]:
    """Place of each scored proposal: the priority list from 1 on, the reserve list behind it; what was not scored has none.

    By the newest panel that is closed: the meeting's own, or one of its stage and region that belongs to no meeting. Two queries.
    """
    return places.among(meeting, *lists)
