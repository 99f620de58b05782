"""What the journal and the open pages hear of the roll: one shape each, used by every verb."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from accounts import audit, clock
from accounts.models import AuditEntry
from accounts.scope import Person
from deliberation.models import Attendance, Meeting
from deliberation.roll.reading import snapshot
from proposals import live
from proposals.models import LiveEvent

#: Online arrivals come by the hundred: their pages are told together. What was left unsaid, the next one says, or a heartbeat.
TOGETHER = timedelta(seconds=2)


def entry(row: Attendance, meeting: Meeting, *, actor: Person, role: str, verb: str, changes: Mapping[str, Any], reason: str = "") -> AuditEntry:
    """An entry about a line. Of what stands on it the journal keeps what a correction changed, and no names otherwise."""
    return audit.entry(
        actor=actor,
        role=role,
        action=f"deliberation.roll.{verb}",
        subject=f"attendance:{row.pk}",
        region_code=meeting.region_id,
        changes={"meeting": meeting.pk, "number": row.number, **changes},
        reason=reason,
    )


def facts(counted: Mapping[str, Any]) -> dict[str, Any]:
    """What an open page needs to paint the counts without asking: small, and without names."""
    few = ("total", "hall", "online", "women", "men", "elements_count", "regions", "quorum", "women_share", "as_of")
    return {name: counted[name] for name in few}


def announce(meeting: Meeting) -> int:
    """`presence`: who is there now."""
    return live.announce(meeting.pk, "presence", facts(snapshot(meeting)))


def announce_together(meeting: Meeting) -> None:
    """As `announce`, unless the room heard of its presence a moment ago."""
    if not _said(meeting).filter(at__gt=clock.now() - TOGETHER).exists():
        announce(meeting)


def last_said(meeting: Meeting) -> Any:
    """When the room last heard of its presence; None if never."""
    return _said(meeting).order_by("-seq").values_list("at", flat=True).first()


def _said(meeting: Meeting) -> Any:
    return LiveEvent.objects.filter(room_id=meeting.pk, kind="presence")
