"""Dividing a proposal: it closes, and its parts start where it stood, each with a number and a road of its own."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import audit
from accounts.models import AuditEntry, User
from accounts.scope import Person
from proposals import live, policy, tasks
from proposals.content import TEXT
from proposals.descent import policy as descent_policy
from proposals.models import Lineage, Proposal, Recommendation
from proposals.services import rows, versions
from proposals.services.decisions import REASON_KEPT, carry_out, journal_of, told_of, version_of
from proposals.services.descending import descend
from proposals.services.numbers import take_numbers
from proposals.services.papers_along import answers_along, bring_along
from proposals.services.parts import Part, read_parts
from proposals.services.said import Said
from proposals.services.stepping import stepped
from proposals.stages import Move

#: Drawn and counted for the whole: a part has its own point, and the village counts anew whom it serves.
_OF_THE_WHOLE = frozenset({"shape", "shape_measure", "beneficiaries_female", "beneficiaries_male", "beneficiary_households", "poor_households"})
_KEPT = (*(name for name in TEXT if name not in _OF_THE_WHOLE), "agency", "stage", "outcome", "realisation", "first_asked_year")
_KEPT_BESIDE = ("cycle", "author", "submitted_at", "stage_entered_at")


@transaction.atomic
def split(*, proposal_id: UUID, actor: Person, version: int, reason: str, parts: Sequence[Mapping[str, Any]]) -> list[Proposal]:
    """Divide a proposal into 2 to 12 parts, in the order sent: `title`, `volume`, and where they differ `amount`, `locus`, `location`.

    Together they are never more than what stands, neither in volume nor in rupiah. The original closes with the outcome
    `split`; its supporters follow into every part. `version` is the one that was read (409 when another came between). Raises
    Refusal (401, 403, 404), Conflict (409) and Invalid by field, `parts.0.title`.
    """
    decider = rows.signed_in(actor)
    whole = rows.locked(proposal_id)
    law = descent_policy.split_law(whole)
    policy.has_a_say(decider, whole, law).or_refuse()
    rows.same_version(whole, version)
    role = policy.may_move(decider, whole, law).or_refuse().role
    said = Said(reason=reason).checked(whole, law)
    return _divide(whole, law, said, read_parts(whole, parts), actor=decider, role=role)


def _divide(whole: Proposal, law: Move, said: Said, parts: Sequence[Part], *, actor: User, role: str) -> list[Proposal]:
    made = [_proposal(whole, part, said.reason) for part in parts]
    before = versions.before(whole)
    changed, step = carry_out(whole, law, said, actor=actor, role=role)
    whole.save(update_fields=sorted(changed))
    for row, number in zip(made, take_numbers(whole.cycle_id, len(made)), strict=True):
        row.number, row.created_at, row.changed_at = number, step.decided_at, step.decided_at
    Proposal.objects.bulk_create(made)
    first = [_first_step(row, step) for row in made]
    Recommendation.objects.bulk_create([step, *first])
    versions.record([version_of(step, before), *(versions.Change(row, None, "proposals.split", actor, role) for row in made)])
    audit.record_all([journal_of(whole, step), *(_journal(row, whole, one) for row, one in zip(made, first, strict=True))])
    bring_along([(whole, row) for row in made])
    answers_along([(whole, row) for row in made])
    live.announce(whole.pk, "stage", told_of(whole, step))
    descend([_descent(whole, row, step) for row in made])
    stepped([step])
    tasks.fold_when_many()
    tasks.look_for_pairs(row.pk for row in made)
    return made


def _proposal(whole: Proposal, part: Part, reason: str) -> Proposal:
    """A part with all that the whole said, but for what is its own."""
    values = {name: getattr(whole, name) for name in (*_KEPT, *_KEPT_BESIDE)}
    values |= {name: getattr(part, name) for name in Part.__dataclass_fields__}
    if part.amount != round(part.volume * (whole.unit_price or 0)):
        values["amount_reason"] = whole.amount_reason or reason[:REASON_KEPT]
    return Proposal(**values)


def _first_step(part: Proposal, step: Recommendation) -> Recommendation:
    """Where the part's road begins: what it asks for, and the proposal it came out of."""
    return Recommendation(
        proposal=part,
        move="split_off",
        stage=part.stage,
        outcome_before=part.outcome,
        stage_after=part.stage,
        outcome_after=part.outcome,
        reason=step.reason,
        volume=part.volume,
        unit=part.unit,
        amount=part.amount,
        agency=part.agency,
        target=step.proposal,
        actor=step.actor,
        role=step.role,
        decided_at=step.decided_at,
        version=part.version,
    )


def _journal(part: Proposal, whole: Proposal, step: Recommendation) -> AuditEntry:
    return audit.entry(
        actor=step.actor,
        role=step.role,
        action="proposals.split",
        subject=f"proposal:{part.pk}",
        region_code=part.village_id,
        changes={"from": whole.pk, "number": part.number, "stage": part.stage, "outcome": part.outcome, "volume": part.volume, "amount": part.amount},
        reason=step.reason,
    )


def _descent(whole: Proposal, part: Proposal, step: Recommendation) -> Lineage:
    kind, reason = Lineage.Kind.SPLIT, step.reason[:REASON_KEPT]
    return Lineage(parent=whole, child=part, kind=kind, reason=reason, by=step.actor, role=step.role, at=step.decided_at)
