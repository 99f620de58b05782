"""A stage of a plan year: changed, confirmed, added, taken out. Each verb journals what stood before and what stands now."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock, text
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from proposals.models import StageWindow
from proposals.stages import Stage
from proposals.year import policy, rules
from proposals.year.defaults import rules_for
from proposals.year.parts import in_use
from proposals.year.rows import differing, locked_windows, locked_year, record, same_version, the_stage

#: A cycle needs these: villages bring proposals, a budget decides, works follow.
NEEDED = (Stage.VILLAGE, Stage.BUDGET, Stage.WORKS, Stage.DONE)
_UNVERIFIED: dict[str, Any] = {"verified_by": None, "verified_at": None}


@transaction.atomic
def change_stage(*, actor: Person, cycle_id: int, stage: str, version: int, fields: Mapping[str, Any]) -> StageWindow:
    """Change a stage's window and rules, before and during the year: only the fields given (`rules.FIELDS`).

    What was confirmed is unverified again. The same again changes nothing. Raises Refusal (401, 403), Missing, Conflict (changed
    meanwhile, closed) and Invalid by field.
    """
    cycle, planner, role = locked_year(cycle_id, actor)
    windows = locked_windows(cycle)
    window = the_stage(windows, stage)
    policy.may_change(window).or_refuse()
    same_version(window, version)
    changes = differing(window, rules.read(fields))
    if not changes:
        return window
    for name, (_before, after) in changes.items():
        setattr(window, name, after)
    rules.check_dates(windows, window)
    _store(window, [*changes, *_taken_back(window)])
    record((planner, role), cycle, "stage.change", {"stage": stage, **changes})
    return window


@transaction.atomic
def confirm_stage(*, actor: Person, cycle_id: int, stage: str, version: int, legal_basis: str) -> StageWindow:
    """Say that a stage's dates and rules are the kabupaten's, resting on a decision. Raises as `change_stage`."""
    cycle, planner, role = locked_year(cycle_id, actor)
    window = the_stage(locked_windows(cycle), stage)
    basis = text.clean(legal_basis, field="legal_basis", max_length=300, min_length=5)
    if window.verified_at is not None and window.legal_basis == basis:
        return window
    same_version(window, version)
    before = window.legal_basis
    window.verified_by, window.verified_at, window.legal_basis = planner, clock.now(), basis
    _store(window, ["verified_by", "verified_at", "legal_basis"])
    record((planner, role), cycle, "stage.confirm", {"stage": stage, "legal_basis": [before, basis]})
    return window


@transaction.atomic
def add_stage(*, actor: Person, cycle_id: int, stage: str) -> StageWindow:
    """Use one more stage, in its place of the law's order, with the default rules and no dates. Raises as `change_stage`."""
    cycle, planner, role = locked_year(cycle_id, actor)
    windows = locked_windows(cycle)
    if stage not in [one.value for one in Stage if one is not Stage.DRAFT]:
        raise Invalid({"stage": [_("There is no such stage.")]})
    if any(window.stage == stage for window in windows):
        raise Conflict(_("This plan year has this stage already."), code="already_there")
    made = StageWindow(cycle=cycle, stage=stage, position=0, changed_at=clock.now(), **rules_for(Stage(stage)))
    ordered = sorted([*windows, made], key=lambda window: list(Stage).index(Stage(window.stage)))
    place = ordered.index(made) + 1
    _move_up(windows, place, by=1)
    made.position = place
    made.save(force_insert=True)
    record((planner, role), cycle, "stage.add", {"stage": stage, "position": place})
    return made


@transaction.atomic
def remove_stage(*, actor: Person, cycle_id: int, stage: str) -> None:
    """Take a stage out that nothing ever stood at. Raises as `change_stage`; Conflict where it is needed or was used."""
    cycle, planner, role = locked_year(cycle_id, actor)
    windows = locked_windows(cycle)
    window = the_stage(windows, stage)
    if window.stage in NEEDED:
        raise Conflict(_("Every plan year needs this stage."), code="stage_needed")
    if window.closed_at is not None or in_use(cycle, Stage(window.stage)):
        raise Conflict(_("This stage has been used: proposals or papers stand at it. It can be changed, not taken out."), code="stage_used")
    place = window.position
    window.delete()
    _move_up([one for one in windows if one is not window], place, by=-1)
    record((planner, role), cycle, "stage.remove", {"stage": stage, "position": place})


def _move_up(windows: list[StageWindow], place: int, *, by: int) -> None:
    """Make room at a place, or close the gap there: one row at a time, from the far end, so that no two share a place."""
    for window in sorted((one for one in windows if one.position >= place), key=lambda one: one.position, reverse=by > 0):
        window.position += by
        window.save(update_fields=["position"])


def _taken_back(window: StageWindow) -> list[str]:
    """What somebody confirmed was something else."""
    for name, value in _UNVERIFIED.items():
        setattr(window, name, value)
    return list(_UNVERIFIED)


def _store(window: StageWindow, names: list[str]) -> None:
    window.version += 1
    window.changed_at = clock.now()
    window.save(update_fields=[*names, "version", "changed_at"])
