"""Opening a kabupaten's plan year: its stages in its own order, each with its window."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle, StageWindow
from proposals.services import requirements, rows
from proposals.stages import Stage
from proposals.year.days import evening, morning
from proposals.year.defaults import rules_for
from proposals.year.policy import may_plan
from proposals.year.stages import NEEDED

_YEARS = range(2000, 2101)


@dataclass(frozen=True)
class Window:
    """A stage with its first and its last day; None leaves that side open."""

    stage: Stage
    first_day: date | None = None
    last_day: date | None = None
    name: str = ""


@transaction.atomic
def open_plan_year(
    *, actor: Person, region_code: str, plan_year: int, windows: Sequence[Window], legal_basis: str, citizens_may_propose: bool = True
) -> Cycle:
    """Make the cycle with its windows; support may be given from the first window's first day to the budget's last.

    What it asks for is copied from the year before, or the defaults, and its stages begin with the default rules; unverified
    until the planner confirms them. To copy a whole year: `proposals.year.copying.begin_year`.

    Raises Refusal (401, 403), Invalid by field, and Conflict where the year is open already.
    """
    planner: User = rows.signed_in(actor)
    allowed = may_plan(planner, region_code).or_refuse()
    _check(region_code, plan_year, windows, legal_basis)
    cycle, is_new = Cycle.objects.get_or_create(
        region_id=region_code,
        plan_year=plan_year,
        defaults={
            "legal_basis": legal_basis.strip(),
            "verified_by": planner,
            "verified_at": clock.now(),
            "citizens_may_propose": citizens_may_propose,
            "support_opens_at": morning(windows[0].first_day),
            "support_closes_at": evening(next(window.last_day for window in windows if window.stage is Stage.BUDGET)),
        },
    )
    if not is_new:
        raise Conflict(_("The plan year %(year)s is open already.") % {"year": plan_year}, code="already_open")
    StageWindow.objects.bulk_create(
        StageWindow(
            cycle=cycle,
            stage=window.stage,
            position=position,
            name=window.name,
            opens_at=morning(window.first_day),
            closes_at=evening(window.last_day),
            changed_at=clock.now(),
            **rules_for(window.stage),
        )
        for position, window in enumerate(windows, start=1)
    )
    requirements.give(cycle)
    audit.record(
        actor=planner,
        role=allowed.role,
        action="proposals.cycle.open",
        subject=f"cycle:{cycle.pk}",
        region_code=region_code,
        changes={"plan_year": plan_year, "stages": {window.stage: [window.first_day, window.last_day] for window in windows}, "basis": legal_basis},
    )
    return cycle


def _check(region_code: str, plan_year: int, windows: Sequence[Window], legal_basis: str) -> None:
    errors: dict[str, list[str]] = {}
    if not Region.objects.in_force().at(Level.DISTRICT).filter(pk=region_code).exists():
        errors["region"] = [_("There is no kabupaten or kota with this code.")]
    if plan_year not in _YEARS:
        errors["plan_year"] = [_("Write the plan year as a year, for example 2028.")]
    if not legal_basis.strip():
        errors["legal_basis"] = [_("Name the decision that these dates rest on.")]
    errors |= _check_windows(windows)
    if errors:
        raise Invalid(errors)


def _check_windows(windows: Sequence[Window]) -> dict[str, list[str]]:
    stages = [window.stage for window in windows]
    if len(set(stages)) != len(stages) or Stage.DRAFT in stages:
        return {"windows": [_("Each stage stands once, and a draft is no stage.")]}
    if stages != sorted(stages, key=list(Stage).index):
        return {"windows": [_("The stages stand in the order village, sub-district, agency, district, budget, works, done.")]}
    if missing := [stage.value for stage in NEEDED if stage not in stages]:
        return {"windows": [_("These stages are needed: %(stages)s.") % {"stages": ", ".join(missing)}]}
    if [window for window in windows if window.first_day and window.last_day and window.last_day < window.first_day]:
        return {"windows": [_("A window ends on or after its first day.")]}
    return {}
