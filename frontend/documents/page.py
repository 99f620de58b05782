"""The shelf of a meeting's papers: every paper of its form, how it stands, what may be done with it now."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.refusals import Answer, Missing
from accounts.scope import Person
from deliberation.meetings import rows
from deliberation.models import Document, DocumentFile, Meeting
from deliberation.records import forms, policy, reading, short_code
from deliberation.words import DocumentKind, DocumentState

#: Pages that are not there after so long are asked for again by hand: whoever was to set them is gone.
_PATIENCE = timedelta(minutes=10)


@dataclass
class Paper:
    """One kind of paper of a meeting: not begun, a draft, issued, signed; with its addenda."""

    kind: DocumentKind
    document: Document | None = None
    addenda: list[Document] = field(default_factory=list)
    #: Needed, signed, before the stage is closed.
    is_required: bool = False

    @property
    def word(self) -> str:
        """What it is called."""
        return str(self.kind.label)

    @property
    def state(self) -> str:
        """`none`, `draft`, `issued` or `signed`."""
        return self.document.state if self.document else "none"

    @property
    def is_issued(self) -> bool:
        """Whether it is frozen."""
        return self.document is not None and self.document.state != DocumentState.DRAFT


def load(meeting_id: UUID) -> Meeting:
    """The meeting of an address; Missing where there is none."""
    return rows.loaded_meeting(meeting_id)


def papers_of(meeting: Meeting) -> list[Paper]:
    """The papers of the meeting's form, the record first; three queries."""
    window = rows.window_of(meeting)
    required = set(window.required_documents) if window else set()
    papers = {kind: Paper(kind, is_required=kind in required) for kind in forms.PAPERS[meeting.kind]}
    for document in reading.papers_of(meeting):
        paper = papers.setdefault(DocumentKind(document.kind), Paper(DocumentKind(document.kind)))
        if document.number:
            paper.addenda.append(document)
        else:
            paper.document = document
    return list(papers.values())


def summary_of(user: Person, meeting: Meeting) -> dict[str, Any]:
    """What the meeting's own page tells of its papers."""
    papers = papers_of(meeting)
    return {
        "meeting": meeting,
        "papers": [paper for paper in papers if paper.is_issued],
        "photos": DocumentFile.objects.filter(meeting=meeting, kind=DocumentFile.Kind.PHOTO).count(),
        "may_prepare": policy.may_prepare(user, meeting),
        "may_issue": policy.may_issue(user, meeting),
    }


def context_of(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """The whole shelf."""
    papers = papers_of(meeting)
    opens = policy.may_open_whole(request.user, meeting)
    issued = [document for paper in papers for document in (paper.document, *paper.addenda) if document and not document.is_draft]
    setting = [document for document in issued if not document.pdf]
    may_issue: Answer = policy.may_issue(request.user, meeting)
    return {
        "meeting": meeting,
        "papers": papers,
        "photos": reading.photos_of(meeting, closed_too=bool(opens)),
        "opens": opens,
        "may_prepare": policy.may_prepare(request.user, meeting),
        "may_issue": may_issue,
        "may_photograph": policy.may_add_photos(request.user, meeting),
        "left": [paper for paper in papers if not paper.is_issued],
        "signable": [document for document in issued if document.state == DocumentState.ISSUED],
        "issued": issued,
        "setting": setting,
        "failed": [document for document in setting if document.failure or clock.now() - (document.issued_at or clock.now()) > _PATIENCE],
        "told": told(len(issued) - len(setting), len(issued)),
    }


def told(done: int, total: int) -> str:
    """How far the pages are."""
    return ngettext("Setting the pages: %(done)d of %(total)d paper", "Setting the pages: %(done)d of %(total)d papers", total) % {
        "done": done,
        "total": total,
    }


def issued_of(meeting: Meeting, code: str) -> Document:
    """The issued paper of a meeting by its code; Missing otherwise."""
    try:
        typed = short_code.parse(code)
    except short_code.Mistyped:
        raise Missing from None
    found = Document.objects.filter(meeting=meeting, code=typed).first()
    if found is None:
        raise Missing
    found.meeting = meeting
    return found


def form_words(meeting_kind: str) -> list[tuple[str, str]]:
    """The kinds of papers that a meeting leaves, for a form: value and word."""
    return [(kind.value, str(kind.label)) for kind in forms.PAPERS[meeting_kind]]


def state_words() -> dict[str, str]:
    """How a paper stands, in words; `none` where nobody has begun."""
    return {"none": _("Not issued yet"), **{state.value: str(state.label) for state in DocumentState}}
