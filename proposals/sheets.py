"""Reading sheets (CSV, XLSX) into rows of text, within limits that a hostile file cannot pass. No meaning yet.

Nothing is guessed silently: a formula, a file that unpacks to a flood, or bytes of no known encoding are refused.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

FILE_MOST = 20 * 1024 * 1024
UNPACKED_MOST = 200 * 1024 * 1024
ROWS_MOST = 20_000
COLUMNS_MOST = 200
CELL_MOST = 10_000
_ENTRIES_MOST = 500
_SEPARATORS = ",;\t"


class Unreadable(Exception):  # noqa: N818 - it carries the sentence for the person who sent the file
    """The file as a whole cannot be read."""


@dataclass(frozen=True)
class Line:
    """One row: its number as a spreadsheet shows it (the header is 1), its cells by column, and what is wrong with it."""

    number: int
    cells: dict[str, str]
    error: tuple[str, str] | None = None


@dataclass(frozen=True)
class Sheet:
    """A file's header and rows. `sha256` is of its bytes."""

    name: str
    sha256: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    #: Rows without a single cell; counted, so that every row of the file is accounted for.
    blank: int = 0


def read(path: Path) -> Sheet:
    """The sheet in a file; raises `Unreadable` with a sentence."""
    if path.stat().st_size > FILE_MOST:
        raise Unreadable(_("The file is larger than 20 MB. Split it."))
    content = path.read_bytes()
    rows = _xlsx_rows(content) if zipfile.is_zipfile(io.BytesIO(content)) else _csv_rows(content)
    return _sheet(path.name, hashlib.sha256(content).hexdigest(), rows)


def _sheet(name: str, digest: str, rows: Iterable[list[Any]]) -> Sheet:
    rows = iter(rows)
    columns = tuple(_text(cell).strip().lower() for cell in next(rows, []))
    named = [column for column in columns if column]
    if not named or len(set(named)) != len(named):
        raise Unreadable(_("The first row must name each column once."))
    lines, blank = list[Line](), 0
    for number, cells in enumerate(rows, start=2):
        if number > ROWS_MOST + 1:
            raise Unreadable(_("The file has more than %(most)d rows. Split it.") % {"most": ROWS_MOST})
        if any(_text(cell).strip() for cell in cells):
            lines.append(_line(number, columns, cells))
        else:
            blank += 1
    return Sheet(name, digest, columns, tuple(lines), blank)


def _line(number: int, columns: tuple[str, ...], cells: list[Any]) -> Line:
    texts = [_text(cell).strip() for cell in cells]
    named = {column: text for column, text in zip(columns, texts, strict=False) if column}
    if any(texts[len(columns) :]):
        return Line(number, named, ("row", _("This row has more cells than the header. A comma in a text needs quotes around it.")))
    if any(isinstance(cell, Formula) for cell in cells):
        column = next(column for column, cell in zip(columns, cells, strict=False) if isinstance(cell, Formula))
        return Line(number, named, (column or "row", _("This cell is a formula. Paste its value instead.")))
    too_long = next((column for column, text in named.items() if len(text) > CELL_MOST), None)
    return Line(number, named, (too_long, _("This text is too long.")) if too_long else None)


class Formula(str):
    """A cell that would be computed; its text is never used."""

    __slots__ = ()


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    except csv.Error:
        raise Unreadable(_("This is not a sheet of comma-separated values: a quote is not closed, or a cell is too long.")) from None


def _decoded(content: bytes) -> str:
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(_("This is neither a CSV nor an XLSX file."))


def _separator(text: str) -> str:
    """The separator that splits the header into most columns."""
    header = text.lstrip("\r\n").partition("\n")[0]
    return max(_SEPARATORS, key=lambda sign: (len(next(csv.reader([header], delimiter=sign), [])), -_SEPARATORS.index(sign)))


def _xlsx_rows(content: bytes) -> Iterator[list[Any]]:
    """The first worksheet, streamed; openpyxl is only asked for files that do not unpack to a flood."""
    import openpyxl  # noqa: PLC0415 - half a second that only sheets need

    _refuse_floods(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        for row in book.worksheets[0].iter_rows(max_col=COLUMNS_MOST):
            yield [Formula(cell.value) if cell.data_type == "f" else cell.value for cell in row]
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever the XML inside makes it stumble over
        raise Unreadable(_("This XLSX file is damaged. Save it again as XLSX or CSV.")) from error


def _refuse_floods(content: bytes) -> None:
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise Unreadable(_("This XLSX file is damaged. Save it again as XLSX or CSV.")) from None
    if len(entries) > _ENTRIES_MOST or sum(entry.file_size for entry in entries) > UNPACKED_MOST:
        raise Unreadable(_("This XLSX file unpacks to far more than its size. It is refused."))
