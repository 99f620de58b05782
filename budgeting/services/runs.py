"""Asking for a run, and throwing one away."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Refusal
from accounts.scope import Person
from budgeting import ledger, policy
from budgeting.models import AllocationRun, Ceiling
from budgeting.rules import ON_PROPOSALS
from budgeting.services.ceilings import locked_ceiling
from budgeting.snapshot import SOFTWARE, freeze, sha256_of
from budgeting.sources import stage_of
from budgeting.tasks import calculate


@transaction.atomic
def request_run(*, ceiling_id: int, rule: str, actor: Person, stage: str | None = None, options: dict[str, Any] | None = None) -> AllocationRun:
    """Freeze what waits under a published ceiling and queue its calculation.

    `stage` defaults to the one where this money is decided. Raises Invalid by field, Refusal (401, 403, 404) and Conflict:
    the ceiling is not published, nothing is left of it, or nothing waits.
    """
    ceiling = locked_ceiling(ceiling_id)
    allowed = policy.may_run(actor, ceiling).or_refuse()
    _check(ceiling, rule, stage, options)
    where = stage_of(ceiling.funding_source)
    budget = ledger.balance(ceiling)
    if budget <= 0:
        raise Conflict(_("Nothing is left of this ceiling."), code="ceiling_spent")
    inputs = freeze(ceiling, where, rule, options or {}, budget)
    if not inputs["proposals"]:
        raise Conflict(_("No proposal waits for this ceiling."), code="nothing_waits")
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    run = AllocationRun.objects.create(
        ceiling=ceiling,
        stage=where.value,
        rule=rule,
        options=options or {},
        inputs=inputs,
        inputs_sha256=sha256_of(inputs),
        software_version=SOFTWARE,
        budget=budget,
        total=len(inputs["proposals"]),
        requested_by=actor,
        requested_at=clock.now(),
    )
    _record(actor, allowed.role, "request", run, {"rule": rule, "budget": budget, "inputs_sha256": run.inputs_sha256})
    calculate.enqueue(str(run.pk))
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


def _check(ceiling: Ceiling, rule: Any, stage: str | None, options: Any) -> None:
    errors: dict[str, list[str]] = {}
    # Who supports what is nobody's business here: the frozen inputs hold counts, no names.
    if rule not in ON_PROPOSALS:
        errors["rule"] = [_("Choose one of these rules: %(rules)s.") % {"rules": ", ".join(ON_PROPOSALS)}]
    if stage and stage != stage_of(ceiling.funding_source):
        errors["stage"] = [_("Money of this source is not decided at this stage.")]
    if options:
        errors["options"] = [_("This rule has no options.")]
    if errors:
        raise Invalid(errors)


def _record(actor: Person, role: str, verb: str, run: AllocationRun, changes: dict[str, Any]) -> None:
    audit.record(
        actor=actor,
        role=role,
        action=f"budgeting.run.{verb}",
        subject=f"run:{run.pk}",
        region_code=run.ceiling.region_id,
        changes={"ceiling": run.ceiling_id, **changes},
    )
