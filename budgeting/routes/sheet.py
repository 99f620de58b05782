"""Authorities of a plan year as a sheet: every work of the dictionary and every sector, out and back in, the whole file or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from accounts.scope import Person
from budgeting.models import AuthorityRule
from budgeting.routes import authorities
from budgeting.routes.words import Authority
from proposals.models import Cycle, DictionaryEntry
from proposals.services.rows import signed_in
from proposals.sheets.columns import named
from proposals.sheets.exports import line
from proposals.sheets.files import Unreadable, pages
from proposals.words import Sector

COLUMNS = ("kode_kamus", "nama_usulan", "sektor", "kewenangan", "menu_dak", "dasar_hukum", "disahkan")
_NEEDED = {"kode_kamus", "sektor", "kewenangan"}
#: As the sheet writes it; our own codes are read as well.
IN_WORDS = {
    Authority.VILLAGE: "desa",
    Authority.DISTRICT: "kabupaten",
    Authority.PROVINCE: "provinsi",
    Authority.NATION: "pusat",
    Authority.OUTSIDE: "luar",
}
_READ = {**{word: code.value for code, word in IN_WORDS.items()}, **{code.value: code.value for code in Authority}}
_YES = {"ya", "y", "1", "x", "yes", "true"}
_ROWS_MOST, _UNPACKED_MOST = 20_000, 60 * 1024 * 1024


@dataclass(frozen=True)
class Fate:
    """What becomes of one row: `set`, `unchanged` or `error`, with the field and the sentence."""

    row: int
    status: str
    of: str
    column: str = ""
    message: str = ""


@dataclass
class Report:
    """Every row of the file. `written` is False for a dry run and where a single row was in error."""

    fates: list[Fate] = field(default_factory=list)
    written: bool = False

    def count(self, status: str) -> int:
        """How many rows have this status."""
        return len({fate.row for fate in self.fates if fate.status == status})

    @property
    def errors(self) -> list[Fate]:
        """Rows that cannot be taken in."""
        return [fate for fate in self.fates if fate.status == "error"]


def download(cycle: Cycle) -> Iterator[str]:
    """The sheet of a plan year: sectors first, then every work that is offered; what nobody has set is empty. Two queries."""
    rules = {(rule.work_code, "" if rule.work_code else rule.sector): rule for rule in AuthorityRule.objects.filter(cycle=cycle)}
    yield "\ufeff" + line(list(COLUMNS))
    for sector in Sector:
        yield line(["", "", sector.value, *_told(rules.get(("", sector.value)))])
    for entry in DictionaryEntry.objects.filter(cycle=cycle).order_by("sector", "name", "pk"):
        yield line([entry.code, entry.name, entry.sector, *_told(rules.get((entry.code, "")))])


def _told(rule: AuthorityRule | None) -> list[str]:
    if rule is None:
        return ["", "", "", ""]
    return [IN_WORDS[Authority(rule.authority)], "ya" if rule.on_menu else "", rule.legal_basis, "ya" if rule.verified_at else ""]


def take_in(*, actor: Person, cycle_id: int, content: bytes, dry_run: bool) -> Report:
    """Read a sheet (CSV, XLSX) and set what it says; a row without an authority is left alone, so a half-filled sheet is fine.

    Any row in error: nothing is written. Raises Refusal (401, 403, 404), and Invalid where the file cannot be read at all.
    """
    planner = signed_in(actor)
    authorities.allowed(planner, cycle_id)
    # reading takes a while, and whoever sends a proposal in waits for the year's row
    rows = _rows(content)
    with transaction.atomic():
        cycle, role = authorities.held(planner, cycle_id)
        known = {(rule.work_code, "" if rule.work_code else rule.sector): rule for rule in AuthorityRule.objects.filter(cycle=cycle)}
        works = authorities.works_of(cycle)
        report, seen = Report(), dict[tuple[str, str], int]()
        for number, cells in rows:
            report.fates += _taken((cycle, works, known, planner), seen, number, cells)
        report.written = not dry_run and not report.errors
        if report.written and report.count("set"):
            authorities.record(planner, role, cycle, "sheet", {"set": report.count("set"), "rows": len(rows)})
        if not report.written:
            transaction.set_rollback(True)
    return report


def _taken(into: tuple[Cycle, Any, Any, Any], seen: dict[tuple[str, str], int], number: int, cells: dict[str, str]) -> list[Fate]:
    """One row: `into` is the year, its works, the rules that are there, and who reads the sheet in."""
    cycle, works, known, planner = into
    of = cells["kode_kamus"] or cells["sektor"]
    if not cells["kewenangan"] or _stands(known, cells):
        return [Fate(number, "unchanged", of)]
    said = {"work_code": cells["kode_kamus"], "sector": cells["sektor"], "legal_basis": cells.get("dasar_hukum", "")}
    authority = _READ.get(cells["kewenangan"].casefold(), cells["kewenangan"])
    try:
        values = authorities.read(works, **said, authority=authority, on_menu=cells.get("menu_dak", "").casefold() in _YES)
    except Invalid as wrong:
        return [Fate(number, "error", of, _column(name), " ".join(sentences)) for name, sentences in (wrong.fields or {}).items()]
    key = (values["work_code"], "" if values["work_code"] else values["sector"])
    if key in seen:
        return [Fate(number, "error", of, "kode_kamus", _("Row %(row)d says it of the same work or sector.") % {"row": seen[key]})]
    seen[key] = number
    _rule, changes = authorities.put(cycle, known.get(key), values, planner)
    return [Fate(number, "set" if changes else "unchanged", of)]


def _stands(known: Any, cells: dict[str, str]) -> bool:
    """Whether the row says what is there already, so that the sheet as it was downloaded goes back in; it confirms nothing."""
    rule = known.get((cells["kode_kamus"], "" if cells["kode_kamus"] else cells["sektor"]))
    return rule is not None and _told(rule)[:3] == [cells["kewenangan"], cells["menu_dak"], cells["dasar_hukum"]]


def _column(name: str) -> str:
    """Our field by the sheet's column."""
    return {"work_code": "kode_kamus", "sector": "sektor", "authority": "kewenangan", "on_menu": "menu_dak", "legal_basis": "dasar_hukum"}[name]


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """Number of each row and its cells by our columns. Raises Invalid where there is no such table."""
    try:
        for page in pages(content, unpacked_most=_UNPACKED_MOST):
            table = page.rows()
            header = [named(_text(cell)) for cell in next(table, ())]
            if set(header) >= _NEEDED:
                return list(_filled(table, header))
    except Unreadable as error:
        raise Invalid({"sheet": [str(error)]}) from error
    raise Invalid({"sheet": [_("The first row must name the columns: %(names)s.") % {"names": ", ".join(COLUMNS)}]})


def _filled(table: Iterator[Sequence[Any]], header: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in enumerate(table, start=2):
        if number > _ROWS_MOST:
            raise Unreadable(_("The file has more than %(most)d rows. Split it.") % {"most": _ROWS_MOST})
        told = {name: _text(cell).strip().lstrip("'") for name, cell in zip(header, cells, strict=False) if name in COLUMNS}
        if any(told.values()):
            yield number, {name: told.get(name, "") for name in COLUMNS}


def _text(cell: Any) -> str:
    return "" if cell is None else str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
