"""What papers there are, and which are missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery

from deliberation.models import Document, DocumentFile, Meeting
from deliberation.words import DocumentKind, DocumentState, MeetingState
from proposals.models import Recommendation, StageWindow


@dataclass(frozen=True)
class Missing:
    """A meeting and the kinds of papers (`DocumentKind`) that it still owes, in the order of the kinds."""

    meeting: Meeting
    kinds: tuple[DocumentKind, ...]

    @property
    def words(self) -> list[str]:
        """The kinds in the reader's language."""
        return [str(kind.label) for kind in self.kinds]


def documents_missing(window: StageWindow) -> list[Missing]:
    """Meetings of this stage that owe a paper which the stage asks for, in the order of their regions; two or three queries.

    A paper is there once its signed scan is; photos once there is one. A cancelled meeting owes nothing. That a region held
    no meeting at all is not told here.
    """
    kinds = [kind for kind in DocumentKind if kind in window.required_documents]
    if not kinds:
        return []
    held = Meeting.objects.filter(cycle_id=window.cycle_id, stage=window.stage).exclude(state=MeetingState.CANCELLED)
    meetings = list(held.select_related("region").order_by("region_id", "starts_at", "id"))
    there = kinds_there([meeting.pk for meeting in meetings])
    owed = [Missing(meeting, tuple(kind for kind in kinds if kind not in there[meeting.pk])) for meeting in meetings]
    return [one for one in owed if one.kinds]


def kinds_there(meeting_ids: Iterable[UUID]) -> dict[UUID, set[str]]:
    """Of each meeting the kinds of papers that are signed, and `photos` where there are any; two queries."""
    ids = list(meeting_ids)
    found: dict[UUID, set[str]] = defaultdict(set)
    signed = Document.objects.filter(meeting_id__in=ids, number=0, state=DocumentState.SIGNED)
    for meeting_id, kind in signed.values_list("meeting_id", "kind"):
        found[meeting_id].add(kind)
    photos = DocumentFile.objects.filter(meeting_id__in=ids, kind=DocumentFile.Kind.PHOTO)
    for meeting_id in photos.order_by("meeting_id").values_list("meeting_id", flat=True).distinct():
        found[meeting_id].add(DocumentKind.PHOTOS)
    return found


def papers_of(meeting: Meeting) -> QuerySet[Document]:
    """The papers of a meeting with their scans, without what they say: addenda behind the paper they correct."""
    scans = DocumentFile.objects.select_related("added_by")
    return (
        Document.objects.filter(meeting=meeting)
        .defer("snapshot")
        .select_related("issued_by", "signed_by")
        .prefetch_related(Prefetch("scans", scans))
        .order_by("kind", "number")
    )


def photos_of(meeting: Meeting, *, closed_too: bool) -> list[DocumentFile]:
    """The photos of a meeting, oldest first."""
    photos = DocumentFile.objects.filter(meeting=meeting, kind=DocumentFile.Kind.PHOTO).order_by("added_at", "pk")
    return list(photos if closed_too else photos.filter(is_closed=False))


def records_of(region_code: str, most: int = 5) -> list[Document]:
    """The newest issued records of the meetings that this region held, newest first; one query."""
    issued = Document.objects.filter(meeting__region_id=region_code, kind=DocumentKind.RECORD, number=0).exclude(state=DocumentState.DRAFT)
    return list(issued.defer("snapshot", "texts").select_related("meeting__cycle").order_by("-meeting__starts_at", "pk")[:most])


@dataclass(frozen=True)
class RecordItem:
    """Where a decision about a proposal stands: its number in the record of a meeting, and the record's code once it is issued."""

    step_id: int
    number: int
    meeting_id: UUID
    meeting_title: str
    code: str


def with_items(steps: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    """The same steps, each knowing the decision of a meeting behind it; `items_in` reads them. No further query."""
    record = Document.objects.filter(meeting=OuterRef("decision__meeting"), kind=DocumentKind.RECORD, number=0)
    return steps.annotate(
        item_number=F("decision__number"),
        item_meeting=F("decision__meeting"),
        item_title=F("decision__meeting__title"),
        item_code=Subquery(record.values("code")[:1]),
    )


def items_in(steps: Iterable[Any]) -> list[RecordItem]:
    """The items of records behind steps that were read `with_items`, in the order of the steps."""
    found = [step for step in steps if getattr(step, "item_number", None) is not None]
    return [RecordItem(step.pk, step.item_number, step.item_meeting, step.item_title, step.item_code or "") for step in found]
