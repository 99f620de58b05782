"""What a published allocation run does to its proposals: many moves in a constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from accounts import audit
from accounts.models import User
from proposals import live, policy, tasks
from proposals.models import Proposal, Recommendation
from proposals.services import versions
from proposals.services.decisions import carry_out, journal_of, told_of, version_of
from proposals.services.said import Said
from proposals.services.stepping import stepped
from proposals.stages import MOVES

_AT_ONCE = 500


@dataclass(frozen=True)
class Verdict:
    """What the run decided about one proposal: `fund` with its amount in whole rupiah, or `not_fund`; the sentence why."""

    proposal_id: UUID
    move: str
    reason: str
    funded_amount: int | None = None
    funding_source: str = ""


def move_by_run(*, verdicts: Sequence[Verdict], actor: User) -> list[Recommendation]:
    """Move every proposal as the run says, all or none; inside the transaction that publishes it.

    Locks the proposals in the order of their keys. Raises Refusal, Conflict and Invalid as `move` does, for the first
    proposal that cannot be moved.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a run's moves belong into the transaction that publishes it")
    proposals = _locked([verdict.proposal_id for verdict in verdicts])
    changed: set[str] = set()
    steps = []
    stood = {key: versions.before(proposal) for key, proposal in proposals.items()}
    for verdict in sorted(verdicts, key=lambda one: one.proposal_id):
        names, step = _moved(proposals[verdict.proposal_id], verdict, actor)
        changed |= names
        steps.append(step)
    if steps:
        _write(list(proposals.values()), changed, steps, stood)
    return steps


def _locked(keys: Sequence[UUID]) -> dict[UUID, Proposal]:
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True).select_related("cycle", "agency").prefetch_related("cycle__windows")
    return {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}


def _moved(proposal: Proposal, verdict: Verdict, actor: User) -> tuple[set[str], Recommendation]:
    law = MOVES[verdict.move]
    allowed = policy.may_move(actor, proposal, law, by_run=True).or_refuse()
    said = Said(reason=verdict.reason, funded_amount=verdict.funded_amount, funding_source=verdict.funding_source).checked(proposal, law)
    return carry_out(proposal, law, said, actor=actor, role=allowed.role)


def _write(proposals: list[Proposal], changed: set[str], steps: list[Recommendation], stood: dict[UUID, versions.Before]) -> None:
    Proposal.objects.bulk_update(proposals, sorted(changed), batch_size=_AT_ONCE)
    Recommendation.objects.bulk_create(steps, batch_size=_AT_ONCE)
    versions.record(version_of(step, stood[step.proposal_id]) for step in steps)
    audit.record_all([journal_of(step.proposal, step) for step in steps])
    live.announce_each("stage", {step.proposal_id: told_of(step.proposal, step) for step in steps})
    stepped(steps)
    tasks.fold_when_many()
