"""Writing workbooks (XLSX) row by row: memory stays flat however many rows there are. No database, no meaning.

A text is written as text, so nothing in it ever runs as a formula. A sheet of Excel ends at 1,048,576 rows; a longer table
goes on in the next one under the same header. Written by hand because a library takes ten times as long for millions of rows.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

#: Below Excel's 1,048,576, round enough to be understood.
ROWS_A_SHEET = 1_000_000
_CELL_MOST = 32_767
_PIECE = 1 << 18
_DIGITS_EXACT, _SURELY = 15, 10**11
_NUMBERS = frozenset({int, float, Decimal})
#: What XML cannot hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TOUCHED = re.compile("[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_NS = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Style(IntEnum):
    """How a cell looks; the order is the one in the styles' part."""

    PLAIN = 0
    HEADER = 1
    TEXT = 2
    NUMBER = 3
    VOLUME = 4
    SUM_TEXT = 5
    SUM_NUMBER = 6
    TITLE = 7


@dataclass(frozen=True)
class Row:
    """A row whose cells look otherwise than their columns do."""

    cells: Sequence[Any]
    style: Style | Sequence[Style]


@dataclass(frozen=True)
class Table:
    """A table: rows above its header, the header, the rows, how wide the columns are and how their cells look.

    `is_landscape` prints across the page, fitted to its width, the header again on each.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any] | Row]
    widths: Sequence[int] = ()
    styles: Sequence[Style] = ()
    above: Sequence[Row] = ()
    is_landscape: bool = True


@dataclass
class _Sheets:
    """The sheets written so far: name and the rows that repeat on each printed page."""

    named: list[tuple[str, int]] = field(default_factory=list)

    def add(self, name: str, header_row: int) -> int:
        bare = _NAME_FORBIDDEN.sub(" ", name).strip()[:31] or "Usulan"
        taken = {known.casefold() for known, _row in self.named}
        plain, number = bare, 2
        while bare.casefold() in taken:
            bare, number = f"{plain[:26]} ({number})", number + 1
        self.named.append((bare, header_row))
        return len(self.named)


def write(out: IO[bytes], tables: Iterable[Table], *, rows_a_sheet: int = ROWS_A_SHEET) -> int:
    """Write a workbook; answers how many rows stand below the headers."""
    sheets, written = _Sheets(), 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for table in tables:
            written += _write_table(archive, sheets, table, rows_a_sheet)
        if not sheets.named:
            written += _write_table(archive, sheets, Table("Usulan", (), ()), rows_a_sheet)
        _write_parts(archive, sheets)
    return written


def _write_table(archive: zipfile.ZipFile, sheets: _Sheets, table: Table, rows_a_sheet: int) -> int:
    rows, written, more = iter(table.rows), 0, True
    held: list[Any] = []
    while more:
        number = sheets.add(table.name, len(table.above) + 1)
        with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
            more, count = _write_sheet(part, table, rows, held, rows_a_sheet)
            written += count
    return written


def _write_sheet(part: IO[bytes], table: Table, rows: Any, held: list[Any], rows_a_sheet: int) -> tuple[bool, int]:
    """One sheet; whether rows are left over (the first of them is in `held`), and how many were written."""
    part.write((_HEAD + _opening(table)).encode())
    letters, buffer, size, count = _letters(_width(table)), list[str](), 0, 0
    head = [*table.above, *([Row(table.header, Style.HEADER)] if table.header else [])]
    styles = list(table.styles) or [Style.PLAIN] * len(letters)
    for place, row in enumerate(_chained(head, held, rows), start=1):
        if count == rows_a_sheet:
            held.append(row)
            break
        count += place > len(head)
        buffer.append(_row(row, place, letters, styles))
        size += len(buffer[-1])
        if size > _PIECE:
            part.write("".join(buffer).encode("utf-8", "replace"))
            buffer, size = [], 0
    part.write(("".join(buffer) + _closing(table)).encode("utf-8", "replace"))
    return bool(held), count


def _chained(head: Iterable[Any], held: list[Any], rows: Any) -> Iterable[Any]:
    yield from head
    while held:
        yield held.pop()
    for row in rows:  # noqa: UP028 - `yield from` would close the rows with this sheet, and the next one would find none
        yield row


def _width(table: Table) -> int:
    return max([len(table.header), len(table.widths), *(len(row.cells) for row in table.above), 1]) + 1


def _letters(count: int) -> list[str]:
    """The names of the columns: A, B, and after Z AA."""
    return [(chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26) for place in range(count)]


def _row(row: Sequence[Any] | Row, place: int, letters: list[str], styles: Sequence[Style]) -> str:
    cells: Sequence[Any] = row.cells if isinstance(row, Row) else row
    if isinstance(row, Row):
        styles = [row.style] * len(cells) if isinstance(row.style, Style) else row.style
    told = [
        _cell(value, f"{letter}{place}", style) for value, letter, style in zip(cells, letters, styles, strict=False) if value is not None or style
    ]
    return f'<row r="{place}">{"".join(told)}</row>'


def _cell(value: Any, where: str, style: int) -> str:
    look = f' s="{int(style)}"' if style else ""
    if value is None or value == "":
        return f'<c r="{where}"{look}/>' if style else ""
    kind = type(value)
    if kind is bool:
        return f'<c r="{where}"{look}><v>{int(value)}</v></c>'
    if kind in _NUMBERS and _is_exact(value):
        return f'<c r="{where}"{look}><v>{value}</v></c>'
    text = value if kind is str else str(value)
    if _TOUCHED.search(text) or len(text) > _CELL_MOST:
        text = escape(_FORBIDDEN.sub("", text)[:_CELL_MOST])
    return f'<c r="{where}"{look} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _is_exact(value: float | Decimal) -> bool:
    """Whether a spreadsheet, which keeps fifteen digits, shows this very number."""
    return isinstance(value, float) or -_SURELY < value < _SURELY or len(str(value).replace("-", "").replace(".", "").rstrip("0")) <= _DIGITS_EXACT


def _opening(table: Table) -> str:
    view = (
        f'<pane ySplit="{len(table.above) + 1}" topLeftCell="A{len(table.above) + 2}" activePane="bottomLeft" state="frozen"/>'
        if table.header
        else ""
    )
    columns = "".join(f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>' for place, width in enumerate(table.widths, start=1))
    return (
        f'<worksheet {_NS}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{view}</sheetView></sheetViews>'
        f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>"
    )


def _closing(table: Table) -> str:
    way = "landscape" if table.is_landscape else "portrait"
    return (
        '</sheetData><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="9" orientation="{way}" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    )


def _write_parts(archive: zipfile.ZipFile, sheets: _Sheets) -> None:
    """The parts around the sheets."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pack = "http://schemas.openxmlformats.org/package/2006"
    places = range(1, len(sheets.named) + 1)
    overrides = "".join(f'<Override PartName="/xl/worksheets/sheet{place}.xml" ContentType="{kind}.worksheet+xml"/>' for place in places)
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{place}" r:id="rId{place}"/>' for place, (name, _row) in zip(places, sheets.named, strict=True)
    )
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">\'{escape(name)}\'!${row}:${row}</definedName>'
        for place, (name, row) in enumerate(sheets.named)
    )
    related = "".join(f'<Relationship Id="rId{place}" Type="{rel}/worksheet" Target="worksheets/sheet{place}.xml"/>' for place in places)
    links = "application/vnd.openxmlformats-package.relationships+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{pack}/content-types"><Default Extension="rels" ContentType="{links}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{pack}/relationships">'
        f'<Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"<workbook {_NS}><sheets>{listed}</sheets><definedNames>{titles}</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{pack}/relationships">{related}'
        f'<Relationship Id="rId{len(sheets.named) + 1}" Type="{rel}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }
    for name, content in parts.items():
        archive.writestr(name, _HEAD + content)


def _look(font: int, fill: int, border: int, number: int = 0, *, right: bool = False) -> str:
    way = '<alignment horizontal="right" vertical="top"/>' if right else '<alignment vertical="top" wrapText="1"/>'
    return f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyNumberFormat="1" applyAlignment="1">{way}</xf>'


_EDGE = "".join(f'<{side} style="thin"><color rgb="FF8A8A8A"/></{side}>' for side in ("left", "right", "top", "bottom"))
_FONT = '<sz val="10"/><name val="Calibri"/>'
_STYLES = (
    f'<styleSheet {_NS}><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.###"/></numFmts>'
    f'<fonts count="3"><font>{_FONT}</font><font><b/>{_FONT}</font><font><b/><sz val="13"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE9E4D8"/></patternFill></fill></fills>'
    f'<borders count="2"><border/><border>{_EDGE}</border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    f"{_look(1, 2, 1)}{_look(0, 0, 1)}{_look(0, 0, 1, 3, right=True)}{_look(0, 0, 1, 164, right=True)}{_look(1, 2, 1)}{_look(1, 2, 1, 3, right=True)}"
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
