"""Taking a sheet of works into the dictionary of a plan year: the whole file or nothing of it.

Known by its code, an entry that says the same is left alone, so the same file twice adds nothing. Only what the sheet itself
says changes an entry that is here: what was derived, or stands in no column of the sheet, never does. An entry that proposals
rest on gets a successor instead of another price (`services/dictionary.py`).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import Agency, User
from accounts.refusals import Invalid
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.content import plain
from proposals.dictionary.rows import Derived, Work, work_of
from proposals.dictionary.sheet import Table
from proposals.models import Cycle, DictionaryEntry
from proposals.services import dictionary, import_making

#: Fields whose value may be derived, and then serves a new entry only.
_DERIVED = ("sector", "kind", "unit")
_SAID = ("name", "unit", "unit_price", "sector", "kind", "programme", "activity", "output", "group", "everyday_words", "is_locked")
_EMPTY: dict[str, Any] = {"unit_price": None, "is_locked": False}


@dataclass(frozen=True)
class Fate:
    """What becomes of one row: `created`, `changed`, `revised`, `unchanged` or `error` (with the sheet's column and a sentence).

    `changes`: field, before, after. `derived`: what the sheet did not say of a new entry. `rests`: proposals on the old price.
    """

    row: int
    status: str
    code: str = ""
    name: str = ""
    column: str = ""
    message: str = ""
    changes: tuple[tuple[str, Any, Any], ...] = ()
    derived: tuple[Derived, ...] = ()
    rests: int = 0


@dataclass
class Report:
    """Every row of the file. `written` is False for a dry run and where a single row was in error."""

    fates: list[Fate] = field(default_factory=list)
    #: Agencies that the sheet names and the kabupaten does not have: they are made with the entries.
    new_agencies: list[str] = field(default_factory=list)
    #: Columns of the sheet that nobody reads.
    unread: tuple[str, ...] = ()
    #: Entries of the dictionary that the sheet does not hold: they stay as they are.
    not_in_sheet: int = 0
    written: bool = False

    def count(self, status: str) -> int:
        """How many rows have this status; a row with two errors counts once."""
        return len({fate.row for fate in self.fates if fate.status == status})

    @property
    def without_price(self) -> int:
        """New entries whose price nobody knows yet."""
        return sum(fate.status == "created" and not any(name == "unit_price" for name, _b, _a in fate.changes) for fate in self.fates)


def import_dictionary(*, region_code: str, plan_year: int, table: Table, actor: User | None = None, dry_run: bool = False) -> Report:
    """Take a sheet's works in. `actor` None: the platform itself, by a command.

    Raises Refusal (401, 403), and Invalid for a person where the kabupaten has no such plan year; the platform makes it, as an
    import of proposals does. Any row in error: nothing is written.
    """
    works = [work_of(line, plan_year=plan_year) for line in table.lines]
    with transaction.atomic():
        cycle, role = _cycle(region_code, plan_year, actor)
        report = Report(unread=table.unread)
        _find_repeats(works)
        if any(work.errors for work in works):
            transaction.set_rollback(True)
            report.fates = [fate for work in works for fate in _errors(work, table)]
            return report
        known = {entry.code: entry for entry in DictionaryEntry.objects.filter(cycle=cycle).select_related("agency", "cycle")}
        agencies, report.new_agencies = _agencies(cycle, {work.agency_name for work in works if work.agency_name})
        plans = [_plan(work, known.get(work.code), agencies) for work in works]
        report.fates = [fate for fate, _values in plans]
        report.not_in_sheet = len(
            [code for code, entry in known.items() if code not in {w.code for w in works} and not dictionary.is_replaced(entry)]
        )
        if dry_run:
            transaction.set_rollback(True)
        else:
            _write(cycle, works, plans, known, agencies)
            report.written = True
            _record(report, cycle, table, actor, role)
    return report


def _cycle(region_code: str, plan_year: int, actor: User | None) -> tuple[Cycle, str]:
    """The plan year under lock; rights come before anything of it is read."""
    dotted = codes.dotted(region_code)
    if actor is not None:
        dictionary.may_keep(actor, dotted).or_refuse()
    cycle = Cycle.objects.select_for_update(no_key=True, of=("self",)).filter(region_id=dotted, plan_year=plan_year).first()
    home = Region.objects.filter(pk=dotted, level=Level.DISTRICT).first()
    if cycle is None and home is not None and actor is None and 2000 <= plan_year <= 2100:
        cycle = import_making.locked_cycle(home, plan_year)
    if cycle is None:
        sentence = _("There is no plan year %(year)s in %(region)s. Open it first.")
        raise Invalid({"plan_year": [sentence % {"year": plan_year, "region": region_code}]})
    return cycle, audit.SYSTEM if actor is None else dictionary.may_keep(actor, cycle.region_id).role  # type: ignore[union-attr]


def _find_repeats(works: list[Work]) -> None:
    first: dict[str, int] = {}
    for work in works:
        if work.code and work.code in first:
            work.errors["code"] = _("Row %(row)d has the same code.") % {"row": first[work.code]}
        elif work.code:
            first[work.code] = work.row


def _errors(work: Work, table: Table) -> list[Fate]:
    if not work.errors:
        return [Fate(work.row, "not_written", work.code, str(work.said.get("name", "")))]
    return [
        Fate(work.row, "error", work.code, str(work.said.get("name", "")), column=table.columns.get(name, name), message=sentence)
        for name, sentence in work.errors.items()
    ]


def _agencies(cycle: Cycle, names: Iterable[str]) -> tuple[dict[str, Agency | None], list[str]]:
    """The kabupaten's agencies by their names in lower case, and the names that nobody has yet."""
    found: dict[str, Agency | None] = {}
    for agency in Agency.objects.filter(region_id=cycle.region_id).order_by("pk"):
        for name in (agency.short_name, agency.name):
            if name:
                found.setdefault(name.casefold(), agency)
    return found, sorted(name for name in names if name.casefold() not in found)


def _plan(work: Work, entry: DictionaryEntry | None, agencies: dict[str, Agency | None]) -> tuple[Fate, dict[str, Any]]:
    """What will be done with a row, and the values it stores."""
    name = str(work.said["name"])
    if entry is None:
        values = {key: work.said[key] for key in _SAID if key in work.said}
        values |= {key: work.value(key) for key in _DERIVED}
        told = tuple((key, None, plain(value)) for key, value in values.items() if key == "unit_price")
        derived = tuple(work.derived[key] for key in _DERIVED if key in work.derived)
        return Fate(work.row, "created", work.code, name, changes=told, derived=derived), values
    differing = {key: work.said[key] for key in _SAID if key in work.said and plain(work.said[key]) != plain(getattr(entry, key))}
    changes = [(key, plain(getattr(entry, key)), plain(value)) for key, value in differing.items()]
    office = agencies.get(work.agency_name.casefold()) if work.agency_name else None
    if work.agency_name and (office is None or office.pk != entry.agency_id):
        changes.append(("agency", str(entry.agency or ""), work.agency_name))
    if not changes:
        return Fate(work.row, "unchanged", work.code, name), {}
    rests = entry.proposals.count() if set(differing) & set(dictionary.FIXED) else 0
    return Fate(work.row, "revised" if rests else "changed", work.code, name, changes=tuple(changes), rests=rests), differing


def _write(
    cycle: Cycle,
    works: list[Work],
    plans: list[tuple[Fate, dict[str, Any]]],
    known: dict[str, DictionaryEntry],
    agencies: dict[str, Agency | None],
) -> None:
    now, new = clock.now(), list[DictionaryEntry]()
    for work, (fate, values) in zip(works, plans, strict=True):
        if fate.status == "unchanged":
            continue
        office = _office(cycle, work.agency_name, agencies) if work.agency_name else None
        if fate.status == "created":
            new.append(DictionaryEntry(cycle=cycle, code=work.code, agency=office, changed_at=now, **values))
        else:
            dictionary.change(known[work.code], values | ({"agency": office} if office else {}))
    DictionaryEntry.objects.bulk_create(new, batch_size=500)


def _office(cycle: Cycle, name: str, agencies: dict[str, Agency | None]) -> Agency | None:
    """The agency of this name, made where the kabupaten has none; the import of proposals would give it the same code."""
    if agencies.get(name.casefold()) is None:
        code = "impor-" + hashlib.sha256(name.casefold().encode()).hexdigest()[:12]
        agencies[name.casefold()], _made = Agency.objects.get_or_create(region_id=cycle.region_id, code=code, defaults={"name": name})
    return agencies[name.casefold()]


def _record(report: Report, cycle: Cycle, table: Table, actor: User | None, role: str) -> None:
    """One entry a file that changed something: which file, how many rows, and every price that is another now."""
    if report.count("unchanged") == len(report.fates):
        return
    prices = [[fate.code, before, after] for fate in report.fates for name, before, after in fate.changes if name == "unit_price" and before]
    audit.record(
        actor=actor,
        role=role,
        action="proposals.dictionary.import",
        subject=f"cycle:{cycle.pk}",
        region_code=cycle.region_id,
        changes={
            "file": table.name,
            "sha256": table.sha256,
            **{status: report.count(status) for status in ("created", "changed", "revised")},
            "prices": prices,
            "derived": {fate.code: {one.field: one.value for one in fate.derived} for fate in report.fates if fate.derived},
        },
    )
