"""The draft of a record: what only people know of it."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Conflict
from accounts.scope import Person
from deliberation.meetings.rows import locked_meeting
from deliberation.models import Document, Meeting
from deliberation.policy import signed_in
from deliberation.records import forms, policy, texts
from deliberation.records.services import rows
from deliberation.words import DocumentKind


@transaction.atomic
def prepare(*, meeting_id: UUID, actor: Person, sent: dict[str, Any], version: int | None = None) -> Document:
    """Lay what was sent over the record's draft; the first time makes it. The same again changes nothing.

    `sent`: any of the names of `records.texts.empty`. Raises Refusal (401, 403, 404), Invalid by field, Conflict (409: issued
    already, or another version).
    """
    meeting = locked_meeting(meeting_id)
    writer = signed_in(actor)
    allowed = policy.may_prepare(writer, meeting).or_refuse()
    draft = draft_of(meeting, writer)
    if not draft.is_draft:
        raise Conflict(_("This record is issued and stays as it is. A correction is an addendum."), code="issued")
    written = texts.checked(meeting, sent, draft.texts)
    if written == draft.texts:
        return draft
    rows.same_version(draft, version)
    changed = sorted(key for key in written if written[key] != draft.texts.get(key))
    draft.texts, draft.version = written, draft.version + 1
    draft.save(update_fields=["texts", "version"])
    rows.record("prepare", draft, writer, allowed.role, {"texts": changed, "version": draft.version})
    return draft


def draft_of(meeting: Meeting, writer: User) -> Document:
    """The record of a locked meeting, made where there is none yet."""
    found = Document.objects.select_for_update(of=("self",)).filter(meeting=meeting, kind=DocumentKind.RECORD, number=0).first()
    if found is not None:
        found.meeting = meeting
        return found
    return Document.objects.create(
        meeting=meeting,
        kind=DocumentKind.RECORD,
        template=forms.template_of(DocumentKind.RECORD, meeting.kind),
        texts=texts.empty(meeting),
        created_by=writer,
        created_at=clock.now(),
    )
