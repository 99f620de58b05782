"""The files of a proposal as its page shows them: a shelf a kind, with what may be done on it. A constant number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.refusals import Answer
from accounts.scope import Person
from proposals.api.attachment_rows import distance_of
from proposals.models import Attachment, Proposal
from proposals.papers import documents
from proposals.papers import policy as file_policy
from proposals.papers.checklist import DOCUMENT_WORDS, checklist_of
from proposals.papers.documents import Kind
from proposals.papers.readiness import Item
from proposals.stages import Outcome

#: In the order in which a village collects them.
_ORDER = (
    Kind.PHOTO,
    Kind.LAND_EVIDENCE,
    Kind.COST_PLAN,
    Kind.MEETING_RECORD,
    Kind.COVER_LETTER,
    Kind.DESIGN,
    Kind.OTHER,
    Kind.PHOTO_DURING,
    Kind.PHOTO_AFTER,
)
_PICTURES, _PAPERS = "image/jpeg,image/png,image/webp", "application/pdf,image/jpeg,image/png,image/webp"


@dataclass(frozen=True)
class Shown:
    """One file: whether this person may open it and take it away, and how far from the place the photo was taken."""

    attachment: Attachment
    may_open: bool
    may_remove: bool
    distance: int | None

    @property
    def is_open(self) -> bool:
        """Open to everybody."""
        return documents.is_open(self.attachment)


@dataclass(frozen=True)
class Shelf:
    """A kind of file: what is there, what the plan year asks, and whether more may be brought."""

    kind: str
    word: str
    files: list[Shown]
    item: Item | None
    may_add: Answer
    may_answer: Answer

    @property
    def is_closed(self) -> bool:
        """Never open to everybody."""
        return self.kind in documents.CLOSED

    @property
    def is_photo(self) -> bool:
        """Takes pictures only."""
        return self.kind in documents.PHOTOS

    @property
    def accept(self) -> str:
        """What the browser's chooser offers."""
        return _PICTURES if self.is_photo else _PAPERS

    @property
    def room(self) -> int:
        """How many more files fit."""
        return max(0, documents.most_files(self.kind) - len(self.files))

    @property
    def most_bytes(self) -> int:
        """Of one file."""
        return documents.most_bytes(self.kind)

    @property
    def most_megabytes(self) -> int:
        """Of one file, as it is told."""
        return self.most_bytes // (1024 * 1024)


def shelves_of(user: Person, proposal: Proposal) -> list[Shelf]:
    """Every kind that has files, is asked for, or may be brought by this person."""
    items = {item.document: item for item in checklist_of(proposal)}
    adds = {kind: file_policy.may_attach(user, proposal, kind) for kind in (Kind.PHOTO, Kind.OTHER, Kind.PHOTO_AFTER)}
    files = _files(user, proposal, adds)
    shelves = []
    for kind in _ORDER:
        may_add = adds[_group(kind)]
        if files.get(kind) or kind in items or may_add:
            word = str(DOCUMENT_WORDS[kind])
            shelves.append(Shelf(kind, word, files.get(kind, []), items.get(kind), may_add, adds[Kind.OTHER]))
    return shelves


def _group(kind: str) -> Kind:
    """The kind that stands for all that are added by the same people at the same time."""
    if kind in documents.WORK_PHOTOS:
        return Kind.PHOTO_AFTER
    return Kind.PHOTO if kind == Kind.PHOTO else Kind.OTHER


def _files(user: Person, proposal: Proposal, adds: dict[Kind, Answer]) -> dict[str, list[Shown]]:
    opens_closed = bool(file_policy.may_open_closed(user, proposal))
    decided = max((step.decided_at for step in proposal.recommendations.all()), default=None)
    found: dict[str, list[Shown]] = {}
    for attachment in proposal.attachments.all():
        attachment.proposal = proposal
        may_open = documents.is_open(attachment) or opens_closed
        shown = Shown(attachment, may_open, _removable(attachment, adds, decided), distance_of(attachment))
        found.setdefault(attachment.kind, []).append(shown)
    return found


def _removable(attachment: Attachment, adds: dict[Kind, Answer], decided: datetime | None) -> bool:
    """As `file_policy.may_detach` says, for all of them with what was asked already."""
    if attachment.kind not in documents.WORK_PHOTOS and adds[Kind.PHOTO]:
        return True
    brings = attachment.kind != Kind.PHOTO and bool(adds[_group(attachment.kind)])
    return brings and (decided is None or attachment.added_at > decided)


def photos_of(user: Person, proposal: Proposal) -> list[Attachment]:
    """The photos of the place that this person may see, in the order they came."""
    photos = [one for one in proposal.attachments.all() if one.kind == Kind.PHOTO]
    if all(documents.is_open(photo) for photo in photos) or file_policy.may_open_closed(user, proposal):
        return photos
    return [photo for photo in photos if documents.is_open(photo)]


def page_of(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """The page of a proposal's files."""
    shelves = shelves_of(request.user, proposal)
    return {
        "proposal": proposal,
        "shelves": shelves,
        "writes": any(shelf.may_add for shelf in shelves),
        "is_built": proposal.outcome == Outcome.FUNDED,
        "address": f"/api/v1/proposals/{proposal.pk}/attachments/",
    }


def told(kind: str) -> str:
    """What is said once a file of this kind is kept."""
    return _("Kept: %(kind)s.") % {"kind": DOCUMENT_WORDS[kind]}
