"""The places that scores give, within the list of one meeting."""

from collections.abc import Sequence
from uuid import UUID

from deliberation.models import Meeting


def within(meeting: Meeting, proposal_ids: Sequence[UUID]) -> dict[UUID, int]:  # noqa: ARG001 - see below
    """Place 1, 2, 3 of each scored proposal among these; what was not scored has none. Filled once scoring has places to give."""
    return {}
