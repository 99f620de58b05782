"""Taking a sheet of the national export form into the register: the whole file or nothing of it.

The register never overwrites: a row that is already here stays as it is, because people may have decided since.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
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
from proposals.sheet_rows import Wish, missing_columns, wish_of
from proposals.sheets import Sheet
from proposals.stages import Outcome, Stage
from proposals.words import LocationSource

#: Stands in `Proposal.source_system`: the forms name their rows themselves, whichever of the two names is used.
SOURCE = "sipd"
#: The account that stands as author where nobody is named; it cannot sign in.
SYSTEM_USER = "impor"
#: Who may import in person.
_ROLES = ("facilitator", "village_head", "planner", "operator")
_ORDER = [stage for stage in Stage if stage is not Stage.DRAFT]


@dataclass(frozen=True)
class Fate:
    """What became of one row: `created`, `unchanged` or `error` with the column and the sentence."""

    row: int
    status: str
    source_id: str = ""
    number: str = ""
    field: str = ""
    message: str = ""


@dataclass
class Report:
    """Every row of the file. `written` is False for a dry run and where a single row was in error."""

    fates: list[Fate] = field(default_factory=list)
    blank: int = 0
    written: bool = False

    def count(self, status: str) -> int:
        """How many rows have this status; a row with two errors counts once."""
        return len({fate.row for fate in self.fates if fate.status == status})


def import_sheet(*, sheet: Sheet, village_code: str, plan_year: int, actor: User | None = None, dry_run: bool = False) -> Report:
    """Create the sheet's proposals in a village and plan year. `actor` None: the platform itself, by a command.

    Raises `Invalid` for an unknown village, a wrong year or a missing column, `Refusal` where the actor may not. Any row
    in error: nothing is written, and the report names each. A row whose id is already here is `unchanged`.
    """
    village = _village(village_code)
    role = _may_import(actor, village)
    if not 2000 <= plan_year <= 2100:
        raise Invalid({"plan_year": [_("Write a year from 2000 to 2100.")]})
    if missing := missing_columns(sheet.columns):
        raise Invalid({"columns": [_("These columns are missing: %(columns)s.") % {"columns": ", ".join(missing)}]})
    wishes, errors = _read(sheet, plan_year)
    may_write = not errors and not dry_run
    report = Report(errors, sheet.blank, written=may_write)
    with transaction.atomic():
        # The cycle's lock first: of two imports of one file the second finds the first's rows.
        cycle = _locked_cycle(village, plan_year) if may_write else None
        known = _known(village, plan_year)
        new = [wish for wish in wishes if wish.source_id not in known]
        report.fates += [Fate(wish.row, "unchanged", wish.source_id, known[wish.source_id]) for wish in wishes if wish.source_id in known]
        if cycle:
            report.fates += _write(new, _Target(village, cycle, actor or _system_user(), role), sheet)
        else:
            report.fates += [Fate(wish.row, "not_written" if errors else "created", wish.source_id) for wish in new]
    report.fates.sort(key=lambda fate: fate.row)
    return report


def _village(code: str) -> Region:
    village = Region.objects.light().filter(pk=code, level=Level.VILLAGE).first() if codes.is_code(code) else None
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


def _read(sheet: Sheet, plan_year: int) -> tuple[list[Wish], list[Fate]]:
    wishes, errors, seen = list[Wish](), list[Fate](), dict[str, int]()
    for line in sheet.lines:
        wish = wish_of(line, plan_year=plan_year)
        if isinstance(wish, dict):
            errors += [Fate(line.number, "error", field=column, message=sentence) for column, sentence in wish.items()]
        elif wish.source_id in seen:
            sentence = _("Row %(row)d has the same id.") % {"row": seen[wish.source_id]}
            errors.append(Fate(line.number, "error", wish.source_id, field="id_usulan", message=sentence))
        else:
            seen[wish.source_id] = line.number
            wishes.append(wish)
    return wishes, errors


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


def _known(village: Region, plan_year: int) -> dict[str, str]:
    rows = Proposal.objects.filter(source_system=SOURCE, village=village, plan_year=plan_year).exclude(source_id="")
    return {source_id: number or "" for source_id, number in rows.values_list("source_id", "number")}


@dataclass(frozen=True)
class _Target:
    """Where the rows go and whose they are."""

    village: Region
    cycle: Cycle
    author: User
    role: str


def _write(new: list[Wish], target: _Target, sheet: Sheet) -> list[Fate]:
    agencies = _agencies(target.cycle.region_id, {wish.agency_name for wish in new if wish.agency_name})
    numbers = _take_numbers(target.cycle, len(new))
    made = [
        _proposal(wish, number=number, target=target, agency=agencies.get(wish.agency_name.casefold()))
        for wish, number in zip(new, numbers, strict=True)
    ]
    Proposal.objects.bulk_create(made, batch_size=500)
    pairs = list(zip(made, new, strict=True))
    Recommendation.objects.bulk_create((step for row, wish in pairs for step in _road(row, wish, target)), batch_size=500)
    if made:
        _record(new, target, sheet)
        tasks.fold_when_many()
    return [Fate(wish.row, "created", wish.source_id, row.number or "") for row, wish in pairs]


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


def _proposal(wish: Wish, *, number: str, target: _Target, agency: Agency | None) -> Proposal:
    now = clock.now()
    same: dict[str, Any] = {
        name: getattr(wish, name)
        for name in ("title", "problem", "sector", "locus", "on_behalf_of", "volume", "unit", "unit_price", "amount", "stage", "outcome", "source_id")
    }
    return Proposal(
        **same,
        number=number,
        cycle=target.cycle,
        plan_year=target.cycle.plan_year,
        village=target.village,
        agency=agency,
        location_source=LocationSource.NONE,
        source_system=SOURCE,
        author=target.author,
        created_at=now,
        changed_at=now,
        submitted_at=now,
        stage_entered_at=now,
        version=1 if wish.stage is Stage.VILLAGE and wish.outcome is Outcome.OPEN else 2,
    )


#: The move that tells how a row came to stand where its status says.
_MOVES = {Outcome.OPEN: "forward", Outcome.REJECTED: "reject", Outcome.RETURNED: "return", Outcome.WITHDRAWN: "withdraw"}


def _road(proposal: Proposal, wish: Wish, target: _Target) -> Iterator[Recommendation]:
    """What was asked, and where the status says that it went, in the words of the sheet."""
    asked: dict[str, Any] = {name: getattr(proposal, name) for name in ("volume", "unit", "amount", "agency")}
    asked |= {"actor": target.author, "role": target.role}
    at = proposal.created_at
    yield Recommendation(
        proposal=proposal, move="submit", stage=Stage.DRAFT, outcome_before=Outcome.OPEN, stage_after=Stage.VILLAGE, outcome_after=Outcome.OPEN,
        decided_at=at, version=1, **asked,
    )  # fmt: skip
    if proposal.version > 1:
        said = _("Imported with the status “%(status)s”.") % {"status": wish.status}
        stood = Stage.VILLAGE if wish.outcome is Outcome.OPEN else wish.stage
        yield Recommendation(
            proposal=proposal, move=_MOVES[wish.outcome], stage=stood, outcome_before=Outcome.OPEN, stage_after=wish.stage,
            outcome_after=wish.outcome, reason=f"{said} {wish.reason}".strip(), responsible=wish.agency_name[:160], decided_at=at, version=2, **asked,
        )  # fmt: skip
