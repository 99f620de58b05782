"""The places that scores give, within the list of one meeting."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from deliberation.models import Meeting, Panel, PanelEntry


def within(meeting: Meeting, proposal_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Place 1, 2, 3 of each scored proposal among these, by the newest panel that is closed; what was not scored has none.

    A panel is the meeting's own, or one of its stage and region that belongs to no meeting. Two queries.
    """
    own = Q(meeting=meeting.pk) | Q(meeting__isnull=True, cycle=meeting.cycle_id, stage=meeting.stage, region=meeting.region_id)
    closed = Panel.objects.filter(own, state="closed").order_by("-closed_at", "id")
    panel = closed.only("result").first() if meeting.stage and proposal_ids else None
    if panel is None:
        return {}
    places = {row["number"]: row["place"] for row in panel.result.get("rows", []) if row.get("place")}
    entries = PanelEntry.objects.filter(panel=panel, proposal__in=proposal_ids).values_list("proposal_id", "number")
    found = sorted((places[number], key) for key, number in entries if number in places)
    return {key: place for place, (_overall, key) in enumerate(found, start=1)}
