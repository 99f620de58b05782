"""Publishing a run: money is committed, every proposal moves and every village is answered, all together or not at all."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import User
from accounts.refusals import Conflict
from accounts.scope import Person
from budgeting import ledger, policy
from budgeting.answers.writing import answer_all
from budgeting.models import AllocationRun, FundedWork, LedgerEntry
from budgeting.overrides.reading import Decided, decided
from budgeting.overrides.wording import decided_sentence
from budgeting.services.ceilings import locked_ceiling
from budgeting.services.runs import locked_run
from budgeting.works.opening import open_works
from proposals import live
from proposals.models import Proposal
from proposals.money import rupiah
from proposals.services import Verdict, move_by_run
from proposals.stages import Stage

_NAMED_AT_MOST = 5


@transaction.atomic
def publish_run(*, run_id: UUID, actor: Person, seen: Collection[str] | None = None) -> AllocationRun:
    """Commit the money of a draft run, move its proposals and answer every village; a second person does it.

    What counts is each line with the override in force on it; who signed one of those does not publish. `seen` names the overrides
    in force when the list was read: nobody approves a line that was turned after that.

    Locks the run, then its ceiling, then all its proposals in the order of their keys. Raises Refusal (401, 403, 404) and
    Conflict: not a draft any more, changed by hand since it was read, the ceiling no longer covers it, or a proposal moved or was
    found in another line of the budget since the inputs were frozen.
    """
    run = locked_run(run_id)
    run.ceiling = locked_ceiling(run.ceiling_id)
    allowed = policy.may_publish_run(actor, run).or_refuse()
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    lines = decided(run)
    _as_it_was_read(lines, seen)
    _still_stands(run)
    _still_covered(run, sum(one.amount for one in lines))
    _commit(run, lines, actor)
    run.status, run.published_by, run.published_at = AllocationRun.Status.PUBLISHED, actor, clock.now()
    run.save(update_fields=["status", "published_by", "published_at"])
    _move_all(run, lines, actor)
    open_works(run=run, given={one.line.proposal_id: one.amount for one in lines if one.is_funded}, actor=actor)
    answer_all(run, lines, actor)
    audit.record(
        actor=actor,
        role=allowed.role,
        action="budgeting.run.publish",
        subject=f"run:{run.pk}",
        region_code=run.ceiling.region_id,
        changes=_changes(run, lines),
    )
    _tell(run, lines)
    return run


def _as_it_was_read(lines: Sequence[Decided], seen: Collection[str] | None) -> None:
    if seen is not None and set(seen) != {str(one.override.pk) for one in lines if one.override}:
        sentence = _("A line of this list was changed by hand after you read it. Read the list again before you approve it.")
        raise Conflict(sentence, code="changed_by_hand")


def _still_stands(run: AllocationRun) -> None:
    """Every proposal where it stood when the inputs were frozen, with the same text and amount, and paid by no other line; locks them all."""
    frozen = {UUID(row["id"]): row for row in run.inputs["proposals"]}
    rows = list(Proposal.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=frozen).order_by("pk"))
    # asked once they are locked: whoever finds a proposal in the budget locks it first
    paid = set(FundedWork.objects.filter(proposal__in=frozen).values_list("proposal_id", flat=True))
    moved = [
        proposal.address
        for proposal in rows
        if proposal.pk in paid
        or (proposal.stage, proposal.outcome, proposal.version, proposal.amount)
        != (run.stage, frozen[proposal.pk]["outcome"], frozen[proposal.pk]["version"], frozen[proposal.pk]["amount"])
    ]
    if moved:
        names = ", ".join(moved[:_NAMED_AT_MOST]) + (" …" if len(moved) > _NAMED_AT_MOST else "")
        sentence = _("Changed since this run was calculated: %(proposals)s. Discard the run and calculate again.")
        raise Conflict(sentence % {"proposals": names}, code="proposals_moved")


def _still_covered(run: AllocationRun, needed: int) -> None:
    left = ledger.balance(run.ceiling)
    if needed > left:
        sentence = _("The ceiling no longer covers this run: %(left)s is left and %(spent)s is needed.")
        raise Conflict(sentence % {"left": rupiah(left), "spent": rupiah(needed)}, code="ceiling_overdrawn")


def _changes(run: AllocationRun, lines: Sequence[Decided]) -> dict[str, int]:
    return {
        "ceiling": run.ceiling_id,
        "spent": sum(one.amount for one in lines),
        "funded": sum(one.is_funded for one in lines),
        "lines": len(lines),
        "overrides": sum(one.override is not None for one in lines),
    }


def _commit(run: AllocationRun, lines: Sequence[Decided], actor: User) -> None:
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            ceiling=run.ceiling,
            kind=LedgerEntry.Kind.COMMIT,
            amount=one.amount,
            proposal_id=one.line.proposal_id,
            run=run,
            actor=actor,
            at=clock.now(),
        )
        for one in lines
        if one.is_funded
    )


def _move_all(run: AllocationRun, lines: Sequence[Decided], actor: User) -> None:
    """Unfunded proposals of a village's own money stay open: the line goes on to the sub-district."""
    # What is kept for good is kept in the language of the state.
    with translation.override(settings.LANGUAGE_CODE):
        move_by_run(verdicts=[_verdict(run, one) for one in lines if one.is_funded or run.stage == Stage.BUDGET], actor=actor)


def _verdict(run: AllocationRun, one: Decided) -> Verdict:
    said = decided_sentence(one)
    if not one.is_funded:
        return Verdict(one.line.proposal_id, "not_fund", said)
    return Verdict(one.line.proposal_id, "fund", said, funded_amount=one.amount, funding_source=run.ceiling.funding_source)


def _tell(run: AllocationRun, lines: Sequence[Decided]) -> None:
    facts = {one.line.proposal_id: {"run": str(run.pk), "verdict": one.verdict, "rank": one.line.rank, "amount": one.amount} for one in lines}
    live.announce_each("run", facts)
