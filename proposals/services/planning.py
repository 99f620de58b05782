"""Opening a kabupaten's plan year: its stages in its own order, each with its window."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from accounts import audit, clock, scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Conflict, Denied, Invalid
from accounts.roles import Role
from accounts.scope import Person
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle, StageWindow
from proposals.services import requirements, rows
from proposals.stages import Stage

#: A cycle needs these: villages bring proposals, a budget decides, works follow.
_NEEDED = (Stage.VILLAGE, Stage.BUDGET, Stage.WORKS, Stage.DONE)
_YEARS = range(2000, 2101)


@dataclass(frozen=True)
class Window:
    """A stage with its first and its last day; None leaves that side open."""

    stage: Stage
    first_day: date | None = None
    last_day: date | None = None
    name: str = ""


def may_plan(user: Person, region_code: str) -> Answer:
    """The planner of the kabupaten opens its plan years."""
    if scope.has_role(user, Role.PLANNER, region_code):
        return Allowed(Role.PLANNER.value)
    return Denied(_("A plan year is opened by the planner (Bappeda) of this kabupaten."))


@transaction.atomic
def open_plan_year(
    *, actor: Person, region_code: str, plan_year: int, windows: Sequence[Window], legal_basis: str, citizens_may_propose: bool = True
) -> Cycle:
    """Make the cycle with its windows; support may be given from the first window's first day to the budget's last.

    What it asks for is copied from the year before, or the defaults; unverified until the planner confirms it.

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
            "support_opens_at": _morning(windows[0].first_day),
            "support_closes_at": _evening(next(window.last_day for window in windows if window.stage is Stage.BUDGET)),
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
            opens_at=_morning(window.first_day),
            closes_at=_evening(window.last_day),
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
    if missing := [stage.value for stage in _NEEDED if stage not in stages]:
        return {"windows": [_("These stages are needed: %(stages)s.") % {"stages": ", ".join(missing)}]}
    if [window for window in windows if window.first_day and window.last_day and window.last_day < window.first_day]:
        return {"windows": [_("A window ends on or after its first day.")]}
    return {}


def _morning(day: date | None) -> datetime | None:
    return make_aware(datetime.combine(day, time())) if day else None


def _evening(day: date | None) -> datetime | None:
    """Midnight after the last day: input is taken until that day is over."""
    return make_aware(datetime.combine(day + timedelta(days=1), time())) if day else None
