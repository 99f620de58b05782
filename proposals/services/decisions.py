"""Deciding: every move along the line, one step of history each."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import AuditEntry, User
from accounts.refusals import Invalid
from accounts.scope import Person
from proposals import live, policy, tasks
from proposals.capture_words import Told
from proposals.captures import Capture
from proposals.models import Lineage, Proposal, Recommendation
from proposals.services import answers, capturing, rows, versions
from proposals.services import fields as given
from proposals.services.descending import descend, wait_longer
from proposals.services.numbers import take_number
from proposals.services.recorded import Recorded
from proposals.services.said import Said
from proposals.services.stepping import stepped
from proposals.similar import candidates as similar
from proposals.similar import words as similar_words
from proposals.stages import MOVES, Move, Stage, leads_to

#: How much of a reason stands beside a step of descent; the step of the road has it whole.
REASON_KEPT = 300


def submit(*, proposal_id: UUID, actor: Person, version: int | None = None, told: Told | None = None) -> Recommendation:
    """Send a draft to its village, or what was completed back to the level that returned it.

    A draft gets its number here. Without `version` whatever stands is sent; `told` is the word of a device that was without
    signal. Raises as `move` does; Invalid names every field that is still missing.
    """
    return move(proposal_id=proposal_id, name="submit", actor=actor, version=version, told=told)


@transaction.atomic
def move(
    *,
    proposal_id: UUID,
    name: str,
    actor: Person,
    version: int | None,
    reason_code: str = "",
    reason: str = "",
    responsible: str = "",
    volume: Decimal | float | str | None = None,
    amount: int | str | None = None,
    agency_id: int | None = None,
    target_id: UUID | None = None,
    by_run: bool = False,
    funded_amount: int | None = None,
    funding_source: str = "",
    refused_answers: Collection[str] = (),
    told: Told | None = None,
    recorded: Recorded | None = None,
) -> Recommendation:
    """Make a move and keep what this level said: text, volume and amount of the level are always filled.

    `version` is the one that was read (409 with what happened when another came between); None, for services that hold
    the row's lock already, takes what stands. `by_run`, `funded_amount` (whole rupiah) and `funding_source` belong to
    the publication of an allocation run; `refused_answers` names documents whose "not applicable" a return does not take;
    `told` says when a device without signal captured a submission, which then may arrive within the stage's grace;
    `recorded` who wrote down what `actor` decided.
    Raises Refusal (401, 403, 404), Conflict (409) and Invalid by field (400).
    """
    decider = rows.signed_in(actor)
    law = MOVES.get(name) if isinstance(name, str) else None
    if law is None or law.by_service:
        raise Invalid({"move": [_("There is no such move.")]})
    proposal, target = rows.locked_pair(proposal_id, target_id if law.needs_target else None)
    if law.in_window:
        # before anything of the year is read: what a policy reads later is then as the closing left it
        rows.hold_entrance(proposal.cycle_id) if proposal.stage == Stage.DRAFT else rows.hold_stage(proposal)
    if not (by_run and law.only_by_run):
        policy.has_a_say(decider, proposal, law).or_refuse()
    if version is not None:
        rows.same_version(proposal, version)
    capture = capturing.judged(proposal, law, told)
    is_late = (capture is not None and capture.is_late) or (recorded is not None and recorded.is_late)
    allowed = policy.may_move(decider, proposal, law, by_run=by_run, is_late=is_late).or_refuse()
    said = Said(
        reason_code=reason_code,
        reason=reason,
        responsible=responsible,
        volume=volume,
        amount=amount,
        agency_id=agency_id,
        target=target,
        target_id=target_id,
        funded_amount=funded_amount,
        funding_source=funding_source,
    ).checked(proposal, law)
    refused = answers.check_refused(proposal, law, refused_answers)
    step = _make(proposal, law, said, actor=decider, role=allowed.role, capture=capture, recorded=recorded)
    answers.refuse(refused, decider)
    return step


def _make(proposal: Proposal, law: Move, said: Said, *, actor: User, role: str, capture: Capture | None, recorded: Recorded | None) -> Recommendation:
    """Write one move: the row, the step of its history, its version, the journal, the live room."""
    before = versions.before(proposal)
    changed, step = carry_out(proposal, law, said, actor=actor, role=role)
    for name, value in capturing.kept(capture).items():
        setattr(step, name, value)
    proposal.save(update_fields=sorted(changed))
    step.save(force_insert=True)
    versions.record([version_of(step, before)])
    told = {**capturing.for_journal(capture), **(recorded.for_journal() if recorded else {})}
    audit.record_all([journal_of(proposal, step, told)])
    # nobody is told about a draft that was withdrawn: nobody has seen it
    if proposal.stage != Stage.DRAFT:
        live.announce(proposal.pk, "stage", told_of(proposal, step))
    if said.target is not None:
        _join(step, said.target)
    stepped([step])
    tasks.fold_when_many()
    if law.name == "submit":
        tasks.look_for_pairs([proposal.pk])
    return step


def _join(step: Recommendation, target: Proposal) -> None:
    """The proposal goes on in the one it joined: its supporters follow, and it counts the years of the older wish."""
    wait_longer(step.proposal, target)
    descend(
        [
            Lineage(
                parent=step.proposal,
                child=target,
                kind=Lineage.Kind.MERGED,
                reason=step.reason[:REASON_KEPT],
                by=step.actor,
                role=step.role,
                at=step.decided_at,
            )
        ]
    )


def version_of(step: Recommendation, before: versions.Before) -> versions.Change:
    """The step as a version of its proposal."""
    return versions.Change(step.proposal, before, f"proposals.move.{step.move}", step.actor, step.role)


def carry_out(proposal: Proposal, law: Move, said: Said, *, actor: User, role: str) -> tuple[set[str], Recommendation]:
    """Make the move on the loaded row: the names of its changed fields, and its step, neither written yet."""
    stage, outcome = proposal.stage, proposal.outcome
    proposal.changed_at = clock.now()
    changed = _arrive(proposal, law)
    changed |= said.upon(proposal)
    if law.name == "submit":
        changed |= _enter(proposal)
    proposal.version += 1
    step = Recommendation(
        proposal=proposal,
        move=law.name,
        stage=stage,
        outcome_before=outcome,
        stage_after=proposal.stage,
        outcome_after=proposal.outcome,
        reason_code=said.reason_code,
        reason=said.reason,
        responsible=said.responsible,
        volume=proposal.volume,
        unit=proposal.unit,
        amount=proposal.funded_amount if said.funded_amount is not None else proposal.amount,
        agency=proposal.agency,
        target=said.target,
        actor=actor,
        role=role,
        decided_at=proposal.changed_at,
        version=proposal.version,
    )
    return {*changed, "version", "changed_at"}, step


def _arrive(proposal: Proposal, law: Move) -> set[str]:
    """Put the proposal where the move leads. A rank belongs to the list of one stage and does not travel."""
    before = Stage(proposal.stage)
    after = leads_to(law, before, proposal.cycle.order(), proposal.channel)
    assert after is not None, "the policy has refused moves that lead nowhere"  # noqa: S101 - a broken rule must stop here
    proposal.stage, proposal.outcome = after, law.outcome
    if law.realisation is not None:
        proposal.realisation = law.realisation
    if after is not before:
        proposal.stage_entered_at = proposal.changed_at
        proposal.rank = None
    return {"stage", "outcome", "realisation", "stage_entered_at", "rank"}


def _enter(proposal: Proposal) -> set[str]:
    """A complete draft gets its number and its date; what was returned keeps them. Near likenesses are answered first."""
    if lacks := given.missing(proposal):
        raise Invalid(lacks, _("The proposal is not complete yet."))
    changed: set[str] = set()
    if not proposal.number:
        proposal.number = take_number(proposal.cycle_id)
        proposal.submitted_at = proposal.changed_at
        changed = {"number", "submitted_at"}
    # under the lock of the numbers, so that of two that are sent at once the second sees the first
    if waiting := similar.unanswered(proposal):
        raise similar_words.answer_first(waiting)
    return changed


def journal_of(proposal: Proposal, step: Recommendation, more: dict[str, Any] | None = None) -> AuditEntry:
    """The step as the journal keeps it, with what else is to be kept of it."""
    changes: dict[str, Any] = {
        "stage": [step.stage, step.stage_after],
        "outcome": [step.outcome_before, step.outcome_after],
        "version": step.version,
        "volume": step.volume,
        "amount": step.amount,
        "reason_code": step.reason_code,
        "responsible": step.responsible,
        "agency": step.agency_id,
        "target": step.target_id,
        "number": proposal.number,
        **(more or {}),
    }
    return audit.entry(
        actor=step.actor,
        role=step.role,
        action=f"proposals.move.{step.move}",
        subject=f"proposal:{proposal.pk}",
        region_code=proposal.village_id,
        changes={name: value for name, value in changes.items() if value not in (None, "")},
        reason=step.reason,
    )


def told_of(proposal: Proposal, step: Recommendation) -> dict[str, Any]:
    """The step as open pages hear it: facts only."""
    return {**rows.facts(proposal), "move": step.move}
