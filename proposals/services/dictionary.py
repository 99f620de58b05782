"""The dictionary of works of a plan year: one entry at a time, locked or opened, and last year's taken over.

An entry that a proposal rests on keeps its name, unit and unit price: what was asked under them was asked under them. To
change one of the three makes a successor, which takes the code; the old entry stays with its proposals, locked, under its code
with `.r1`, `.r2`, … behind it (docs/decisions/0100). Everything else changes in place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import audit, clock, scope
from accounts.models import Agency
from accounts.refusals import Allowed, Answer, Conflict, Denied, Invalid, Missing, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from proposals.content import plain
from proposals.dictionary.rows import REVISED
from proposals.models import Cycle, DictionaryEntry
from proposals.services import dictionary_fields, rows

#: What proposals rest on: it never changes under them.
FIXED = ("name", "unit", "unit_price")
FIELDS = (*FIXED, "sector", "kind", "agency", "programme", "activity", "output", "group", "everyday_words")


def may_keep(user: Person, region_code: str) -> Answer:
    """The planner of the kabupaten keeps its dictionary."""
    if not user.is_authenticated:
        return sign_in_first()
    if scope.has_role(user, Role.PLANNER, region_code):
        return Allowed(Role.PLANNER.value)
    return Denied(_("The dictionary is kept by the planner (Bappeda) of this kabupaten."), code="not_a_planner")


@transaction.atomic
def add_entry(*, cycle_id: int, actor: Person, fields: Mapping[str, Any]) -> DictionaryEntry:
    """One more work that may be proposed. Raises Refusal (401, 403), Conflict for a code that is taken, Invalid by field."""
    cycle, role = locked_cycle(cycle_id, actor)
    values = dictionary_fields.read(fields, cycle)
    if DictionaryEntry.objects.filter(cycle=cycle, code=values["code"]).exists():
        raise Conflict(_("The code %(code)s stands in this dictionary already.") % {"code": values["code"]}, code="code_taken")
    entry = DictionaryEntry.objects.create(cycle=cycle, changed_at=clock.now(), **values)
    _record((actor, role), cycle, "add", f"dictionary_entry:{entry.pk}", {name: plain(value) for name, value in values.items()})
    return entry


@transaction.atomic
def edit_entry(*, entry_id: int, actor: Person, seen: str, fields: Mapping[str, Any]) -> DictionaryEntry:
    """Change an entry, or make its successor where a proposal rests on what changes; the same again changes nothing.

    `seen` is the `version_of` the entry that was read. Raises Refusal (401, 403, 404), Conflict (changed meanwhile, or
    replaced by a successor) and Invalid by field. The code stays.
    """
    cycle, role = locked_cycle(_cycle_of(entry_id), actor)
    entry = DictionaryEntry.objects.select_related("agency").get(pk=entry_id)
    _is_current(entry)
    values = dictionary_fields.read({**fields, "code": entry.code}, cycle)
    differing = {name: value for name, value in values.items() if name != "code" and plain(getattr(entry, name)) != plain(value)}
    if not differing:
        return entry
    if seen != version_of(entry):
        raise Conflict(_("Somebody changed this entry after you opened it. Look at it before you save."), code="version")
    kept = {name: [plain(getattr(entry, name)), plain(value)] for name, value in differing.items()}
    changed = change(entry, differing)
    verb = "edit" if changed.pk == entry.pk else "revise"
    _record((actor, role), cycle, verb, f"dictionary_entry:{changed.pk}", kept)
    return changed


@transaction.atomic
def set_locked(*, entry_id: int, actor: Person, locked: bool) -> DictionaryEntry:
    """Take an entry out of what is offered, or offer it again. Proposals that rest on it keep it. The same twice is once."""
    cycle, role = locked_cycle(_cycle_of(entry_id), actor)
    entry = DictionaryEntry.objects.get(pk=entry_id)
    _is_current(entry)
    if entry.is_locked != locked:
        entry.is_locked, entry.changed_at = locked, clock.now()
        entry.save(update_fields=["is_locked", "changed_at"])
        _record((actor, role), cycle, "lock" if locked else "unlock", f"dictionary_entry:{entry.pk}", {"code": entry.code})
    return entry


@dataclass(frozen=True)
class Copied:
    """How many entries were taken over, and how many codes stood there already and were left alone."""

    copied: int
    kept: int
    from_year: int


@transaction.atomic
def copy_dictionary(*, cycle_id: int, actor: Person) -> Copied:
    """Take the newest earlier year's dictionary over, prices included; codes that are here already stay as they are.

    Raises Refusal (401, 403) and Invalid where no earlier year has a dictionary.
    """
    cycle, role = locked_cycle(cycle_id, actor)
    source = earlier_dictionary(cycle)
    if source is None:
        raise Invalid({"cycle": [_("No earlier plan year has a dictionary to copy.")]})
    here = set(DictionaryEntry.objects.filter(cycle=cycle).values_list("code", flat=True))
    entries = [entry for entry in source.dictionary.order_by("pk") if not is_replaced(entry)]
    new = [_copy(entry, cycle) for entry in entries if entry.code not in here]
    DictionaryEntry.objects.bulk_create(new, batch_size=500)
    if new:
        _record((actor, role), cycle, "copy", f"cycle:{cycle.pk}", {"from": source.plan_year, "copied": len(new), "kept": len(entries) - len(new)})
    return Copied(len(new), len(entries) - len(new), source.plan_year)


def earlier_dictionary(cycle: Cycle) -> Cycle | None:
    """The newest earlier plan year of the kabupaten that has a dictionary."""
    earlier = Cycle.objects.filter(region_id=cycle.region_id, plan_year__lt=cycle.plan_year, dictionary__isnull=False)
    return earlier.order_by("-plan_year").distinct().first()


def _copy(entry: DictionaryEntry, cycle: Cycle) -> DictionaryEntry:
    same = {name: getattr(entry, name) for name in FIELDS if name != "agency"}
    return DictionaryEntry(cycle=cycle, code=entry.code, agency_id=entry.agency_id, is_locked=entry.is_locked, changed_at=clock.now(), **same)


def version_of(entry: DictionaryEntry) -> str:
    """What a form carries, so that nobody overwrites what they did not read."""
    return entry.changed_at.isoformat() if entry.changed_at else "new"


def is_replaced(entry: DictionaryEntry) -> bool:
    """Whether a successor took this entry's code."""
    head, mark, number = entry.code.rpartition(REVISED)
    return bool(head and mark) and number.isascii() and number.isdigit()


def change(entry: DictionaryEntry, differing: Mapping[str, Any]) -> DictionaryEntry:
    """Store what differs: in place, or as a successor where proposals rest on it. The cycle is locked, the values are checked."""
    if set(differing) & set(FIXED):
        # a proposal that is just being kept holds the entry it names: it is waited for, and then it is there
        DictionaryEntry.objects.select_for_update().get(pk=entry.pk)
        if entry.proposals.exists():
            return _succeed(entry, differing)
    for name, value in differing.items():
        setattr(entry, name, value)
    entry.changed_at = clock.now()
    entry.save(update_fields=[*differing, "changed_at"])
    return entry


def _succeed(entry: DictionaryEntry, differing: Mapping[str, Any]) -> DictionaryEntry:
    """The old entry steps back under a code of its own, locked; the new one takes its code."""
    code, cycle = entry.code, entry.cycle
    before = DictionaryEntry.objects.filter(cycle=cycle, code__startswith=f"{code}{REVISED}").count()
    successor = _copy(entry, cycle)
    for name, value in differing.items():
        setattr(successor, name, value)
    DictionaryEntry.objects.filter(pk=entry.pk).update(code=f"{code}{REVISED}{before + 1}", is_locked=True, changed_at=clock.now())
    successor.save(force_insert=True)
    return successor


def locked_cycle(cycle_id: int, actor: Person) -> tuple[Cycle, str]:
    """The plan year under lock, so that one person at a time changes its dictionary, and the role that lets this one do it."""
    planner = rows.signed_in(actor)
    cycle = Cycle.objects.select_for_update(no_key=True, of=("self",)).filter(pk=cycle_id).first()
    if cycle is None:
        raise Missing
    return cycle, may_keep(planner, cycle.region_id).or_refuse().role


def _cycle_of(entry_id: int) -> int:
    found = DictionaryEntry.objects.filter(pk=entry_id).values_list("cycle_id", flat=True).first()
    if found is None:
        raise Missing
    return found


def _is_current(entry: DictionaryEntry) -> None:
    if is_replaced(entry):
        raise Conflict(_("A newer entry took the place of this one; change that."), code="replaced")


def _record(who: tuple[Person, str], cycle: Cycle, verb: str, subject: str, changes: dict[str, Any]) -> None:
    """One entry of the journal; `who` is the person and the role that allowed it."""
    actor, role = who
    audit.record(
        actor=rows.signed_in(actor), role=role, action=f"proposals.dictionary.{verb}", subject=subject, region_code=cycle.region_id, changes=changes
    )


def agencies_of(cycle: Cycle) -> list[Agency]:
    """The agencies that an entry of this dictionary may name."""
    return list(Agency.objects.filter(region_id=cycle.region_id).order_by(F("short_name").asc(nulls_last=True), "name", "pk"))
