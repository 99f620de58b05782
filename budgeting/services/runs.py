"""Asking for a run, and throwing one away."""

from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Refusal
from accounts.scope import Person
from budgeting import ledger, policy
from budgeting.models import AllocationRun, Ceiling
from budgeting.runs.freezing import freeze
from budgeting.runs.inputs import SOFTWARE, sha256_of
from budgeting.runs.wishes import Wish, wish
from budgeting.services.ceilings import locked_ceiling
from budgeting.sources import stage_of
from budgeting.tasks import LOOK_AGAIN, calculate, look_after


@transaction.atomic
def request_run(
    *,
    ceiling_id: int,
    rule: str,
    actor: Person,
    stage: str | None = None,
    options: dict[str, Any] | None = None,
    run_id: UUID | None = None,
) -> AllocationRun:
    """Freeze what waits under a published ceiling and queue its calculation.

    `options` as in `budgeting.runs.wishes`; `stage` defaults to the one where this money is decided. `run_id` is the asker's own UUID:
    the same request again is the same run. Raises Invalid by field, Refusal (401, 403, 404) and Conflict: the ceiling is not
    published, nothing is left of it, nothing waits, or the UUID is another run's.
    """
    ceiling = locked_ceiling(ceiling_id)
    allowed = policy.may_run(actor, ceiling).or_refuse()
    wished = _read(ceiling, rule, stage, options)
    if (same := _same(run_id, ceiling, wished, actor)) is not None:
        return same
    budget = ledger.balance(ceiling)
    if budget <= 0:
        raise Conflict(_("Nothing is left of this ceiling."), code="ceiling_spent")
    inputs = freeze(ceiling, wished, budget)
    if not inputs["proposals"]:
        raise Conflict(_("No proposal waits for this ceiling."), code="nothing_waits")
    run = _made(run_id, ceiling, wished, inputs, actor)
    _record(actor, allowed.role, "request", run, {"rule": rule, "budget": budget, "inputs_sha256": run.inputs_sha256})
    calculate.enqueue(str(run.pk))
    look_after.using(run_after=clock.now() + LOOK_AGAIN).enqueue(str(run.pk))
    return run


def _read(ceiling: Ceiling, rule: Any, stage: str | None, options: Any) -> Wish:
    if stage and stage != stage_of(ceiling.funding_source):
        raise Invalid({"stage": [_("Money of this source is not decided at this stage.")]})
    return wish(rule, options)


def _same(run_id: UUID | None, ceiling: Ceiling, wished: Wish, actor: Person) -> AllocationRun | None:
    kept = AllocationRun.objects.select_related("ceiling").filter(pk=run_id).first() if run_id else None
    if kept is None:
        return None
    if (kept.ceiling_id, kept.rule, kept.options, kept.requested_by_id) != (ceiling.pk, wished.rule, wished.options, actor.pk):
        raise _taken()
    return kept


def _taken() -> Conflict:
    return Conflict(_("Another run has this id already. Send a new one."), code="run_exists")


def _made(run_id: UUID | None, ceiling: Ceiling, wished: Wish, inputs: dict[str, Any], actor: Person) -> AllocationRun:
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    run = AllocationRun(
        id=run_id or uuid4(),
        ceiling=ceiling,
        stage=inputs["stage"],
        rule=wished.rule,
        options=wished.options,
        inputs=inputs,
        inputs_sha256=sha256_of(inputs),
        software_version=SOFTWARE,
        seed=inputs.get("seed", ""),
        ballot_id=inputs.get("ballot", {}).get("id"),
        meeting_id=inputs.get("order", {}).get("meeting") or inputs.get("scores", {}).get("meeting"),
        budget=inputs["budget"],
        total=len(inputs["proposals"]),
        requested_by=actor,
        requested_at=clock.now(),
    )
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError:
        raise _taken() from None
    return run


@transaction.atomic
def discard_run(*, run_id: UUID, actor: Person) -> AllocationRun:
    """Put away a run that will not be published. It stays readable for its team. Raises Refusal and Conflict."""
    run = locked_run(run_id)
    allowed = policy.may_discard_run(actor, run).or_refuse()
    run.status = AllocationRun.Status.DISCARDED
    run.save(update_fields=["status"])
    _record(actor, allowed.role, "discard", run, {})
    return run


def locked_run(run_id: UUID) -> AllocationRun:
    """The run's row under lock (its ceiling read, not locked), or 404."""
    run = AllocationRun.objects.select_for_update(of=("self",)).select_related("ceiling").filter(pk=run_id).first()
    if run is None:
        raise Refusal(_("This does not exist."), code="not_found", status=404)
    return run


def _record(actor: Person, role: str, verb: str, run: AllocationRun, changes: dict[str, Any]) -> None:
    audit.record(
        actor=actor,
        role=role,
        action=f"budgeting.run.{verb}",
        subject=f"run:{run.pk}",
        region_code=run.ceiling.region_id,
        changes={"ceiling": run.ceiling_id, **changes},
    )
