"""What a row of a sheet of works means: the values of an entry, what was derived and from which word, or errors by column."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts import text
from accounts.refusals import Invalid
from proposals import units
from proposals.dictionary.sheet import Line
from proposals.dictionary.words import Guess, kind_of, sector_of, unit_of
from proposals.sheets.cells import Unclear, flag, is_nothing, rupiah
from proposals.words import Sector, WorkKind

#: Texts of an entry with their longest length.
TEXTS = {"code": 40, "name": 200, "programme": 200, "activity": 200, "output": 300, "group": 120, "everyday_words": 500}
_CODE = re.compile(r"[\w./ -]{1,40}")
#: Stands in the code of an entry that another one took the place of; nobody else may use it.
REVISED = ".r"
_REVISED_CODE = re.compile(r"\.r\d+$")
_KINDS = (
    (WorkKind.SERVICE, ("non fisik", "nonfisik", "non-fisik", "jasa", "service", "pelatihan")),
    (WorkKind.GRANT, ("hibah", "bantuan", "bansos", "grant")),
    (WorkKind.PHYSICAL, ("fisik", "physical", "konstruksi")),
)


@dataclass(frozen=True)
class Derived:
    """One value that the sheet did not say, and the sentence that tells where it comes from."""

    field: str
    value: str
    because: str


@dataclass
class Work:
    """One row. `said`: what the sheet says, by field; `derived`: what it does not say; `errors`: our column -> sentence."""

    row: int
    said: dict[str, Any] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
    agency_name: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code, as far as the row has one."""
        return str(self.said.get("code", ""))

    def value(self, name: str) -> Any:
        """What the row gives for a field, said or derived."""
        return self.said[name] if name in self.said else self.derived[name].value

    def read(self, name: str, how: Callable[[], Any]) -> None:
        """Take a value, or note what is wrong with the cell."""
        try:
            self.said[name] = how()
        except Unclear as error:
            self.errors.setdefault(name, str(error))
        except Invalid as error:
            self.errors.setdefault(name, next(iter((error.fields or {}).values()))[0])


def work_of(line: Line, *, plan_year: int) -> Work:
    """The work that a row describes."""
    work = Work(line.number)
    if line.error:
        work.errors[line.error[0] or "row"] = line.error[1]
        return work
    cells = line.cells
    for name, longest in TEXTS.items():
        if cells.get(name) or name in ("code", "name"):
            work.read(name, lambda name=name, longest=longest: _text(cells.get(name, ""), name, longest))  # type: ignore[misc]
    if not is_nothing(cells.get("unit_price", "")):
        work.read("unit_price", lambda: rupiah(cells["unit_price"]))
    if cells.get("is_locked"):
        work.read("is_locked", lambda: flag(cells["is_locked"]))
    if cells.get("agency"):
        work.agency_name = _agency(work, cells["agency"])
    _year(work, cells.get("plan_year", ""), plan_year)
    _kinds(work, cells)
    return work


def _text(written: str, name: str, longest: int) -> str:
    clean = text.clean(written, field=name, max_length=longest)
    if not clean:
        raise Unclear(_("This cell must not be empty."))
    if name == "code":
        clean = re.sub(r"(?<=\d)\.0$", "", clean)
        if not _CODE.fullmatch(clean) or _REVISED_CODE.search(clean):
            raise Unclear(_("A code is letters, digits, dots, dashes and slashes, and does not end like .r1."))
    return clean


def _agency(work: Work, written: str) -> str:
    try:
        return text.clean(written, field="agency", max_length=160)
    except Invalid as error:
        work.errors["agency"] = next(iter((error.fields or {}).values()))[0]
        return ""


def _year(work: Work, written: str, plan_year: int) -> None:
    if written and re.findall(r"(?<!\d)20\d\d(?!\d)", written) != [str(plan_year)]:
        work.errors["plan_year"] = _("This row is for another plan year.")


def _kinds(work: Work, cells: dict[str, str]) -> None:
    """Sector, kind and unit: as the sheet says, else derived, with the word it rests on."""
    name = str(work.said.get("name", ""))
    if cells.get("unit"):
        work.read("unit", lambda: text.clean(units.normal(cells["unit"]), field="unit", max_length=30))
    elif name:
        _derive(work, "unit", unit_of(name), _("no word tells; taken as a package"))
    if cells.get("kind"):
        work.read("kind", lambda: _kind(cells["kind"]))
    elif name:
        _derive(work, "kind", kind_of(name), _("no word tells; taken as physical work"))
    if cells.get("sector"):
        work.read("sector", lambda: _sector(cells["sector"]))
    elif name:
        guess = sector_of(name, work.agency_name) or sector_of(cells.get("affair", ""), cells.get("affair", ""))
        if guess is None:
            work.errors["sector"] = _("No word of this row tells its sector. Add a column “sektor” and name it.")
        else:
            _derive(work, "sector", guess, "")


def _derive(work: Work, name: str, guess: Guess, last_resort: str) -> None:
    where = _("from the agency: “%(word)s”") if guess.by_agency else _("from the word “%(word)s”")
    work.derived[name] = Derived(name, guess.value, where % {"word": guess.word} if guess.word else last_resort)


def _kind(written: str) -> str:
    lower = " ".join(written.casefold().split())
    for kind, words in _KINDS:
        if lower == kind.value or any(word in lower for word in words):
            return kind.value
    raise Unclear(_("This kind is not known: %(kind)s. Write fisik, non fisik or hibah.") % {"kind": written[:60]})


def _sector(written: str) -> str:
    lower = " ".join(written.casefold().split())
    for sector in Sector:
        if lower in (sector.value, str(sector.label).casefold()):
            return sector.value
    raise Unclear(_("This sector is not known: %(sector)s.") % {"sector": written[:60]})
