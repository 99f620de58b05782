"""Whose authority a work is: the planner sets it by work or by sector, confirms defaults, and takes it along into a new year."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit, clock, text
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from budgeting.models import AuthorityRule
from budgeting.models.route import BASIS_LONGEST
from budgeting.routes import policy
from budgeting.routes.defaults import BY_SECTOR
from budgeting.routes.words import Authority
from proposals.models import Cycle, DictionaryEntry
from proposals.services.rows import signed_in
from proposals.words import Sector
from proposals.year.parts import YearPart

_COPIED = ("sector", "work_code", "authority", "on_menu", "legal_basis")


@transaction.atomic
def set_authority(
    *,
    actor: Person,
    cycle_id: int,
    authority: Any,
    work_code: Any = "",
    sector: Any = "",
    on_menu: bool = False,
    legal_basis: Any = "",
    version: int | None = None,
) -> tuple[AuthorityRule, bool]:
    """Say whose authority a work of the dictionary is (`work_code`), or a whole sector: `(the rule, whether something changed)`.

    Whoever says it has verified it, and names what it rests on. `version` is the one that was read, None for a new rule.
    Raises Refusal (401, 403, 404), Conflict where somebody changed it meanwhile, Invalid by field.
    """
    planner = signed_in(actor)
    cycle, role = held(planner, cycle_id)
    code = _code(work_code)
    values = read(works_of(cycle, code) if code else {}, work_code=code, sector=sector, authority=authority, on_menu=on_menu, legal_basis=legal_basis)
    kept = AuthorityRule.objects.filter(cycle=cycle, **key_of(values)).first()
    if kept is not None and _was_not_read(kept, values, version):
        raise Conflict(_("Someone changed this authority meanwhile. See what changed before you save."), code="version")
    rule, changes = put(cycle, kept, values, planner)
    if changes:
        record(planner, role, cycle, "set", {"of": values["work_code"] or values["sector"], **changes})
    return rule, bool(changes)


def _was_not_read(kept: AuthorityRule, values: dict[str, Any], version: int | None) -> bool:
    """Whether it is another rule than was read; where none was read, a default may be set, not what a planner has verified otherwise."""
    if version is not None:
        return kept.version != version
    return kept.verified_at is not None and any(getattr(kept, name) != value for name, value in values.items())


@transaction.atomic
def drop_authority(*, actor: Person, cycle_id: int, pk: int) -> bool:
    """Take a rule out; a work then follows its sector. False where it was not there. Raises Refusal (401, 403, 404)."""
    planner = signed_in(actor)
    cycle, role = held(planner, cycle_id)
    rule = AuthorityRule.objects.filter(cycle=cycle, pk=pk).first()
    if rule is None:
        return False
    rule.delete()
    record(planner, role, cycle, "drop", {"of": rule.work_code or rule.sector, "authority": [rule.authority, None]})
    return True


@transaction.atomic
def confirm_authorities(*, actor: Person, cycle_id: int) -> int:
    """Say of every unverified rule that it is the kabupaten's own: how many there were. Raises Refusal (401, 403, 404)."""
    planner = signed_in(actor)
    cycle, role = held(planner, cycle_id)
    unverified = AuthorityRule.objects.filter(cycle=cycle, verified_at__isnull=True)
    confirmed = unverified.update(verified_by=planner, verified_at=clock.now())
    if confirmed:
        record(planner, role, cycle, "confirm", {"rows": confirmed})
    return confirmed


@transaction.atomic
def begin_with_defaults(*, actor: Person, cycle_id: int) -> int:
    """Give every sector that has no rule its default, unverified: how many were added. Raises Refusal (401, 403, 404)."""
    planner = signed_in(actor)
    cycle, role = held(planner, cycle_id)
    added = give_defaults(cycle)
    if added:
        record(planner, role, cycle, "defaults", {"rows": added})
    return added


def give_defaults(cycle: Cycle) -> int:
    """The defaults of the sectors that have no rule yet, unverified; how many were added. The caller gives the transaction."""
    known = set(AuthorityRule.objects.filter(cycle=cycle, work_code="").values_list("sector", flat=True))
    missing = [(sector, authority) for sector, authority in BY_SECTOR.items() if sector not in known]
    made = [AuthorityRule(cycle=cycle, sector=sector, authority=authority, changed_at=clock.now()) for sector, authority in missing]
    return len(AuthorityRule.objects.bulk_create(made))


def allowed(planner: User, cycle_id: int) -> None:
    """Raises Refusal (403, 404) where this person changes no authorities of the plan year; nothing is locked."""
    cycle = Cycle.objects.filter(pk=cycle_id).first()
    if cycle is None:
        raise Missing
    policy.may_set_authority(planner, cycle.region_id).or_refuse()


def held(planner: User, cycle_id: int) -> tuple[Cycle, str]:
    """The plan year under lock, and the role that may change its authorities."""
    cycle = Cycle.objects.select_for_update(no_key=True).filter(pk=cycle_id).first()
    if cycle is None:
        raise Missing
    return cycle, policy.may_set_authority(planner, cycle.region_id).or_refuse().role


def works_of(cycle: Cycle, code: str = "") -> dict[str, DictionaryEntry]:
    """The year's works by their codes, or the one with this code; one query."""
    found = DictionaryEntry.objects.filter(cycle=cycle).only("cycle_id", "code", "name", "sector")
    return {entry.code: entry for entry in (found.filter(code=code) if code else found)}


def read(works: Mapping[str, DictionaryEntry], *, work_code: Any, sector: Any, authority: Any, on_menu: Any, legal_basis: Any) -> dict[str, Any]:
    """What was sent, as it will be stored; of a work the sector is the dictionary's. Raises Invalid by field."""
    errors: dict[str, list[str]] = {}
    code = _code(work_code)
    entry = works.get(code)
    if code and entry is None:
        errors["work_code"] = [_("The dictionary of this plan year has no work with this code.")]
    if not code and sector not in Sector.values:
        errors["sector"] = [_("Choose a sector, or a work of the dictionary.")]
    if authority not in Authority.values:
        errors["authority"] = [_("Choose one of the list.")]
    elif on_menu and authority != Authority.DISTRICT:
        errors["on_menu"] = [_("DAK pays for what is the kabupaten's authority: only such works stand on its menu.")]
    try:
        basis = text.clean(legal_basis, field="legal_basis", max_length=BASIS_LONGEST, min_length=3)
    except Invalid as wrong:
        errors |= wrong.fields or {}
        basis = ""
    if errors:
        raise Invalid(errors)
    of = entry.sector if entry else str(sector)
    return {"work_code": code, "sector": of, "authority": str(authority), "on_menu": bool(on_menu), "legal_basis": basis}


def _code(sent: Any) -> str:
    """A code as it may stand in the database."""
    return sent.replace("\0", "").strip() if isinstance(sent, str) else ""


def key_of(values: dict[str, Any]) -> dict[str, Any]:
    """What a rule is found by: the work's code, or the sector of a rule for all of it."""
    return {"work_code": values["work_code"]} if values["work_code"] else {"work_code": "", "sector": values["sector"]}


def put(cycle: Cycle, kept: AuthorityRule | None, values: dict[str, Any], planner: User) -> tuple[AuthorityRule, dict[str, Any]]:
    """Write the rule where it says something else or was unverified: `(the rule, before and after by field)`."""
    rule = kept or AuthorityRule(cycle=cycle, version=0)
    changes = {name: [getattr(kept, name) if kept else None, value] for name, value in values.items() if not kept or getattr(kept, name) != value}
    if kept is not None and not changes and kept.verified_at is not None:
        return kept, {}
    for name, value in values.items():
        setattr(rule, name, value)
    rule.verified_by, rule.verified_at, rule.changed_at = planner, clock.now(), clock.now()
    rule.version += 1
    rule.save()
    return rule, changes or {"verified": [False, True]}


def record(planner: User, role: str, cycle: Cycle, verb: str, changes: dict[str, Any]) -> None:
    """One line of the journal about the authorities of a year."""
    action, subject = f"budgeting.authority.{verb}", f"cycle:{cycle.pk}"
    audit.record(actor=planner, role=role, action=action, subject=subject, region_code=cycle.region_id, changes=changes)


def _count(cycle: Cycle) -> int:
    return AuthorityRule.objects.filter(cycle=cycle).count()


def _copy(source: Cycle, target: Cycle) -> int:
    """Every rule, unverified in the new year: decrees change between years."""
    before = AuthorityRule.objects.filter(cycle=source).order_by("pk")
    made = [AuthorityRule(cycle=target, changed_at=clock.now(), **{name: getattr(rule, name) for name in _COPIED}) for rule in before]
    return len(AuthorityRule.objects.bulk_create(made))


#: Goes along when a plan year is copied (settings.YEAR_PARTS).
AUTHORITIES = YearPart(gettext_lazy("Whose authority works are"), _count, _copy)
