"""What the rows of the national export form mean: one line becomes the values of a proposal, or errors by column.

Columns: `sheet_columns`; single cells: `sheet_cells`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from accounts import text
from accounts.refusals import Invalid
from proposals.sheets import Line
from proposals.sheets.cells import Place, Unclear, flag, is_nothing, measure, place_of, rupiah, volume_of
from proposals.sheets.columns import ADVISERS, COLUMNS, REQUIRED
from proposals.sheets.files import Figure
from proposals.stages import Outcome, Stage
from proposals.words import Sector

#: Stands in `Proposal.source_system` for rows of the national forms, which name their rows themselves.
SOURCE = "sipd"
TITLE_SHORTEST, TITLE_LONGEST = 10, 160
_PROBLEM_LONGEST, _LOCUS_LONGEST, _TEXT_LONGEST = 4000, 200, 4000
#: First word that occurs decides; a suggestion that anybody with the right to edit may correct.
SECTOR_WORDS = (
    (Sector.DRAINAGE, ("gorong", "drainase", "saluran", "talud", "irigasi", "normalisasi")),
    (Sector.SANITATION, ("sampah", "mck", "jamban", "sanitasi", "septic", "limbah")),
    (Sector.WATER, ("air bersih", "sumur", "pdam", "pamsimas")),
    (Sector.ENERGY, ("lampu", "pju", "listrik", "penerangan")),
    (Sector.HEALTH, ("posyandu", "kesehatan", "timbangan bayi", "puskesmas", "stunting")),
    (Sector.EDUCATION, ("paud", "sekolah", "taman bacaan", "perpustakaan", "pendidikan")),
    (Sector.BUSINESS, ("usaha mikro", "umkm", "koperasi", "pasar")),
    (Sector.ROAD, ("jalan", "jembatan", "rabat", "paving", "aspal", "ampyang", "trotoar")),
    (Sector.HOUSING, ("rumah", "rtlh")),
    (Sector.FISHERY, ("perikanan", "nelayan", "tambak", "kolam ikan")),
    (Sector.FARMING, ("pertanian", "bibit", "tanaman", "pupuk", "ternak")),
    (Sector.DISASTER, ("bencana", "kebakaran", "banjir")),
    (Sector.EMPOWERMENT, ("pembinaan", "pelatihan", "pemberdayaan", "penguatan", "alat musik")),
)
#: At which stage each level's advice stands. The partner at Bappeda has no stage of ours: it speaks before the camat.
_ADVISED_AT = {"lurah": Stage.VILLAGE, "mitra": Stage.SUBDISTRICT, "camat": Stage.SUBDISTRICT, "skpd": Stage.AGENCY, "tapd": Stage.DISTRICT}
T = TypeVar("T")


@dataclass(frozen=True)
class Advice:
    """What one level recommended, as the sheet has it; `volume` and `amount` None where it said nothing of them."""

    stage: Stage
    text: str
    volume: Decimal | None
    unit: str
    amount: int | None


@dataclass(frozen=True)
class Wish:
    """One row of the sheet as a proposal's values. `amount` and `unit_price` in whole rupiah."""

    row: int
    source_id: str
    title: str
    problem: str
    objective: str
    sector: str
    locus: str
    on_behalf_of: str
    agency_name: str
    volume: Decimal
    unit: str
    amount: int
    unit_price: int | None
    stage: Stage
    outcome: Outcome
    #: The status and the reason as they stood in the sheet.
    status: str
    reason: str
    #: Longitude and latitude as they were written; both empty where there is no position.
    position: tuple[str, str] = ("", "")
    advice: tuple[Advice, ...] = ()
    source_system: str = SOURCE
    #: What only our own form tells: attributes of a proposal by their names.
    more: Mapping[str, Any] = field(default_factory=dict)
    dictionary_code: str = ""
    #: What was drawn, as it was written: WKT or GeoJSON.
    shape: str = ""
    #: Our own UUID of the row, and of the proposal it was merged into.
    own_id: str = ""
    merged_into: str = ""
    #: Names of files that came with the sheet.
    photos: tuple[str, ...] = ()
    is_ours: bool = False


@dataclass
class _Reader:
    """Reads cells by our names and collects errors by the sheet's own names."""

    line: Line
    errors: dict[str, str] = field(default_factory=dict)

    def column(self, name: str) -> str:
        """The sheet's column for this: the first that holds something, else the first there is."""
        here = [column for column in COLUMNS.get(name, (name,)) if column in self.line.cells]
        # A status column that is empty says "not processed"; what stands in a remark beside it is no status.
        held = () if name == "status" else (column for column in here if not _empty(name, self.line.cells[column]))
        return next(iter((*held, *here)), COLUMNS.get(name, (name,))[0])

    def cell(self, name: str, longest: int = _TEXT_LONGEST, *, lines: bool = False) -> str:
        """The cleaned text of a cell; an error is noted, and answers an empty text."""
        column = self.column(name)
        value = self.line.cells.get(column, "")
        try:
            clean = text.clean(value, field=column, max_length=longest, lines=lines)
        except Invalid as error:
            self.fail(name, (error.fields or {}).get(column, [str(error)])[0])
            return ""
        if not clean and name in REQUIRED:
            self.fail(name, _("This cell must not be empty."))
        return clean

    def read(self, name: str, how: Callable[[str], T], value: str) -> T | None:
        """What a cell means; None, and an error noted, where that is not clear."""
        if self.column(name) in self.errors:
            return None
        try:
            return how(value)
        except Unclear as error:
            self.fail(name, str(error))
            return None

    def fail(self, name: str, sentence: str) -> None:
        self.errors.setdefault(self.column(name), sentence)


def _empty(name: str, cell: str) -> bool:
    return is_nothing(cell) if name in {"amount", "volume", "figure", "reason", "source_id"} else not cell


def wish_of(line: Line, *, plan_year: int) -> Wish | dict[str, str]:
    """The proposal that a line describes, or its errors: the sheet's column and a sentence."""
    if line.error:
        return dict([line.error])
    reader = _Reader(line)
    years = re.findall(r"(?<!\d)20\d\d(?!\d)", given := reader.cell("plan_year", 40))
    if given and (len(years) != 1 or years[0] != str(plan_year)):
        reader.fail("plan_year", _("This row is for another plan year."))
    locus, whole_locus = _locus(reader.cell("locus"), rt=reader.cell("rt", 20), rw=reader.cell("rw", 20))
    title, problem = title_and_problem(reader.cell("title"), reader.cell("problem", _PROBLEM_LONGEST, lines=True))
    problem = f"{problem}\n\n{whole_locus}".strip() if whole_locus else problem
    if title and len(title) < TITLE_SHORTEST:
        reader.fail("title", _("Write a title of at least 10 characters, so that others know what it is about."))
    if len(problem) > _PROBLEM_LONGEST:
        reader.fail("problem", _("Title and problem together are longer than 4000 characters."))
    status = reader.cell("status", 200)
    stage, outcome = _place(reader, status)
    volume, unit = _measured(reader)
    amount = reader.read("amount", rupiah, reader.cell("amount", 40)) or 1
    price = amount / volume
    wish = Wish(
        row=line.number,
        source_id=source_id(reader.cell("source_id", 80)),
        title=title,
        problem=problem,
        objective=reader.cell("objective", 2000, lines=True),
        sector=sector_of(f"{title} {problem}"),
        locus=locus,
        on_behalf_of=reader.cell("proposer", 120),
        agency_name=reader.cell("agency", 160),
        volume=volume,
        unit=unit,
        amount=amount,
        unit_price=int(price) if price == price.to_integral_value() else None,
        stage=stage,
        outcome=outcome,
        status=status,
        reason=_reason(reader),
        position=_position(line, reader),
        advice=tuple(_advice(reader)),
    )
    return reader.errors or wish


def source_id(written: str) -> str:
    """An id as text; a program that keeps whole numbers as fractions wrote `417.0`."""
    return re.sub(r"(?<=\d)\.0+$", "", written) if re.fullmatch(r"\d+\.0+", written) else written


def _place(reader: _Reader, status: str) -> Place:
    """The status, and the flags that the national system keeps beside it."""
    stage, outcome = reader.read("status", place_of, status) or (Stage.VILLAGE, Outcome.OPEN)
    for name, flagged in (("withdrawn", Outcome.WITHDRAWN), ("rejected", Outcome.REJECTED), ("returned", Outcome.RETURNED)):
        if reader.read(name, flag, reader.cell(name, 20)) and outcome is Outcome.OPEN:
            outcome = flagged
    return stage, outcome


def _reason(reader: _Reader) -> str:
    reason = reader.cell("reason", 1500, lines=True)
    return "" if is_nothing(reason) else reason


def _measured(reader: _Reader) -> tuple[Decimal, str]:
    """Volume and unit: the coefficient, else the figure and the unit in columns of their own."""
    unit = reader.cell("unit", 80)
    name = "volume" if not is_nothing(reader.line.cells.get(reader.column("volume"), "")) else "figure"
    if name == "figure" and is_nothing(reader.line.cells.get(reader.column("figure"), "")):
        given = reader.cell("volume", 80)
        reader.read("volume", measure, given or "0")
        return Decimal(1), ""
    written = reader.cell(name, 80)
    if isinstance(reader.line.cells.get(reader.column(name)), Figure):
        # a workbook's own number cannot be read in two ways
        volume = reader.read(name, lambda figure: volume_of(figure, exact=True), written) or Decimal(1)
        return volume, (reader.read("unit", measure, f"1 {unit}") or (Decimal(1), ""))[1] if unit else ""
    bare = re.fullmatch(r"[\d.,]+", written) is not None
    return reader.read(name, measure, f"{written} {unit}".strip() if bare else written) or (Decimal(1), "")


def _position(line: Line, reader: _Reader) -> tuple[str, str]:
    lon, lat = (line.cells.get(reader.column(name), "").strip() for name in ("longitude", "latitude"))
    return ("", "") if is_nothing(lon) and is_nothing(lat) else (lon, lat)


def _advice(reader: _Reader) -> list[Advice]:
    """What each level recommended; of two at one stage the later word counts."""
    by_stage = dict[Stage, Advice]()
    for adviser in ADVISERS:
        said = reader.cell(f"rekom_{adviser}_rekomendasi", 1500, lines=True)
        amount_name, volume_name = f"rekom_{adviser}_anggaran", f"rekom_{adviser}_koefisien"
        amount_text, volume_text = reader.cell(amount_name, 40), reader.cell(volume_name, 80)
        amount = None if is_nothing(amount_text) else reader.read(amount_name, rupiah, amount_text)
        volume, unit = (None, "") if is_nothing(volume_text) else reader.read(volume_name, measure, volume_text) or (None, "")
        if amount or volume or not is_nothing(said):
            by_stage[_ADVISED_AT[adviser]] = Advice(_ADVISED_AT[adviser], "" if is_nothing(said) else said, volume, unit, amount)
    return list(by_stage.values())


def title_and_problem(title: str, problem: str) -> tuple[str, str]:
    """A title of bearable length; what is cut off stays at the head of the problem, what is too short takes from it."""
    if len(title) > TITLE_LONGEST:
        return _cut(title, TITLE_LONGEST), f"{title}\n\n{problem}".strip()
    if title and len(title) < TITLE_SHORTEST and problem:
        return _cut(f"{title}: {problem.splitlines()[0]}", TITLE_LONGEST), problem
    return title, problem


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rsplit(" ", 1)[0] + "…"


def _locus(address: str, *, rt: str, rw: str) -> tuple[str, str]:
    """The place in words with its RT and RW; where that is too long, cut, and the whole beside it."""
    for word, number in (("RT", rt), ("RW", rw)):
        bare = re.sub(rf"^{word}[\s.]*", "", number, flags=re.IGNORECASE)
        if bare and not re.search(rf"\b{word}[\s.]*0*{re.escape(bare.lstrip('0'))}\b", address, re.IGNORECASE):
            address = f"{address}, {word} {bare}".strip(", ")
    return _cut(address, _LOCUS_LONGEST), address if len(address) > _LOCUS_LONGEST else ""


def sector_of(words: str) -> str:
    """The sector whose word occurs first in the table; empty where none does."""
    lower = words.lower()
    return next((sector.value for sector, known in SECTOR_WORDS if any(word in lower for word in known)), "")


def village_said(line: Line) -> tuple[str, str, str]:
    """The village that a row names: the column, its code and its name; empty where it names none."""
    reader = _Reader(line)
    code, name = (line.cells.get(reader.column(wanted), "").strip() for wanted in ("village_code", "village"))
    return reader.column("village_code" if code else "village"), code, name


def subdistrict_said(line: Line) -> str:
    """The sub-district that a row names; empty where it names none."""
    return line.cells.get(_Reader(line).column("subdistrict"), "").strip()
