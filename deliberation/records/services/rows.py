"""Papers under their meeting's lock, and what the journal tells of them."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.refusals import Conflict, Missing
from deliberation.models import Document, Meeting


def locked(meeting: Meeting, document_id: UUID) -> Document:
    """A paper of a meeting whose row is locked already. Raises Missing."""
    found = Document.objects.select_for_update(of=("self",)).filter(pk=document_id, meeting=meeting).first()
    if found is None:
        raise Missing
    found.meeting = meeting
    return found


def same_version(document: Document, version: int | None) -> None:
    """Two who write the same draft: the second hears of it. None, for programs that do not care, takes what stands."""
    if version is not None and document.version != version:
        raise Conflict(_("Somebody changed this draft meanwhile. Look at it again before you save yours."), code="version")


def record(verb: str, document: Document, actor: User, role: str, changes: dict[str, Any], *, reason: str = "") -> None:
    """One entry of the journal about a paper."""
    audit.record(
        actor=actor,
        role=role,
        action=f"deliberation.document.{verb}",
        subject=f"document:{document.pk}",
        region_code=document.meeting.region_id,
        changes={"meeting": document.meeting_id, "kind": document.kind, "number": document.number, **changes},
        reason=reason,
    )
