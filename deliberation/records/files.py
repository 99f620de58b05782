"""Signed scans and photos: what a file is decides its content, as with the papers of a proposal."""

import hashlib

from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Invalid
from deliberation.models import DocumentFile, Meeting
from proposals.models import Attachment
from proposals.services import kept_files, papers
from proposals.services.papers import Kept

#: A scan is taken as a PDF or a photo of a page, by the same look inside; a photo of the meeting as a photo of a place.
_AS = {DocumentFile.Kind.SCAN: Attachment.Kind.MEETING_RECORD, DocumentFile.Kind.PHOTO: Attachment.Kind.PHOTO}


def looked_into(content: bytes, kind: str) -> tuple[str, Kept]:
    """The SHA-256 of what was sent, and the file as it will be kept. Raises Refusal (413, 415, 503) and Invalid (nothing)."""
    if not content:
        raise Invalid({"file": [_("Choose a file.")]})
    return hashlib.sha256(content).hexdigest(), papers.read(content, _AS[DocumentFile.Kind(kind)])


def row_of(meeting: Meeting, kind: str, sha256: str, kept: Kept, writer: User) -> DocumentFile:
    """A row that is not written yet, without its file."""
    return DocumentFile(
        meeting=meeting,
        kind=kind,
        sha256=sha256,
        content_type=kept.content_type,
        size=len(kept.content),
        width=kept.width,
        height=kept.height,
        pages=kept.pages,
        added_by=writer,
        added_at=clock.now(),
    )


def write(row: DocumentFile, kept: Kept, written: list[str]) -> None:
    """Store the octets and the thumbnail under names of our own."""
    kept_files.write(row, f"{row.meeting_id.hex}-{row.kind}-{row.sha256[:16]}", kept, written)
