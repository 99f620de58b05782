"""Issuing: the facts are frozen, hashed and named by a code; a worker then sets the pages."""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from deliberation.meetings.rows import locked_meeting
from deliberation.models import Document, Meeting
from deliberation.policy import signed_in
from deliberation.records import canonical, forms, paper, policy, short_code, snapshots
from deliberation.records.services import rows
from deliberation.records.services.preparing import draft_of
from deliberation.records.tasks import set_pages
from deliberation.words import DocumentKind, DocumentState
from geo.zones import zone_of
from proposals import live


@transaction.atomic
def issue(*, meeting_id: UUID, actor: Person, kinds: list[str] | None = None) -> list[Document]:
    """Freeze papers of a closed meeting, all of its form or those of `kinds`; the record last, so that it names its annexes.

    What is issued already stays as it is and is answered again: pressed twice, or by two at a time, it is issued once.
    Raises Refusal (401, 403, 404), Invalid (a kind that this meeting does not leave), Conflict (409: not closed).
    """
    meeting = locked_meeting(meeting_id)
    writer = signed_in(actor)
    allowed = policy.may_issue(writer, meeting).or_refuse()
    wanted = _wanted(meeting, kinds)
    held = {paper.kind: paper for paper in Document.objects.select_for_update(of=("self",)).filter(meeting=meeting, number=0)}
    fresh: list[Document] = []
    for kind in wanted:
        if kind in held and not held[kind].is_draft:
            continue
        annexes = [paper for name, paper in held.items() if name != DocumentKind.RECORD and not paper.is_draft]
        held[kind] = _frozen(meeting, kind, writer, annexes)
        rows.record(
            "issue", held[kind], writer, allowed.role, {"code": held[kind].code, "sha256": held[kind].sha256, "template": held[kind].template}
        )
        fresh.append(held[kind])
    if fresh:
        _ask(fresh)
        live.announce(meeting.pk, "documents", {"issued": [paper.kind for paper in fresh]})
    return [held[kind] for kind in wanted]


def _wanted(meeting: Meeting, kinds: list[str] | None) -> list[str]:
    """In the order of issuing: annexes first."""
    offered = forms.PAPERS[meeting.kind]
    if kinds is not None and (not kinds or set(kinds) - set(offered)):
        raise Invalid({"kinds": [_("Choose papers that a meeting of this kind leaves.")]})
    return sorted((kind.value for kind in offered if kinds is None or kind in kinds), key=lambda kind: (kind == DocumentKind.RECORD, kind))


def _frozen(meeting: Meeting, kind: str, writer: User, annexes: list[Document]) -> Document:
    paper_row = draft_of(meeting, writer) if kind == DocumentKind.RECORD else _new(meeting, kind, writer)
    facts = snapshots.current(meeting, kind, typed=paper_row.texts or None, issued=annexes)
    return freeze(paper_row, facts, writer)


def _new(meeting: Meeting, kind: str, writer: User) -> Document:
    return Document(meeting=meeting, kind=kind, created_by=writer, created_at=clock.now())


def freeze(document: Document, facts: dict[str, Any], writer: User) -> Document:
    """Write a paper's facts down for good, with its code, its day, and the address where a copy is checked."""
    now = clock.now()
    code = short_code.draw()
    local = now.astimezone(zone_of(document.meeting.region_id))
    document.snapshot = {
        **facts,
        "code": code,
        "issued": f"{paper.day_of_issue(local)} {clock.zone(local)}".strip(),
        "check_address": settings.SITE_URL + reverse("check_document", args=[code]),
    }
    document.template = facts["form"]
    document.sha256, document.code = canonical.digest(document.snapshot), code
    document.state, document.issued_by, document.issued_at = DocumentState.ISSUED, writer, now
    document.save()
    return document


def _ask(fresh: list[Document]) -> None:
    for document in fresh:
        transaction.on_commit(partial(set_pages.enqueue, str(document.pk)))


@transaction.atomic
def ask_again(*, meeting_id: UUID, actor: Person) -> int:
    """Have the pages set that are not there: nobody took them up, or they failed. Answers how many."""
    meeting = locked_meeting(meeting_id)
    writer = signed_in(actor)
    allowed = policy.may_issue(writer, meeting).or_refuse()
    waiting = list(Document.objects.filter(meeting=meeting, pdf="").exclude(state=DocumentState.DRAFT))
    Document.objects.filter(pk__in=[paper.pk for paper in waiting]).update(failure="")
    if not waiting:
        raise Conflict(_("All pages are set."), code="all_set")
    for one in waiting:
        one.meeting = meeting
        rows.record("ask_again", one, writer, allowed.role, {"code": one.code})
    _ask(waiting)
    return len(waiting)
