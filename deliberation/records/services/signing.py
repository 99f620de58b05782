"""The signed scan: it locks the paper, and with the record every annex that was bound into it."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Allowed, Conflict, Invalid
from accounts.scope import Person
from deliberation.meetings.rows import loaded_meeting, locked_meeting
from deliberation.models import Document, DocumentFile, Meeting
from deliberation.policy import signed_in
from deliberation.records import files, policy
from deliberation.records.services import rows
from deliberation.words import DocumentState
from proposals import live
from proposals.services import kept_files
from proposals.services.papers import Kept

#: So many files a paper may have: pages photographed one by one.
SCANS_MOST = 30


def sign(*, meeting_id: UUID, actor: Person, document_ids: Sequence[UUID], contents: Sequence[bytes]) -> list[Document]:
    """Keep the scan of signed papers, one file or a photo of each page; the papers named are signed from then on.

    The same scan again is the same scan. Raises Refusal (401, 403, 404; 413, 415, 503 about a file), Invalid (no paper, no
    file, too many) and Conflict (409: not issued yet).
    """
    writer = signed_in(actor)
    _asked(writer, loaded_meeting(meeting_id), document_ids)
    if not contents or len(contents) > SCANS_MOST:
        raise Invalid({"file": [_("Choose the scan: a PDF, or at most %(most)d photos of its pages.") % {"most": SCANS_MOST}]})
    # looking inside is slow: it happens after the right was asked and before a row is locked
    looked = [files.looked_into(content, DocumentFile.Kind.SCAN) for content in contents]
    with kept_files.or_nothing() as written, transaction.atomic():
        meeting = locked_meeting(meeting_id)
        allowed = policy.may_issue(writer, meeting).or_refuse()
        papers = [rows.locked(meeting, key) for key in sorted(set(document_ids))]
        if any(paper.is_draft for paper in papers):
            raise Conflict(_("Issue the paper first: what is signed is what was printed."), code="not_issued")
        for paper in papers:
            _lock(paper, looked, writer, allowed, written)
        live.announce(meeting.pk, "documents", {"signed": [paper.kind for paper in papers]})
    return papers


def _asked(writer: User, meeting: Meeting, document_ids: Sequence[UUID]) -> None:
    policy.may_issue(writer, meeting).or_refuse()
    if not document_ids:
        raise Invalid({"documents": [_("Tick the papers that are on this scan.")]})


def _lock(paper: Document, looked: list[tuple[str, Kept]], writer: User, allowed: Allowed, written: list[str]) -> None:
    known = set(paper.scans.values_list("sha256", flat=True))
    fresh = [(sha256, kept) for sha256, kept in dict(looked).items() if sha256 not in known]
    if len(known) + len(fresh) > SCANS_MOST:
        raise Conflict(_("There is no room for more files of this kind."), code="full")
    for sha256, kept in fresh:
        row = files.row_of(paper.meeting, DocumentFile.Kind.SCAN, sha256, kept, writer)
        row.document = paper
        files.write(row, kept, written)
        row.save(force_insert=True)
    if not fresh:
        return
    if paper.state != DocumentState.SIGNED:
        paper.state, paper.signed_by, paper.signed_at = DocumentState.SIGNED, writer, clock.now()
        paper.save(update_fields=["state", "signed_by", "signed_at"])
    rows.record("sign", paper, writer, allowed.role, {"code": paper.code, "scans": [sha256 for sha256, _kept in fresh]})
