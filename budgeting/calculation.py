"""Calculating a run from its frozen inputs, once; and again, to see that the same list comes out."""

import logging
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import audit, clock
from budgeting.models import AllocationLine, AllocationRun
from budgeting.rules import RULES
from budgeting.rules.problem import Line
from budgeting.snapshot import problem_of, sha256_of

log = logging.getLogger(__name__)
Status = AllocationRun.Status


@transaction.atomic
def perform_run(run_id: UUID) -> AllocationRun:
    """Calculate a queued run and write its whole result in one transaction; of several callers one does it.

    Called again, or while another calculates, it changes nothing. A process that dies leaves the run queued. What cannot be
    calculated becomes `failed` with the reason.
    """
    queued = AllocationRun.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=run_id, status=Status.QUEUED)
    run = queued.select_related("ceiling").first()
    if run is None:
        return AllocationRun.objects.select_related("ceiling").get(pk=run_id)
    try:
        with transaction.atomic():
            _calculate(run)
    except (ValueError, KeyError) as error:
        log.exception("run %s could not be calculated", run.pk)
        run.status, run.failure = Status.FAILED, str(error)
        run.save(update_fields=["status", "failure"])
    audit.record(
        actor=None,
        action="budgeting.run.calculate",
        subject=f"run:{run.pk}",
        region_code=run.ceiling.region_id,
        changes={"status": run.status, "spent": run.spent, "inputs_sha256": run.inputs_sha256},
    )
    return run


def _calculate(run: AllocationRun) -> None:
    lines = result_of(run)
    AllocationLine.objects.bulk_create(lines, batch_size=1000)
    run.status, run.calculated_at = Status.DRAFT, clock.now()
    run.spent, run.done = sum(line.amount for line in lines), len(lines)
    run.save(update_fields=["status", "calculated_at", "spent", "done"])


def result_of(run: AllocationRun) -> list[AllocationLine]:
    """The lines that the frozen inputs give, not saved. Raises ValueError where inputs or outcome are not sound."""
    if sha256_of(run.inputs) != run.inputs_sha256:
        raise ValueError("the frozen inputs do not fit their SHA-256")
    problem = problem_of(run.inputs)
    outcome = RULES[run.inputs["rule"]](problem)
    problem.check(outcome)
    known = {row["number"]: row for row in run.inputs["proposals"]}
    return [_line(run, line, known[line.project]) for line in outcome.lines]


def _line(run: AllocationRun, line: Line, row: dict[str, Any]) -> AllocationLine:
    return AllocationLine(
        run=run,
        proposal_id=UUID(row["id"]),
        rank=line.rank,
        verdict=line.verdict.value,
        cost=line.cost,
        amount=line.amount,
        supports=row["supports"],
        reason_code=line.reason.value,
        facts=dict(line.facts),
    )


def replay(run: AllocationRun) -> list[str]:
    """Calculate again and name every difference from the kept lines; empty when the same list comes out."""
    fields = ("rank", "proposal_id", "verdict", "cost", "amount", "supports", "reason_code", "facts")
    if run.status not in (Status.DRAFT, Status.PUBLISHED):
        return [f"the run has no result: {run.status}"]
    try:
        again = [tuple(getattr(line, field) for field in fields) for line in result_of(run)]
    except (ValueError, KeyError) as error:
        return [str(error)]
    kept = list(run.lines.order_by("rank").values_list(*fields))
    differences = [f"rank {new[0]}: {new} instead of {old}" for new, old in zip(again, kept, strict=False) if new != old]
    if len(again) != len(kept):
        differences.append(f"{len(again)} lines instead of {len(kept)}")
    if run.spent != sum(line[4] for line in again):
        differences.append(f"spent is {run.spent}")
    return differences
