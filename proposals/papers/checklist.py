"""The checklist of stored proposals: rows read into the law of `readiness`, for one proposal or for a list of them."""

from collections import Counter

from django.db.models import prefetch_related_objects

from proposals.models import Attachment, NotApplicable, Proposal, Requirement
from proposals.papers import readiness
from proposals.papers.readiness import Answer, Asked, Item
from proposals.stages import Stage

DOCUMENT_WORDS = dict(Attachment.Kind.choices)


def checklist_of(proposal: Proposal) -> list[Item]:
    """What is asked of one proposal and what is there. One query where its plan year asks for nothing, three otherwise."""
    with_papers([proposal])
    return _items(proposal)


def with_papers(proposals: list[Proposal]) -> list[Proposal]:
    """The same proposals, with what their checklists read: asking each of a list then costs no query."""
    prefetch_related_objects(proposals, "cycle__requirements")
    pressed = [proposal for proposal in proposals if proposal.cycle.requirements.all()]
    prefetch_related_objects(pressed, "attachments", "not_applicable", "dictionary_entry")
    return proposals


def _items(proposal: Proposal) -> list[Item]:
    asked = [_asked(row) for row in proposal.cycle.requirements.all()]
    if not asked:
        return []
    entry = proposal.dictionary_entry
    return readiness.checklist(
        asked,
        work_kind=entry.kind if entry else "",
        sector=proposal.sector,
        held=Counter(attachment.kind for attachment in proposal.attachments.all()),
        answers={row.document: _answer(row) for row in proposal.not_applicable.all()},
        land_owner=proposal.land_owner,
    )


def _asked(row: Requirement) -> Asked:
    gate = Stage(row.gate_stage) if row.gate_stage else None
    return Asked(row.document, row.work_kind, row.sector, gate, row.hint, is_verified=row.verified_at is not None)


def _answer(row: NotApplicable) -> Answer:
    return Answer(row.reason, is_refused=row.refused_at is not None)
