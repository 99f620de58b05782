"""What the page of one change by hand shows, and what other pages show of them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from accounts.refusals import Allowed, Answer, Missing
from accounts.scope import Person
from budgeting import ledger, selectors
from budgeting.models import AllocationLine, AllocationRun, Override
from budgeting.overrides import policy, reading
from budgeting.overrides.consequences import broken_by
from budgeting.overrides.wording import signed
from budgeting.sentences import sentence
from frontend.forms.overriding import OverrideForm


def line_for(user: Person, run_id: UUID, proposal_id: UUID) -> AllocationLine:
    """A line of a run that this person may change. Raises Refusal: 401, 403, 404, 409."""
    run = selectors.run(user, run_id)
    policy.on_team(user, run).or_refuse()
    found = run.lines.select_related("proposal__village").defer("proposal__village__boundary", "proposal__village__outline")
    line = found.filter(proposal=proposal_id).first()
    if line is None:
        raise Missing
    line.run = run
    policy.may_sign(user, run, line.proposal).or_refuse()
    return line


def context_of(line: AllocationLine, form: OverrideForm | None = None) -> dict[str, Any]:
    """The line as the rule gave it, what is left of the ceiling, and the form."""
    change = reading.change_of(line.run)
    return {
        "run": line.run,
        "line": line,
        "sentence": sentence(line),
        "left": ledger.balance(line.run.ceiling) - change.spent,
        "standing": reading.in_force(line.run).get(line.proposal_id),
        "form": form or OverrideForm(line=line),
    }


@dataclass(frozen=True)
class Shown:
    """One override on the run's page, with its sentence and whether this person may withdraw it."""

    override: Override
    sentence: str
    may_withdraw: bool


@dataclass(frozen=True)
class Panel:
    """All overrides of a run: those in force, those withdrawn, and what the list comes to with them."""

    run: AllocationRun
    standing: list[Shown] = field(default_factory=list)
    withdrawn: list[Shown] = field(default_factory=list)
    spent: int = 0
    left: int = 0
    broken: list[str] = field(default_factory=list)
    may_sign: Answer = field(default_factory=Allowed)

    def of(self, proposal_id: UUID) -> Shown | None:
        """The one in force on a line."""
        return next((one for one in self.standing if one.override.proposal_id == proposal_id), None)


def panel_of(user: Person, run: AllocationRun) -> Panel:
    """Two queries; a third for the constraints where something was changed."""
    signed_on = list(reading.signed_on(run))
    keys = {one.proposal_id for one in signed_on}
    lines = {line.proposal_id: line for line in run.lines.filter(proposal__in=keys).order_by("rank")} if keys else {}
    shown = [_shown(user, run, one, lines[one.proposal_id]) for one in signed_on]
    standing = [one for one in shown if one.override.withdrawn_at is None]
    spent = run.spent + sum(one.override.amount - lines[one.override.proposal_id].amount for one in standing)
    return Panel(
        run=run,
        standing=standing,
        withdrawn=[one for one in shown if one.override.withdrawn_at is not None],
        spent=spent,
        left=run.budget - spent,
        broken=broken_by(run, {one.override.proposal_id: one.override for one in standing}) if standing else [],
        may_sign=policy.may_sign_some(user, run),
    )


def _shown(user: Person, run: AllocationRun, one: Override, line: AllocationLine) -> Shown:
    may = run.status == AllocationRun.Status.DRAFT and one.withdrawn_at is None and bool(policy.may_withdraw(user, run, one))
    return Shown(one, signed(one, line), may)
