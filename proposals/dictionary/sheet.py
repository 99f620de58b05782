"""A sheet of works (XLSX, CSV) as rows of text by our names of columns. What a row means: `dictionary_rows`."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from proposals.dictionary import columns as dictionary_columns
from proposals.sheets import is_sum, numbers_columns
from proposals.sheets.files import COLUMNS_MOST, Broken, Page, Unreadable, pages

__all__ = ["Line", "Table", "Unreadable", "read"]

FILE_MOST = 5 * 1024 * 1024
_UNPACKED_MOST = 60 * 1024 * 1024
_ROWS_MOST = 20_000
#: A sheet that was formatted to its very end has a million rows without a word in them; behind so many nothing follows.
_BLANKS_MOST = 1_000_000
_CELL_MOST = 4_000
_HEAD = 20


@dataclass(frozen=True)
class Line:
    """One row: its number as a spreadsheet shows it, its cells by our names, and what is wrong with it as a whole."""

    number: int
    cells: dict[str, str]
    error: tuple[str, str] | None = None


@dataclass(frozen=True)
class Table:
    """A file's works. `columns`: our name -> the sheet's own; `unread`: its other columns. `sha256` is of the file's bytes."""

    name: str
    sha256: str
    columns: dict[str, str]
    unread: tuple[str, ...]
    lines: tuple[Line, ...]
    blank: int = 0


def read(content: bytes, *, name: str) -> Table:
    """The table in a file's bytes; raises `Unreadable` with what to do about it."""
    if len(content) > FILE_MOST:
        raise Unreadable(_("The file is larger than 5 MB. Split it."))
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    page, place, header, found = _best(pages(content, unpacked_most=_UNPACKED_MOST))
    if lacks := dictionary_columns.missing(found):
        raise Unreadable(_("These columns are missing: %(columns)s.") % {"columns": ", ".join(lacks)})
    lines, blank = _lines(page, place, header, found)
    columns = {field: header[at] for field, at in found.items()}
    unread = tuple(cell for at, cell in enumerate(header) if cell and at not in found.values())
    return Table(name, hashlib.sha256(content).hexdigest(), columns, unread, tuple(lines), blank)


def _best(found: list[Page]) -> tuple[Page, int, list[str], dict[str, int]]:
    """The page and the row of it that names most of our columns."""
    best: tuple[Page, int, list[str], dict[str, int]] | None = None
    for page in found:
        head = _head(page)
        place, columns = dictionary_columns.find_header(head)
        if best is None or len(columns) > len(best[3]):
            best = page, place, _trimmed(head[place]) if head else [], columns
    if best is None:
        raise Unreadable(_("The file has no visible worksheet."))
    if len(best[2]) > COLUMNS_MOST:
        raise Unreadable(_("The table has more than %(most)d columns.") % {"most": COLUMNS_MOST})
    return best


def _trimmed(header: list[str]) -> list[str]:
    """Without the empty cells that a spreadsheet keeps to the right of the last column."""
    last = max((place for place, cell in enumerate(header) if cell), default=-1)
    return header[: last + 1]


def _head(page: Page) -> list[list[str]]:
    head: list[list[str]] = []
    try:
        head += ([_text(cell).strip() for cell in row] for row in islice(page.rows(), _HEAD))
    except Unreadable:
        # read with the wrong separator a quote stands in the middle of a cell; the right one still gets its turn
        if not page.ragged:
            raise
    return head


def _lines(page: Page, place: int, header: Sequence[str], found: dict[str, int]) -> tuple[list[Line], int]:
    lines, blank = list[Line](), 0
    for number, cells in enumerate(page.rows(), start=1):
        if number <= place + 1:
            continue
        texts = [_text(cell).strip() for cell in cells]
        if _is_no_work(texts, found, first=number == place + 2):
            blank += 1
            if blank > _BLANKS_MOST:
                break
            continue
        lines.append(_line(number, cells, header, found, ragged=page.ragged))
        if len(lines) > _ROWS_MOST:
            raise Unreadable(_("The file has more than %(most)d rows. Split it.") % {"most": _ROWS_MOST})
    return lines, blank


def _is_no_work(texts: list[str], found: dict[str, int], *, first: bool) -> bool:
    """An empty row, a numbering of the columns right below the header, a sum, or what stands where no work is named or priced."""
    filled = [text for text in texts if text]
    named = {field: texts[at] for field, at in found.items() if field in {"code", "name", "unit_price"} and at < len(texts) and texts[at]}
    if first and len(filled) > 2 and numbers_columns(filled):
        return True
    summed = any(is_sum(text) for text in filled) and "name" not in named and ("code" not in named or is_sum(named["code"]))
    return summed or not named


def _line(number: int, cells: Sequence[Any], header: Sequence[str], found: dict[str, int], *, ragged: bool) -> Line:
    here = {field: _text(cells[at]).strip() if at < len(cells) else "" for field, at in found.items()}
    if ragged and any(_text(cell).strip() for cell in cells[len(header) :]):
        return Line(number, here, ("", _("This row has more cells than the header. A comma in a text needs quotes around it.")))
    for field, at in found.items():
        if at < len(cells) and isinstance(cells[at], Broken):
            return Line(number, here, (field, _("This cell is a formula without a value. Paste its value instead.")))
        if len(here[field]) > _CELL_MOST:
            return Line(number, here, (field, _("This text is too long.")))
    return Line(number, here)


def _text(cell: Any) -> str:
    """A cell as a person would read it; what a spreadsheet keeps as 12.0 is 12."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".15g")
    return str(cell)
