"""The village's word that a document is not applicable, and a decider's word that it does not hold."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock, text
from accounts.models import User
from accounts.refusals import Invalid
from accounts.scope import Person
from proposals.models import Attachment, NotApplicable, Proposal
from proposals.papers import policy as file_policy
from proposals.services import rows
from proposals.stages import Move, Outcome

REASON_SHORTEST, REASON_LONGEST = 20, 300


@transaction.atomic
def answer(*, proposal_id: UUID, document: str, actor: Person, reason: str) -> NotApplicable:
    """Say why a document is not applicable; everybody who sees the proposal reads it. The same again changes nothing.

    A refused answer is replaced by a new one. Raises Refusal (401, 403, 404), Conflict (409) and Invalid by field.
    """
    writer = rows.signed_in(actor)
    proposal = rows.locked(proposal_id)
    allowed = file_policy.may_answer(writer, proposal).or_refuse()
    words = _read(document, reason)
    row = NotApplicable.objects.filter(proposal=proposal, document=document).first()
    if row is not None and row.reason == words:
        _still_stands(row)
        return row
    row = row or NotApplicable(proposal=proposal, document=document)
    row.reason, row.said_by, row.said_at, row.refused_by, row.refused_at = words, writer, clock.now(), None, None
    row.save()
    _record(proposal, row, writer, allowed.role)
    return row


def _still_stands(row: NotApplicable) -> None:
    if row.refused_at is not None:
        raise Invalid({"reason": [_("This answer was refused. Bring the document, or give another reason.")]})


def _read(document: str, reason: str) -> str:
    if not isinstance(document, str) or document not in Attachment.Kind.values:
        raise Invalid({"document": [_("Choose one of the list.")]})
    words = text.clean(reason, field="reason", max_length=REASON_LONGEST)
    if len(words) < REASON_SHORTEST:
        raise Invalid({"reason": [_("Write a reason of at least 20 characters. Citizens read it.")]})
    return words


@transaction.atomic
def take_back(*, proposal_id: UUID, document: str, actor: Person) -> bool:
    """Take the answer back; False where there was none. Raises Refusal (401, 403, 404) and Conflict."""
    writer = rows.signed_in(actor)
    proposal = rows.locked(proposal_id)
    allowed = file_policy.may_answer(writer, proposal).or_refuse()
    row = next((one for one in NotApplicable.objects.filter(proposal=proposal) if one.document == document), None)
    if row is None:
        return False
    row.delete()
    _record(proposal, None, writer, allowed.role, document)
    return True


def standing(proposal: Proposal) -> list[NotApplicable]:
    """The answers that nobody has refused; no query where the checklist has read them."""
    return [one for one in proposal.not_applicable.all() if one.refused_at is None]


def check_refused(proposal: Proposal, law: Move, documents: Collection[str]) -> list[NotApplicable]:
    """The answers that a decider refuses with this move: only when returning, and only such as stand. Raises Invalid."""
    if not documents:
        return []
    if law.outcome is not Outcome.RETURNED:
        raise Invalid({"refused_answers": [_("An answer is refused by returning the proposal.")]})
    held = {row.document: row for row in standing(proposal)}
    if any(not isinstance(document, str) or document not in held for document in documents):
        raise Invalid({"refused_answers": [_("There is no such answer to refuse.")]})
    return [held[document] for document in sorted(set(documents))]


def refuse(answers: list[NotApplicable], actor: User) -> None:
    """Mark them refused, in the move's own transaction; the move's step and journal entry tell why."""
    NotApplicable.objects.filter(pk__in=[row.pk for row in answers]).update(refused_by=actor, refused_at=clock.now())


def _record(proposal: Proposal, said: NotApplicable | None, writer: User, role: str, document: str = "") -> None:
    """The answer as it was said, or, without one, the document whose answer was taken back."""
    audit.record(
        actor=writer,
        role=role,
        action=f"proposals.readiness.{'answer' if said else 'take_back'}",
        subject=f"proposal:{proposal.pk}",
        region_code=proposal.village_id,
        changes={"document": said.document if said else document},
        reason=said.reason if said else "",
    )
