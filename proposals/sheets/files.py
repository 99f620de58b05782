"""Opening sheets as offices send them: which kind of file it is, and its pages as rows of cells. No meaning yet.

Nothing is guessed silently: bytes of no known encoding, old or locked workbooks and files that unpack to a flood are refused
with what to do about it.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

#: One more than we read: a sheet that is wider is refused, not cut.
COLUMNS_MOST = 300
SEPARATORS = ",;\t|"
_ENTRIES_MOST = 500
#: Excel's own end of a worksheet.
_ROWS_THERE_CAN_BE = 1_048_576
#: Held in memory as a whole, unlike the rows.
_STRINGS_MOST = 60 * 1024 * 1024
#: A large part that shrinks more than this holds one thing over and over; sheets of real words shrink ten to fifty times.
_LARGE, _SHRINKS_MOST = 20 * 1024 * 1024, 200
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_FORMULA = re.compile(rb"<f[ >/]")
_FAR_ROW = re.compile(rb"row\b[^<>]{0,400}?\sr=[\"']0*([0-9]{7,20})")

Row = Sequence[Any]


class Unreadable(Exception):  # noqa: N818 - it carries the sentence for the person who sent the file
    """The file as a whole cannot be read."""


class Broken(str):
    """A cell without a value of its own: a formula nobody computed, or one that failed. Its text is never used."""

    __slots__ = ()


class Figure(str):
    """A number that the file holds as a number: its point is a decimal point, whatever stands behind it."""

    __slots__ = ()


@dataclass(frozen=True)
class Page:
    """One table of a file. `rows` begins anew each time it is called; `ragged`: a row may be longer than its header by mistake."""

    name: str
    rows: Callable[[], Iterator[Row]]
    ragged: bool = False


def pages(content: bytes, *, unpacked_most: int) -> list[Page]:
    """The pages that may hold a table: the visible worksheets, or a CSV read with each separator. Raises `Unreadable`."""
    _refuse_others(content)
    if not content.startswith(b"PK"):
        text = _decoded(content)
        return [Page("", lambda sign=sign: _csv_rows(text, sign), ragged=True) for sign in SEPARATORS]  # type: ignore[misc]
    return _worksheets(content, _checked_archive(content, unpacked_most))


def _refuse_others(content: bytes) -> None:
    start = content[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if content.startswith(_OLD_OFFICE):
        if _LOCKED in content:
            raise Unreadable(_("This workbook is locked with a password. Save it again without one."))
        raise Unreadable(_("This is a workbook in the old XLS form. Save it as XLSX or CSV."))
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<style", b"<?xml")):
        raise Unreadable(_("This is a web page under the name of a sheet. Open it in a spreadsheet and save it as XLSX or CSV."))
    if start.startswith((b"%pdf", b"{\\rtf")):
        raise Unreadable(_("This is neither a CSV nor an XLSX file."))


def _decoded(content: bytes) -> str:
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(_("This is neither a CSV nor an XLSX file."))


def _encodings(content: bytes) -> list[str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    # Without its mark UTF-16 shows by its zeros: the second byte of each plain letter, or the first.
    head = content[:200]
    if len(head) >= 8 and head[1::2].count(0) > len(head) // 4:
        return ["utf-16-le"]
    if len(head) >= 8 and head[::2].count(0) > len(head) // 4:
        return ["utf-16-be"]
    return ["utf-8-sig", "cp1252"]


def _csv_rows(text: str, sign: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            # Excel's own first line that only names the separator.
            yield [] if number == 1 and "".join(cells).strip().lower() in {"sep=", f"sep={sign}"} else cells
    except csv.Error:
        sentence = _("This is not a sheet of comma-separated values: near line %(line)d a quote is not closed, or a cell is too long.")
        raise Unreadable(sentence % {"line": reader.line_num}) from None


def _checked_archive(content: bytes, unpacked_most: int) -> zipfile.ZipFile:
    damaged = _("This XLSX file is damaged. Save it again as XLSX or CSV.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        strings = sum(entry.file_size for entry in entries if not entry.filename.startswith("xl/worksheets/"))
        hollow = any(entry.file_size > _LARGE and entry.file_size > _SHRINKS_MOST * entry.compress_size for entry in entries)
        if hollow or len(entries) > _ENTRIES_MOST or sum(entry.file_size for entry in entries) > unpacked_most or strings > _STRINGS_MOST:
            raise Unreadable(_("This XLSX file unpacks to far more than its size. Copy only the rows with content into a new file and save that."))
        kind = archive.read("mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        raise Unreadable(damaged) from None
    if b"opendocument" in kind:
        raise Unreadable(_("This is an OpenDocument file. Save it as XLSX or CSV."))
    if "xl/workbook.xml" not in names and not any(name.startswith("xl/") for name in names):
        raise Unreadable(_("This is neither a CSV nor an XLSX file."))
    if any(name.startswith("xl/worksheets/") and name.endswith(".bin") for name in names):
        raise Unreadable(_("This is a workbook in the binary XLSB form. Save it as XLSX or CSV."))
    return archive


def _worksheets(content: bytes, archive: zipfile.ZipFile) -> list[Page]:
    import openpyxl  # noqa: PLC0415 - half a second that only sheets need

    def opened(*, computed: bool) -> Any:
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=computed, keep_links=False)

    def rows_of(place: int) -> Iterator[Row]:
        with _stumbling():
            yield from _ending(_cells(computed.worksheets[place], None if written is None else written.worksheets[place]))

    with _stumbling():
        _refuse_endless(archive)
        computed = opened(computed=True)
        written = opened(computed=False) if _has_formulas(archive) else None
        shown = [place for place, sheet in enumerate(computed.worksheets) if sheet.sheet_state == "visible"]
        return [Page(computed.worksheets[place].title, lambda place=place: rows_of(place)) for place in shown]  # type: ignore[misc]


def _ending(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows, as far as a worksheet reaches: a row that says it is the billionth would have us count all the empty ones before it."""
    for number, row in enumerate(rows, start=1):
        if number > _ROWS_THERE_CAN_BE:
            raise Unreadable(_("This XLSX file is damaged. Save it again as XLSX or CSV."))
        yield row


class _stumbling:  # noqa: N801 - reads as a word in `with`
    """openpyxl raises whatever the XML inside makes it stumble over; the person learns that the file is damaged."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, Unreadable):
            raise Unreadable(_("This XLSX file is damaged. Save it again as XLSX or CSV.")) from error


def _refuse_endless(archive: zipfile.ZipFile) -> None:
    """A row that stands beyond the end of any worksheet: all the empty ones before it would be counted, for ever."""
    for piece in _pieces(archive, 450):
        if any(int(number) > _ROWS_THERE_CAN_BE for number in _FAR_ROW.findall(piece)):
            raise Unreadable(_("This XLSX file is damaged. Save it again as XLSX or CSV."))


def _has_formulas(archive: zipfile.ZipFile) -> bool:
    """Whether any cell is computed; only then is every cell read twice, as it was written and as it was computed."""
    return any(_FORMULA.search(piece) for piece in _pieces(archive, 2))


def _pieces(archive: zipfile.ZipFile, overlap: int) -> Iterator[bytes]:
    """The worksheets' text a piece at a time; each begins with the end of the one before it, so that nothing short is cut in two."""
    for name in archive.namelist():
        if name.startswith("xl/worksheets/"):
            with archive.open(name) as part:
                tail = b""
                while piece := part.read(1 << 20):
                    yield tail + piece
                    tail = piece[-overlap:]


def _cells(computed: Any, written: Any) -> Iterator[Row]:
    """Rows of values; a formula is its stored value, or `Broken` where there is none or it is an error."""
    # What a file says of its own size is often wrong, and would hide rows.
    computed.reset_dimensions()
    if written is None:
        for row in computed.iter_rows(max_col=COLUMNS_MOST + 1):
            yield [Broken(cell.value) if cell.data_type == "e" else _shown(cell) for cell in row]
        return
    written.reset_dimensions()
    both = zip(computed.iter_rows(max_col=COLUMNS_MOST + 1), written.iter_rows(max_col=COLUMNS_MOST + 1), strict=True)
    for row, formulas in both:
        yield [
            Broken(cell.value) if cell.data_type == "e" or (formula.data_type == "f" and cell.value is None) else _shown(cell)
            for cell, formula in zip(row, formulas, strict=True)
        ]


def _shown(cell: Any) -> Any:
    """A cell's value; who types 75% into a spreadsheet reads 75% there, while the file holds 0.75."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        # 0.07 is a little more than seven hundredths: rounded as the spreadsheet itself shows it, to fifteen digits
        return f"{Decimal(f'{value * 100:.15g}').normalize():f}%"
    return value
