"""Reading sheets (CSV, XLSX) into rows of text, within limits that a hostile file cannot pass.

What stands around the table in real files (titles above, a sum and signatures below, a row that numbers the columns, empty
rows) is told apart from its rows, and each row is accounted for.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from proposals.sheets import columns as sheet_columns
from proposals.sheets import form as sheet_form
from proposals.sheets.columns import COLUMNS
from proposals.sheets.files import COLUMNS_MOST, Broken, Figure, Page, Row, Unreadable, pages

__all__ = ["GUARDED", "RUNS", "Line", "Sheet", "Unreadable", "read", "read_bytes"]

FILE_MOST = 20 * 1024 * 1024
UNPACKED_MOST = 200 * 1024 * 1024
ROWS_MOST = 20_000
CELL_MOST = 10_000
#: A drawn line or area is longer than any text.
SHAPE_MOST = 120_000
_IDS = ("id", "source_id", "id_sumber", *COLUMNS["source_id"])
#: Rows that are looked through for the header.
_HEAD = 41
#: A spreadsheet runs a cell that begins so. On the way out a quote stands before it, on the way in it goes again.
RUNS = re.compile(r" *'*[=+\-@\t\r\n]")
GUARDED = re.compile(r"'" + RUNS.pattern)
_TOTAL = re.compile(
    r"(?:(?:grand|sub)[\s-]*)?(?:jumlah|total)(?:\s+(?:total|keseluruhan|seluruh\w*|anggaran|usulan|pagu|biaya))*\s*(?:\(rp\.?\))?\s*[:.]?"
)


@dataclass(frozen=True)
class Line:
    """One row: its number as a spreadsheet shows it, its cells by column, and what is wrong with it.

    `skipped` tells why a row is none of the table's: the sum below it, a numbering of the columns.
    """

    number: int
    cells: dict[str, str]
    error: tuple[str, str] | None = None
    skipped: str = ""


@dataclass(frozen=True)
class Sheet:
    """A file's header and rows. `sha256` is of its bytes."""

    name: str
    sha256: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    #: Rows without a single cell; counted, so that every row of the file is accounted for.
    blank: int = 0
    #: The row of the header, as a spreadsheet shows it; what stands above it is no part of the table.
    header_row: int = 1

    @property
    def is_ours(self) -> bool:
        """Whether it is in our own form, and not in the national one."""
        return sheet_form.is_ours(self.columns)


@dataclass(frozen=True)
class _Table:
    """A page whose header was found. `first` is the place of the first row below it, counted from 0."""

    page: Page
    columns: tuple[str, ...]
    header_row: int
    first: int

    @property
    def known(self) -> int:
        return sheet_columns.known_fields(self.columns)

    @cached_property
    def is_ours(self) -> bool:
        return sheet_form.is_ours(self.columns)

    def reads(self, name: str) -> bool:
        """Whether this column of the table is read."""
        return sheet_columns.is_read(name, ours=self.is_ours)


def read(path: Path, *, page: str = "") -> Sheet:
    """The sheet in a file; raises `Unreadable` with a sentence. `page` names a worksheet where several hold a table."""
    if path.stat().st_size > FILE_MOST:
        raise Unreadable(_("The file is larger than 20 MB. Split it."))
    return read_bytes(path.read_bytes(), name=path.name, page=page)


def read_bytes(content: bytes, *, name: str, page: str = "") -> Sheet:
    """The sheet in these bytes; raises `Unreadable` with a sentence."""
    if len(content) > FILE_MOST:
        raise Unreadable(_("The file is larger than 20 MB. Split it."))
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise Unreadable(_("The file is empty."))
    table = _table(pages(content, unpacked_most=UNPACKED_MOST), page)
    lines, blank = _lines(table)
    return Sheet(name, hashlib.sha256(content).hexdigest(), table.columns, tuple(lines), blank, table.header_row)


def _table(found: list[Page], wanted: str) -> _Table:
    """The page with the table: of a CSV the reading that understands most, of a workbook the only one with our columns."""
    if wanted:
        found = [page for page in found if page.name.casefold() == wanted.casefold()]
        if not found:
            raise Unreadable(_("The file has no visible worksheet “%(name)s”.") % {"name": wanted})
    tables = [_open(page) for page in found]
    if not tables:
        raise Unreadable(_("The file has no visible worksheet."))
    if tables[0].page.ragged:
        table = max(tables, key=lambda table: (table.known, len(table.columns)))
    else:
        ours = [table for table in tables if not sheet_columns.missing_columns(table.columns)]
        if len(ours) > 1:
            names = ", ".join(f"“{table.page.name}”" for table in ours)
            raise Unreadable(_("Several worksheets hold proposals: %(names)s. Name one with --sheet.") % {"names": names})
        table = ours[0] if ours else max(tables, key=lambda table: table.known)
    _check_header(table)
    return table


def _open(page: Page) -> _Table:
    try:
        head = [[_text(cell).strip() for cell in row] for row in islice(page.rows(), _HEAD)]
    except Unreadable:
        if not page.ragged:
            raise
        # With the wrong separator a quote stands in the middle of a cell; the right one still gets its turn.
        head = [[_text(cell).strip() for cell in row] for row in _until_unreadable(page)]
    place, height, names = sheet_columns.find_header(head)
    while names and not names[-1]:
        names.pop()
    return _Table(page, tuple(names), place + 1, place + height)


def _until_unreadable(page: Page) -> Iterator[Row]:
    try:
        yield from islice(page.rows(), _HEAD)
    except Unreadable:
        return


def _check_header(table: _Table) -> None:
    columns = table.columns
    twice = sorted({name for name in columns if table.reads(name) and columns.count(name) > 1})
    if not any(columns) or twice:
        sentence = _("The header must name each column once.")
        raise Unreadable(f"{sentence} {', '.join(twice)}".strip())
    if len(columns) > COLUMNS_MOST:
        raise Unreadable(_("The table has more than %(most)d columns.") % {"most": COLUMNS_MOST})


def _lines(table: _Table) -> tuple[list[Line], int]:
    lines, blank, summed = list[Line](), 0, False
    for number, cells in enumerate(table.page.rows(), start=1):
        if number <= table.first:
            if number < table.header_row:
                filled = any(_text(cell).strip() for cell in cells)
                lines += [Line(number, {}, skipped=_("Above the header."))] * filled
                blank += not filled
            continue
        if not any(cell not in (None, "") for cell in cells) or not any(_text(cell).strip() for cell in cells):
            blank += 1
            continue
        line = _line(number, table, cells)
        why = _not_a_row(line, table, [_text(cell).strip() for cell in cells], first=number == table.first + 1, summed=summed)
        summed = summed or why == _sum_sentence()
        lines.append(Line(number, {}, skipped=why) if why else line)
        if len(lines) > ROWS_MOST:
            raise Unreadable(_("The file has more than %(most)d rows. Split it.") % {"most": ROWS_MOST})
    return lines, blank


def numbers_columns(filled: Sequence[str]) -> bool:
    """Whether these cells only count the columns: (1) | (2) | (3)."""
    return [text.strip("()") for text in filled] == [str(place) for place in range(1, len(filled) + 1)]


def is_sum(text: str) -> bool:
    """Whether a cell says that its row is a sum: `JUMLAH`, `Total Anggaran (Rp)`."""
    return _TOTAL.fullmatch(text.casefold()) is not None


def _sum_sentence() -> str:
    return _("A sum, not a proposal.")


def _not_a_row(line: Line, table: _Table, texts: list[str], *, first: bool, summed: bool) -> str:
    """Why this is no row of the table; empty where it is one, or where that is in doubt."""
    filled = [text for text in texts if text]
    if first and len(filled) > 3 and numbers_columns(filled):
        return _("It numbers the columns.")
    own_id = next((line.cells[name] for name in _IDS if line.cells.get(name)), "")
    if (not own_id or is_sum(own_id)) and any(is_sum(text) for text in filled):
        return _sum_sentence()
    if summed and not own_id and not any(line.cells.get(name) for name in COLUMNS["amount"]):
        return _("Below the sum.")
    if not any(table.reads(name) and text for name, text in line.cells.items()) and not line.error:
        return _("Nothing stands in the columns that are read.")
    return ""


def _line(number: int, table: _Table, cells: Row) -> Line:
    texts = [_told(cell, ragged=table.page.ragged) for cell in cells]
    named = dict[str, str]()
    for column, text in zip(table.columns, texts, strict=False):
        if column:
            named.setdefault(column, text)
    if table.page.ragged and any(texts[len(table.columns) :]):
        return Line(number, named, ("row", _("This row has more cells than the header. A comma in a text needs quotes around it.")))
    read_here = [(column, cell) for column, cell in zip(table.columns, cells, strict=False) if table.reads(column)]
    broken = next((column for column, cell in read_here if isinstance(cell, Broken)), None)
    if broken:
        return Line(number, named, (broken, _("This cell is a formula without a value. Paste its value instead.")))
    too_long = next((column for column, _cell in read_here if len(named[column]) > _longest(column)), None)
    return Line(number, named, (too_long, _("This text is too long.")) if too_long else None)


def _longest(column: str) -> int:
    return SHAPE_MOST if sheet_form.KEY_OF.get(column) == "shape" else CELL_MOST


def _told(cell: Any, *, ragged: bool) -> str:
    """A cell without the blanks around it; a number of a workbook stays known as one, a quote against formulas goes."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Figure(_text(cell))
    text = _text(cell).strip()
    return text[1:] if ragged and GUARDED.match(text) else text


def _text(cell: Any) -> str:
    """A cell as a person would read it; a computed 2.3000000000000003 is 2.3."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        near = round(cell) if abs(cell) < 1e15 else 0
        return str(near) if abs(cell - near) < 1e-6 and (near or not cell) else format(cell, ".15g")
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)
