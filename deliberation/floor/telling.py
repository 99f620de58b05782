"""How the floor's verbs end: one entry in the journal, one event for every open page."""

from typing import Any

from django.urls import reverse

from accounts import audit
from accounts.scope import Person
from deliberation.models import Meeting, ModerationAct, Motion, Said, Turn
from deliberation.models.floor import TurnState
from deliberation.notices.telling import notify
from proposals import live


def journal(meeting: Meeting, verb: str, *, subject: str, actor: Person, role: str, reason: str = "", **changes: Any) -> None:
    """`deliberation.floor.<verb>` about one thing of this meeting."""
    audit.record(
        actor=actor,
        role=role,
        action=f"deliberation.floor.{verb}",
        subject=subject,
        region_code=meeting.region_id,
        changes={"meeting": meeting.pk, **changes},
        reason=reason,
    )


def floor_changed(meeting: Meeting, item_id: int | None) -> int:
    """`floor`: `{"item", "waiting", "speaking", "since", "seconds"}`; the names stand behind the room's address."""
    waiting = Turn.objects.filter(item_id=item_id, state=TurnState.WAITING).count()
    speaking = Turn.objects.filter(meeting=meeting, state=TurnState.SPEAKING).first()
    facts: dict[str, Any] = {"item": item_id, "waiting": waiting, "speaking": None, "since": None, "seconds": None}
    if speaking is not None and speaking.granted_at is not None:
        since = speaking.granted_at.isoformat(timespec="milliseconds")
        facts |= {"speaking": str(speaking.pk), "since": since, "seconds": speaking.seconds}
    return live.announce(meeting.pk, "floor", facts)


def said_changed(said: Said, **facts: Any) -> int:
    """`statement`: `{"id", "item", "type", "answers", …}`; the words stand behind the meeting's address of statements."""
    known = {"id": str(said.pk), "item": said.item_id, "type": said.kind, "answers": str(said.answers_id) if said.answers_id else None}
    return live.announce(said.meeting_id, "statement", {**known, **facts})


def motion_changed(motion: Motion) -> int:
    """`motion`: `{"id", "state", "cast"}`: how many voted by button, never what."""
    return live.announce(motion.meeting_id, "motion", {"id": str(motion.pk), "state": motion.state, "cast": motion.cast})


def tell_speaker(said: Said, kind: str, *, actor: Person, reason: str) -> None:
    """Whoever said it hears what became of it, and why; nobody where the note-taker wrote for somebody without an account."""
    if said.speaker_id is None:
        return
    number = ModerationAct.objects.filter(said=said).count()
    notify(
        kind=kind,
        key=f"{kind}:{said.pk}:{number}",
        to=[said.speaker_id],
        path=reverse("statement_appeal", args=[said.meeting_id, said.pk]),
        facts={"meeting": said.meeting.title, "reason": reason},
        actor=actor,
        region_code=said.meeting.region_id,
    )
