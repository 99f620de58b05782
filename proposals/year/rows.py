"""A plan year and its stages under lock, as every verb here begins; and what the journal keeps of a change."""

from typing import Any

from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from proposals.models import Cycle, StageWindow
from proposals.services.rows import signed_in
from proposals.year import policy


def locked_year(cycle_id: int, actor: Person) -> tuple[Cycle, User, str]:
    """The plan year under lock, the planner and the role; its stages follow it. Raises Refusal (401, 403), Missing."""
    planner = signed_in(actor)
    cycle = Cycle.objects.select_for_update(no_key=True).filter(pk=cycle_id).first()
    if cycle is None:
        raise Missing
    return cycle, planner, policy.may_plan(planner, cycle.region_id).or_refuse().role


def locked_windows(cycle: Cycle) -> list[StageWindow]:
    """All stages of the year in their order, under lock."""
    windows = list(StageWindow.objects.select_for_update(no_key=True).filter(cycle=cycle).order_by("position"))
    for window in windows:
        window.cycle = cycle
    return windows


def the_stage(windows: list[StageWindow], stage: str) -> StageWindow:
    """One of them. Raises Missing."""
    window = next((one for one in windows if one.stage == stage), None)
    if window is None:
        raise Missing(_("This plan year has no such stage."))
    return window


def same_version(row: Cycle | StageWindow, version: Any) -> None:
    """Raise Conflict where somebody changed the row after it was read."""
    if isinstance(version, bool) or not isinstance(version, int):
        raise Invalid({"version": [_("Send the version that you have read, a whole number.")]})
    if row.version != version:
        raise Conflict(_("Somebody changed this meanwhile. See what stands now before you save."), code="version")


def differing(row: Cycle | StageWindow, values: dict[str, Any]) -> dict[str, list[Any]]:
    """What would change: column, before and after."""
    return {name: [getattr(row, name), value] for name, value in values.items() if getattr(row, name) != value}


def record(who: tuple[User, str], cycle: Cycle, verb: str, changes: dict[str, Any], *, reason: str = "") -> None:
    """One entry in the journal of the kabupaten."""
    planner, role = who
    audit.record(
        actor=planner,
        role=role,
        action=f"proposals.{verb}",
        subject=f"cycle:{cycle.pk}",
        region_code=cycle.region_id,
        changes={"plan_year": cycle.plan_year, **changes},
        reason=reason,
    )
