"""What the journal and the open pages of a meeting hear: one shape each, used by every verb."""

from collections.abc import Mapping
from typing import Any

from accounts import audit
from accounts.scope import Person
from deliberation.models import Meeting
from proposals import live


def journal(meeting: Meeting, *, actor: Person, role: str, verb: str, changes: Mapping[str, Any] | None = None, reason: str = "") -> None:
    """One entry about the meeting, in the chain of its kabupaten."""
    audit.record(
        actor=actor,
        role=role,
        action=f"deliberation.meeting.{verb}",
        subject=f"meeting:{meeting.pk}",
        region_code=meeting.region_id,
        changes=dict(changes or {}),
        reason=reason,
    )


def tell_stage(meeting: Meeting) -> int:
    """`stage`: how the meeting stands, after a step, an invitation or a change of plan."""
    facts = {"state": meeting.state, "version": meeting.version, "starts_at": meeting.starts_at.isoformat(), "decided": meeting.decided}
    return live.announce(meeting.pk, "stage", facts)


def tell_agenda(meeting: Meeting, *, item_id: int | None = None, state: str = "", proposal_id: Any = None) -> int:
    """`agenda`: something about the agenda changed; with an item, what became of it. Pages that see it read the agenda again."""
    facts = {"item": item_id, "state": state, "proposal": str(proposal_id) if proposal_id else None}
    return live.announce(meeting.pk, "agenda", {name: value for name, value in facts.items() if value})
