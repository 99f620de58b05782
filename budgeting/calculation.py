"""Calculating a run from its frozen inputs, once; and again, to see that the same list comes out.

A run is claimed in a short transaction, calculated outside of any, and its whole result is written in one: nothing is half-written,
its progress is seen by everybody, and one whose process died is taken up by the next worker (docs/runs.md).
"""

import logging
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import audit, clock
from accounts.at_work import held
from budgeting.models import AllocationLine, AllocationRun
from budgeting.rules.max_welfare import NotProvedError
from budgeting.runs import result as results
from budgeting.runs.inputs import sha256_of
from budgeting.runs.progress import Progress

log = logging.getLogger(__name__)
Status = AllocationRun.Status
#: What became of a calculation that failed; the page has a sentence for each.
FORGED, NOT_PROVED, UNSOUND, UNEXPECTED, DIED = "forged", "not_proved", "unsound", "unexpected", "died"
WAITS = (Status.QUEUED, Status.RUNNING)


class ForgedError(ValueError):
    """The inputs are not those that were frozen."""


def perform_run(run_id: UUID) -> AllocationRun:
    """Calculate a run that waits, or that a process died over, and write its whole result; of several callers one does it.

    Called again, or while another calculates, it changes nothing. What cannot be calculated becomes `failed` with the reason.
    Call it outside of a transaction, or nobody sees its progress.
    """
    with held(run_id) as mine:
        run = _claimed(run_id) if mine else None
        if run is not None:
            _calculate(run)
    return AllocationRun.objects.select_related("ceiling").get(pk=run_id)


@transaction.atomic
def _claimed(run_id: UUID) -> AllocationRun | None:
    waiting = AllocationRun.objects.select_for_update(of=("self",)).select_related("ceiling").filter(pk=run_id, status__in=WAITS)
    run = waiting.first()
    if run is not None:
        run.status, run.started_at, run.step, run.done = Status.RUNNING, clock.now(), AllocationRun.Step.RULE, 0
        run.save(update_fields=["status", "started_at", "step", "done"])
    return run


def _calculate(run: AllocationRun) -> None:
    progress = Progress(run.pk)
    try:
        found = result_of(run, progress)
    except NotProvedError as error:
        fail(run.pk, NOT_PROVED, str(error))
    except ForgedError as error:
        fail(run.pk, FORGED, str(error))
    except (ValueError, KeyError, TypeError) as error:
        log.exception("run %s could not be calculated", run.pk)
        fail(run.pk, UNSOUND, str(error))
    except Exception:
        log.exception("run %s could not be calculated", run.pk)
        fail(run.pk, UNEXPECTED, "")
    else:
        progress.writing(len(found["lines"]))
        _keep(run.pk, found)


def result_of(run: AllocationRun, tell: results.Telling = results.to_nobody) -> dict[str, Any]:
    """What the frozen inputs give, as JSON. Raises ForgedError and ValueError where inputs or outcome are not sound."""
    if sha256_of(run.inputs) != run.inputs_sha256:
        raise ForgedError("the frozen inputs do not fit their SHA-256")
    return results.result_of(run.inputs, tell)


@transaction.atomic
def _keep(run_id: UUID, found: dict[str, Any]) -> None:
    """Lines, sums and status together, unless the run was put away meanwhile."""
    run = _waiting(run_id)
    if run is None:
        return
    known = {row["number"]: row for row in run.inputs["proposals"]}
    AllocationLine.objects.bulk_create([_line(run, told, known[told["number"]]) for told in found["lines"]], batch_size=1000)
    run.status, run.calculated_at, run.account = Status.DRAFT, clock.now(), found["account"]
    run.spent, run.done = found["spent"], len(found["lines"])
    run.save(update_fields=["status", "calculated_at", "account", "spent", "done"])
    _record(run)


@transaction.atomic
def fail(run_id: UUID, code: str, detail: str) -> None:
    """Say that and why it cannot be calculated: a code of this module, and what the rule said."""
    run = _waiting(run_id)
    if run is not None:
        run.status, run.failure = Status.FAILED, f"{code}: {detail}".strip(": ")
        run.save(update_fields=["status", "failure"])
        _record(run)


def _waiting(run_id: UUID) -> AllocationRun | None:
    rows = AllocationRun.objects.select_for_update(of=("self",)).select_related("ceiling")
    return rows.filter(pk=run_id, status__in=WAITS).first()


def _record(run: AllocationRun) -> None:
    audit.record(
        actor=None,
        action="budgeting.run.calculate",
        subject=f"run:{run.pk}",
        region_code=run.ceiling.region_id,
        changes={"status": run.status, "spent": run.spent, "inputs_sha256": run.inputs_sha256},
    )


def _line(run: AllocationRun, told: dict[str, Any], row: dict[str, Any]) -> AllocationLine:
    return AllocationLine(
        run=run,
        proposal_id=UUID(row["id"]),
        rank=told["rank"],
        verdict=told["verdict"],
        cost=told["cost"],
        amount=told["amount"],
        supports=told["supports"],
        reason_code=told["reason"],
        facts=told["facts"],
    )


def replay(run: AllocationRun) -> list[str]:
    """Calculate again and name every difference from the kept lines; empty when the same list comes out."""
    if run.status not in (Status.DRAFT, Status.PUBLISHED):
        return [f"the run has no result: {run.status}"]
    try:
        again = result_of(run)
    except (ValueError, KeyError, TypeError) as error:
        return [str(error)]
    return results.differences(kept_of(run), again)


def kept_of(run: AllocationRun) -> dict[str, Any]:
    """The kept result of a run, in the shape in which it is calculated. One query."""
    fields = ("rank", "proposal_id", "verdict", "cost", "amount", "supports", "reason_code", "facts")
    numbers = {row["id"]: row["number"] for row in run.inputs["proposals"]}
    names = ("rank", "number", "verdict", "cost", "amount", "supports", "reason", "facts")
    rows = run.lines.order_by("rank", "id").values_list(*fields)
    lines = [dict(zip(names, (row[0], numbers[str(row[1])], *row[2:]), strict=True)) for row in rows]
    told = {"inputs_sha256": run.inputs_sha256, "software": run.software_version, "rule": run.rule, "budget": run.budget, "spent": run.spent}
    return {**results.headed(run.inputs), **told, "lines": lines, "account": run.account}
