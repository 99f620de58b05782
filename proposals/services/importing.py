"""Taking a sheet of the national export form into the register: the whole file or nothing of it.

The register never overwrites: a row that is already here stays as it is, because people may have decided since. Where the sheet
now says something else, the report names what differs.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock, scope
from accounts.models import Agency, User
from accounts.refusals import Invalid, Refusal
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals import tasks
from proposals.models import Cycle, Proposal, Recommendation, StageWindow
from proposals.services.import_history import road, standing, versions
from proposals.services.import_places import Placed, Places, names_another
from proposals.sheet_columns import missing_columns
from proposals.sheet_rows import Wish, village_said, wish_of
from proposals.sheets import Sheet
from proposals.stages import Stage
from proposals.words import LocationSource

#: Stands in `Proposal.source_system`: the forms name their rows themselves, whichever of the two names is used.
SOURCE = "sipd"
#: The account that stands as author where nobody is named; it cannot sign in.
SYSTEM_USER = "impor"
#: Who may import in person.
_ROLES = ("facilitator", "village_head", "planner", "operator")
_ORDER = [stage for stage in Stage if stage is not Stage.DRAFT]


#: What a row of the sheet is compared by with what is here.
_COMPARED = ("title", "problem", "objective", "locus", "volume", "unit", "amount")


@dataclass(frozen=True)
class Fate:
    """What became of one row: `created`, `unchanged`, `skipped`, `elsewhere`, `not_written`, or `error` with the column and the sentence.

    `differs` names what the sheet says otherwise than the register; `note` what of the row could not be taken along.
    """

    row: int
    status: str
    source_id: str = ""
    number: str = ""
    field: str = ""
    message: str = ""
    differs: tuple[str, ...] = ()
    note: str = ""


@dataclass
class Report:
    """Every row of the file. `written` is False for a dry run and where a single row was in error."""

    fates: list[Fate] = field(default_factory=list)
    blank: int = 0
    written: bool = False

    def count(self, status: str) -> int:
        """How many rows have this status; a row with two errors counts once."""
        return len({fate.row for fate in self.fates if fate.status == status})

    @property
    def differing(self) -> int:
        """How many rows are here already, and are told otherwise by the sheet."""
        return sum(bool(fate.differs) for fate in self.fates)


def import_sheet(
    *, sheet: Sheet, village_code: str, plan_year: int, actor: User | None = None, dry_run: bool = False, only_village: bool = False
) -> Report:
    """Create the sheet's proposals in a village and plan year. `actor` None: the platform itself, by a command.

    Raises `Invalid` for an unknown village, a wrong year or a missing column, `Refusal` where the actor may not. Any row
    in error: nothing is written, and the report names each. A row whose id is already here is `unchanged`. A row that names
    another village is an error, or with `only_village` left to its own village.
    """
    village = _village(village_code)
    role = _may_import(actor, village)
    if not 2000 <= plan_year <= 2100:
        raise Invalid({"plan_year": [_("Write a year from 2000 to 2100.")]})
    if missing := missing_columns(sheet.columns):
        raise Invalid({"columns": [_("These columns are missing: %(columns)s.") % {"columns": ", ".join(missing)}]})
    wishes, fates = _read(sheet, village, plan_year, only_village=only_village)
    errors = any(fate.status == "error" for fate in fates)
    may_write = not errors and not dry_run
    report = Report(fates, sheet.blank, written=may_write)
    with transaction.atomic():
        # The cycle's lock first: of two imports of one file the second finds the first's rows.
        cycle = _locked_cycle(village, plan_year) if may_write else None
        known = _known(village, plan_year)
        new = [wish for wish in wishes if wish.source_id not in known]
        report.fates += [_unchanged(wish, known[wish.source_id]) for wish in wishes if wish.source_id in known]
        places = Places(village)
        placed = [(wish, places.of(wish)) for wish in new]
        if cycle:
            made = _write(placed, _Target(village, cycle, actor or _system_user(), role), sheet)
        else:
            made = [Fate(wish.row, "not_written" if errors else "created", wish.source_id) for wish in new]
        report.fates += [replace(fate, note=place.note) for fate, (_wish, place) in zip(made, placed, strict=True)]
    report.fates.sort(key=lambda fate: fate.row)
    return report


def _village(code: str) -> Region:
    dotted = codes.dotted(code)
    village = Region.objects.light().filter(pk=dotted, level=Level.VILLAGE).first() if codes.is_code(dotted) else None
    if village is None:
        raise Invalid({"village": [_("There is no village with the code %(code)s.") % {"code": code}]})
    return village


def _may_import(actor: User | None, village: Region) -> str:
    if actor is None:
        return audit.SYSTEM
    role = next((role for role in _ROLES if scope.has_role(actor, role, village.pk)), None)
    if role is None:
        raise Refusal(
            _("Only the facilitator, the village head, the planner or the operator of %(village)s may import.") % {"village": village.title}
        )
    return role


def _read(sheet: Sheet, village: Region, plan_year: int, *, only_village: bool) -> tuple[list[Wish], list[Fate]]:
    wishes, fates, seen = list[Wish](), list[Fate](), dict[str, int]()
    for line in sheet.lines:
        if line.skipped:
            fates.append(Fate(line.number, "skipped", message=line.skipped))
            continue
        column, code, name = village_said(line)
        if sentence := names_another(village, code=code, name=name):
            fates.append(Fate(line.number, "elsewhere" if only_village else "error", field=column, message=sentence))
            continue
        wish = wish_of(line, plan_year=plan_year)
        if isinstance(wish, dict):
            fates += [Fate(line.number, "error", field=column, message=sentence) for column, sentence in wish.items()]
        elif wish.source_id in seen:
            sentence = _("Row %(row)d has the same id.") % {"row": seen[wish.source_id]}
            fates.append(Fate(line.number, "error", wish.source_id, field="id_usulan", message=sentence))
        else:
            seen[wish.source_id] = line.number
            wishes.append(wish)
    return wishes, fates


def _unchanged(wish: Wish, here: Proposal) -> Fate:
    told = standing(wish)
    differs = tuple(name for name in _COMPARED if getattr(told, name) != getattr(here, name))
    return Fate(wish.row, "unchanged", wish.source_id, here.number or "", differs=differs)


def _locked_cycle(village: Region, plan_year: int) -> Cycle:
    """The cycle under lock.

    Where there is none: one nobody has verified, all stages in the usual order, no dates, closed to citizens' proposals.
    """
    district = codes.ancestor(village.pk, Level.DISTRICT)
    made_now = {"citizens_may_propose": False}
    cycle, made = Cycle.objects.select_for_update(no_key=True).get_or_create(region_id=district, plan_year=plan_year, defaults=made_now)
    if made:
        StageWindow.objects.bulk_create(StageWindow(cycle=cycle, stage=stage, position=place) for place, stage in enumerate(_ORDER, start=1))
    return cycle


def _known(village: Region, plan_year: int) -> dict[str, Proposal]:
    rows = Proposal.objects.filter(source_system=SOURCE, village=village, plan_year=plan_year).exclude(source_id="")
    return {row.source_id: row for row in rows.only("source_id", "number", *_COMPARED)}


@dataclass(frozen=True)
class _Target:
    """Where the rows go and whose they are."""

    village: Region
    cycle: Cycle
    author: User
    role: str


def _write(placed: list[tuple[Wish, Placed]], target: _Target, sheet: Sheet) -> list[Fate]:
    new = [wish for wish, _place in placed]
    agencies = _agencies(target.cycle.region_id, {wish.agency_name for wish in new if wish.agency_name})
    numbers = _take_numbers(target.cycle, len(new))
    made = [
        _proposal(wish, place, number=number, target=target, agency=agencies.get(wish.agency_name.casefold()))
        for (wish, place), number in zip(placed, numbers, strict=True)
    ]
    Proposal.objects.bulk_create(made, batch_size=500)
    steps = (step for row, wish in zip(made, new, strict=True) for step in road(row, wish, actor=target.author, role=target.role))
    Recommendation.objects.bulk_create(steps, batch_size=500)
    if made:
        _record(new, target, sheet)
        tasks.fold_when_many()
    return [Fate(wish.row, "created", wish.source_id, row.number or "") for row, wish in zip(made, new, strict=True)]


def _record(new: list[Wish], target: _Target, sheet: Sheet) -> None:
    """One entry a file: which one, and the ids of the rows that came of it."""
    audit.record(
        actor=target.author,
        role=target.role,
        action="proposals.import",
        subject=f"sheet:{sheet.sha256}",
        region_code=target.village.pk,
        changes={
            "file": sheet.name,
            "plan_year": target.cycle.plan_year,
            "created": len(new),
            "source_ids": [wish.source_id for wish in new],
        },
    )


def _system_user() -> User:
    user, made = User.objects.get_or_create(username=SYSTEM_USER, defaults={"display_name": "Impor data"})
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def _agencies(district: str, names: Iterable[str]) -> dict[str, Agency]:
    """The district's agencies by name, those it does not have yet created."""
    found = dict[str, Agency]()
    for agency in Agency.objects.filter(region_id=district):
        found |= {name.casefold(): agency for name in (agency.short_name, agency.name) if name}
    for name in sorted(names):
        if name.casefold() not in found:
            code = "impor-" + hashlib.sha256(name.casefold().encode()).hexdigest()[:12]
            found[name.casefold()], _made = Agency.objects.get_or_create(region_id=district, code=code, defaults={"name": name})
    return found


def _take_numbers(cycle: Cycle, count: int) -> list[str]:
    """The next numbers of a cycle whose row is locked."""
    first = cycle.numbered + 1
    Cycle.objects.filter(pk=cycle.pk).update(numbered=cycle.numbered + count)
    return [f"{cycle.region_id.replace('.', '')}-{cycle.plan_year}-{number:04d}" for number in range(first, first + count)]


def _proposal(wish: Wish, place: Placed, *, number: str, target: _Target, agency: Agency | None) -> Proposal:
    now, stands = clock.now(), standing(wish)
    same: dict[str, Any] = {
        name: getattr(stands, name) for name in (*_COMPARED, "sector", "on_behalf_of", "unit_price", "stage", "outcome", "source_id")
    }
    return Proposal(
        **same,
        number=number,
        cycle=target.cycle,
        plan_year=target.cycle.plan_year,
        village=target.village,
        agency=agency,
        location=place.point,
        location_source=LocationSource.TYPED if place.point else LocationSource.NONE,
        located_village=place.elsewhere,
        mismatch_reason=place.reason,
        source_system=SOURCE,
        author=target.author,
        created_at=now,
        changed_at=now,
        submitted_at=now,
        stage_entered_at=now,
        version=versions(wish),
    )
