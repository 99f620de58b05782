"""A plan year as a whole: its own rules changed and confirmed, and when its ceilings were published."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock, text
from accounts.refusals import Invalid
from accounts.scope import Person
from geo import codes
from geo.codes import Level
from proposals.models import Cycle
from proposals.year import days, values
from proposals.year.rows import differing, locked_year, record, same_version

FIELDS = (
    "legal_basis", "citizens_may_propose", "support_first_day", "support_last_day", "measure_tolerance_percent", "duplicate_radius_m",
    "answer_days", "answer_basis",
)  # fmt: skip
_NUMBERS = {"measure_tolerance_percent": (1, 100), "duplicate_radius_m": (1, 5000), "answer_days": (1, 365)}


@transaction.atomic
def change_year(*, actor: Person, cycle_id: int, version: int, fields: Mapping[str, Any]) -> Cycle:
    """Change what holds for the whole year: only the fields given. What was confirmed is unverified again.

    Raises Refusal (401, 403), Missing, Conflict (changed meanwhile) and Invalid by field.
    """
    cycle, planner, role = locked_year(cycle_id, actor)
    same_version(cycle, version)
    changes = differing(cycle, values.each_of(fields, FIELDS, _one))
    if not changes:
        return cycle
    for name, (_before, after) in changes.items():
        setattr(cycle, name, after)
    if cycle.support_opens_at and cycle.support_closes_at and cycle.support_closes_at <= cycle.support_opens_at:
        raise Invalid({"support_last_day": [_("A window ends on or after its first day.")]})
    cycle.verified_by = cycle.verified_at = None
    _store(cycle, [*changes, "verified_by", "verified_at"])
    record((planner, role), cycle, "cycle.change", changes)
    return cycle


@transaction.atomic
def confirm_year(*, actor: Person, cycle_id: int, version: int, legal_basis: str) -> Cycle:
    """Say that the year's own rules are the kabupaten's, resting on a decision; its stages are confirmed one by one. Raises as above."""
    cycle, planner, role = locked_year(cycle_id, actor)
    basis = text.clean(legal_basis, field="legal_basis", max_length=300, min_length=5)
    if cycle.verified_at is not None and cycle.legal_basis == basis:
        return cycle
    same_version(cycle, version)
    before = cycle.legal_basis
    cycle.verified_by, cycle.verified_at, cycle.legal_basis = planner, clock.now(), basis
    _store(cycle, ["verified_by", "verified_at", "legal_basis"])
    record((planner, role), cycle, "cycle.confirm", {"legal_basis": [before, basis]})
    return cycle


def ceilings_published(*, region_code: str, plan_year: int) -> bool:
    """The first ceiling of a kabupaten's year is published: stages that need it may open. True where it was the first.

    Called by the publication, in its transaction; the publication is journalled there.
    """
    district = codes.ancestor(region_code, Level.DISTRICT)
    first = Cycle.objects.filter(region_id=district, plan_year=plan_year, ceilings_published_at__isnull=True)
    return first.update(ceilings_published_at=clock.now()) > 0


def _one(name: str, value: Any) -> dict[str, Any]:
    if name == "legal_basis":
        return {name: text.clean(value, field=name, max_length=300, min_length=1)}
    if name == "answer_basis":
        return {name: text.clean(value, field=name, max_length=300)}
    if name == "citizens_may_propose":
        return {name: values.yes(value, name)}
    if name in _NUMBERS:
        return {name: _number(value, name)}
    found = values.day(value, name)
    return {"support_opens_at": days.morning(found)} if name == "support_first_day" else {"support_closes_at": days.evening(found)}


def _number(value: Any, name: str) -> int:
    least, greatest = _NUMBERS[name]
    written = values.within(value, least, greatest)
    if written is None:
        raise Invalid({name: [_("Write a whole number from %(least)d to %(greatest)d.") % {"least": least, "greatest": greatest}]})
    return written


def _store(cycle: Cycle, names: list[str]) -> None:
    cycle.version += 1
    cycle.save(update_fields=[*names, "version"])
