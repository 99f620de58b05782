"""The places that a closed panel gives to a meeting."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F, Q

from deliberation.models import Meeting, Panel, PanelEntry
from deliberation.scoring.words import PanelState


def latest(meeting: Meeting) -> Panel | None:
    """The meeting's own closed panel, the newest; else that of its stage and region without a meeting. One query."""
    stage = meeting.stage or "village"
    same = Q(meeting__isnull=True, cycle=meeting.cycle_id, stage=stage, region=meeting.region_id)
    found = Panel.objects.filter(Q(meeting=meeting) | same, state=PanelState.CLOSED)
    return found.order_by(F("meeting").asc(nulls_last=True), "-closed_at", "id").first()


def of(meeting: Meeting) -> dict[UUID, int]:
    """The place of each proposal that the panel scored; empty without one. Two queries."""
    panel = latest(meeting)
    if panel is None:
        return {}
    places = {row["number"]: row["place"] for row in panel.result.get("rows", []) if row["place"] is not None}
    entries = PanelEntry.objects.filter(panel=panel, number__in=places).values_list("proposal_id", "number")
    return {key: places[number] for key, number in entries}


def among(meeting: Meeting, *lists: Sequence[UUID]) -> dict[UUID, int]:
    """Places 1, 2, 3 within lists that stand behind each other: in each by the panel's places, the second going on where the first ends.

    What was not scored has none; it still takes up a place at the end of its list.
    """
    places = of(meeting)
    found: dict[UUID, int] = {}
    before = 0
    for keys in lists:
        scored = sorted((key for key in keys if key in places), key=lambda key: places[key])
        found |= {key: before + at for at, key in enumerate(scored, start=1)}
        before += len(keys)
    return found
