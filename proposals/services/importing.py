"""Taking a sheet into the register, in the national export form or in ours: the whole file or nothing of it, or its good rows.

The register never overwrites: a row that is already here stays as it is, because people may have decided since. Where the sheet
now says something else, the report names what differs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.refusals import Invalid
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals import tasks
from proposals.models import Cycle, DictionaryEntry, Proposal
from proposals.services.import_checks import Checks
from proposals.services.import_known import Known, RowOf
from proposals.services.import_making import SYSTEM_USER, NewRow, Target, locked_cycle, make, system_user
from proposals.services.import_places import Places
from proposals.services.import_report import Fate, Report
from proposals.services.import_rights import Authority, authority_by_command
from proposals.services.import_villages import Villages
from proposals.sheets import Sheet
from proposals.sheets.columns import missing_columns
from proposals.sheets.ours import wish_of_ours
from proposals.sheets.rows import SOURCE, wish_of

__all__ = ["SOURCE", "SYSTEM_USER", "Fate", "Report", "bring_in", "import_sheet"]

#: What is told how many rows of how many were looked at.
Telling = Callable[[int, int], None]
#: So many ids of rows stand in the journal; the file's SHA-256 names the rest.
_IDS_IN_JOURNAL = 1000


def import_sheet(
    *, sheet: Sheet, village_code: str, plan_year: int, actor: User | None = None, dry_run: bool = False, only_village: bool = False
) -> Report:
    """Create the sheet's proposals in a village and plan year. `actor` None: the platform itself, by a command.

    Raises `Invalid` for an unknown village, a wrong year or a missing column, `Refusal` where the actor may not. Any row
    in error: nothing is written, and the report names each. A row whose id is already here is `unchanged`. A row that names
    another village is an error, or with `only_village` left to its own village.
    """
    village = _village(village_code)
    authority = authority_by_command(actor, village)
    return bring_in(sheet=sheet, region=village, plan_year=plan_year, authority=authority, actor=actor, dry_run=dry_run, only_region=only_village)


def bring_in(
    *,
    sheet: Sheet,
    region: Region,
    plan_year: int,
    authority: Authority,
    actor: User | None,
    dry_run: bool = False,
    only_region: bool = False,
    only_good: bool = False,
    photos: frozenset[str] = frozenset(),
    tell: Telling = lambda _done, _total: None,
) -> Report:
    """Take a sheet in for a village, a sub-district or a kabupaten, with rights that were asked before.

    `only_good`: rows in error stay out and the others come in. `photos`: the names of the files that came with the sheet,
    in lower case. One transaction; nothing half-written. Raises `Invalid` for a wrong year or a missing column.
    """
    if not 2000 <= plan_year <= 2100:
        raise Invalid({"plan_year": [_("Write a year from 2000 to 2100.")]})
    if missing := missing_columns(sheet.columns):
        raise Invalid({"columns": [_("These columns are missing: %(columns)s.") % {"columns": ", ".join(missing)}]})
    checks = Checks(authority, _dictionary(region, plan_year), photos)
    rows, fates = _read(sheet, region, plan_year, checks, only_region=only_region, tell=tell)
    with transaction.atomic():
        # The cycle's lock first: of two imports of one file the second finds the first's rows.
        cycle = None if dry_run else locked_cycle(region, plan_year)
        known = Known(rows, plan_year)
        new = _sorted_out(rows, known, fates)
        errors = any(fate.status == "error" for fate in fates)
        report = Report(fates, sheet.blank, written=not dry_run and (only_good or not errors))
        report.photos = {one.wish.row: one.wish.photos for one in new if one.wish.photos}
        if not report.written:
            transaction.set_rollback(cycle is not None)
            cycle = None
        made = _written(new, cycle, _Hand(sheet, authority, actor))
        report.made = {one.wish.row: row.pk for one, row in zip(new, made, strict=False)}
        report.fates += _fates_of(new, [row.number or "" for row in made], kept_out=errors and not only_good)
    report.fates.sort(key=lambda fate: fate.row)
    return report


def _village(code: str) -> Region:
    dotted = codes.dotted(code)
    village = Region.objects.light().filter(pk=dotted, level=Level.VILLAGE).first() if codes.is_code(dotted) else None
    if village is None:
        raise Invalid({"village": [_("There is no village with the code %(code)s.") % {"code": code}]})
    return village


def _dictionary(region: Region, plan_year: int) -> dict[str, DictionaryEntry]:
    district = codes.ancestor(region.pk, Level.DISTRICT)
    found = DictionaryEntry.objects.filter(cycle__region_id=district, cycle__plan_year=plan_year).select_related("agency")
    return {entry.code: entry for entry in found}


def _read(sheet: Sheet, region: Region, plan_year: int, checks: Checks, *, only_region: bool, tell: Telling) -> tuple[list[RowOf], list[Fate]]:
    villages = Villages(region, ours=sheet.is_ours)
    rows, fates, seen = list[RowOf](), list[Fate](), dict[tuple[str, str], int]()
    for done, line in enumerate(sheet.lines, start=1):
        if done % 200 == 0:
            tell(done, len(sheet.lines))
        if line.skipped:
            fates.append(Fate(line.number, "skipped", message=line.skipped))
            continue
        village = villages.of(line)
        if isinstance(village, tuple):
            fates.append(Fate(line.number, "elsewhere" if only_region else "error", field=village[0], message=village[1]))
            continue
        wish = (wish_of_ours if sheet.is_ours else wish_of)(line, plan_year=plan_year)
        if isinstance(wish, dict):
            fates += [Fate(line.number, "error", field=column, message=sentence) for column, sentence in wish.items()]
        elif errors := checks.errors_of(wish, seen):
            fates += [Fate(line.number, "error", wish.source_id, field=column, message=sentence) for column, sentence in errors]
        else:
            rows.append(RowOf(wish, village))
    return rows, fates


def _sorted_out(rows: list[RowOf], known: Known, fates: list[Fate]) -> list[NewRow]:
    """The rows that are new, with their places; what became of the others is added to the fates."""
    places, new = dict[str, Places](), list[NewRow]()
    for row in rows:
        if (fate := known.fate_of(row)) is not None:
            fates.append(fate)
            continue
        if row.village.pk not in places:
            places[row.village.pk] = Places(row.village)
        place = places[row.village.pk].of(row.wish)
        if place.error:
            fates.append(Fate(row.wish.row, "error", row.wish.source_id, field=place.error[0], message=place.error[1]))
        else:
            new.append(NewRow(row, place))
    return new


@dataclass(frozen=True)
class _Hand:
    """Whose hand brings which sheet, in which role."""

    sheet: Sheet
    authority: Authority
    actor: User | None


def _written(new: list[NewRow], cycle: Cycle | None, hand: _Hand) -> list[Proposal]:
    """The proposals that were made, in the order of the rows; none without a cycle."""
    if cycle is None or not new:
        return []
    dictionary = _dictionary(cycle.region, cycle.plan_year) if any(one.wish.dictionary_code for one in new) else {}
    target = Target(cycle, hand.actor or system_user(), hand.authority.role, hand.authority.is_planning, dictionary)
    made = make(new, target)
    villages = {one.row.village.pk for one in new}
    _record([one.wish.source_id for one in new], target, hand.sheet, villages.pop() if len(villages) == 1 else cycle.region_id)
    tasks.fold_when_many()
    tasks.look_for_pairs(row.pk for row in made)
    return made


def _fates_of(new: list[NewRow], numbers: list[str], *, kept_out: bool) -> list[Fate]:
    status = "not_written" if kept_out else "created"
    told = [*numbers, *[""] * (len(new) - len(numbers))]
    return [Fate(one.wish.row, status, one.wish.source_id, number, note=one.place.note) for one, number in zip(new, told, strict=True)]


def _record(ids: list[str], target: Target, sheet: Sheet, region_code: str) -> None:
    """One entry a file: which one, and the ids of the rows that came of it."""
    changes: dict[str, Any] = {
        "file": sheet.name,
        "plan_year": target.cycle.plan_year,
        "created": len(ids),
        "source_ids": ids[:_IDS_IN_JOURNAL],
    }
    audit.record(
        actor=target.author,
        role=target.role,
        action="proposals.import",
        subject=f"sheet:{sheet.sha256}",
        region_code=region_code,
        changes=changes,
    )
