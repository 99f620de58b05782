"""A sheet of reports as rows: which columns it has, where its header stands, what each cell says. No database here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from proposals.sheets import GUARDED
from proposals.sheets.files import Broken, Page, Unreadable, pages

FILE_MOST = 10 * 1024 * 1024
UNPACKED_MOST = 100 * 1024 * 1024
ROWS_MOST = 20_000
_CELL_MOST = 2000
_HEAD = 20

#: Key (CSV), heading (workbook), whether it is read on the way in.
COLUMNS: tuple[tuple[str, str, bool], ...] = (
    ("work", "ID pekerjaan", True),
    ("title", "Pekerjaan", False),
    ("region", "Wilayah", False),
    ("agency", "Perangkat daerah", False),
    ("amount", "Pagu (rupiah)", False),
    ("last_as_of", "Laporan terakhir", False),
    ("as_of", "Per tanggal", True),
    ("physical_percent", "Kemajuan fisik (0-100)", True),
    ("paid", "Sudah dibayar (rupiah)", True),
    ("note", "Catatan", True),
)
KEYS = tuple(key for key, _heading, _read in COLUMNS)
HEADINGS = tuple(heading for _key, heading, _read in COLUMNS)
_NEEDED = ("work", "as_of", "physical_percent", "paid")
_KEY_OF = {name.casefold(): key for key, heading, _read in COLUMNS for name in (key, heading)}


@dataclass(frozen=True)
class Line:
    """One row: its number as a spreadsheet shows it, its cells by key, and the cell that cannot be read."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    fault: tuple[str, str] | None = None


def lines(content: bytes) -> list[Line]:
    """The rows below the header, without empty ones. Raises Unreadable with a sentence."""
    if len(content) > FILE_MOST:
        raise Unreadable(_("The file is larger than 10 MB. Split it."))
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    found = [(page, *_header(page)) for page in pages(content, unpacked_most=UNPACKED_MOST)]
    page, place, columns = max(found, key=lambda one: sum(key in one[2] for key in KEYS), default=(None, 0, []))
    lacking = [heading for key, heading, _read in COLUMNS if key in _NEEDED and key not in columns]
    if page is None or lacking:
        raise Unreadable(_("The sheet lacks these columns: %(columns)s. Download the form and fill that in.") % {"columns": ", ".join(lacking)})
    if len(set(filter(None, columns))) < len(list(filter(None, columns))):
        raise Unreadable(_("The header must name each column once."))
    return list(_rows(page, place, columns))


def _header(page: Page) -> tuple[int, list[str]]:
    """The place of the row that names most of our columns, and its keys; columns that are not ours are empty."""
    best: tuple[int, list[str]] = (0, [])
    try:
        for place, row in enumerate(islice(page.rows(), _HEAD), start=1):
            named = [_KEY_OF.get(_text(cell).strip().casefold(), "") for cell in row]
            if sum(map(bool, named)) > sum(map(bool, best[1])):
                best = (place, named)
    except Unreadable:
        if not page.ragged:
            raise
    return best


def _rows(page: Page, place: int, columns: Sequence[str]) -> Iterator[Line]:
    count = 0
    for number, row in enumerate(page.rows(), start=1):
        cells = {key: cell for key, cell in zip(columns, row, strict=False) if key}
        if number <= place or not any(_text(cell).strip() for cell in cells.values()):
            continue
        count += 1
        if count > ROWS_MOST:
            raise Unreadable(_("The file has more than %(most)d rows. Split it.") % {"most": ROWS_MOST})
        yield _line(number, cells, ragged=page.ragged)


def _line(number: int, cells: dict[str, Any], *, ragged: bool) -> Line:
    broken = next((key for key, cell in cells.items() if isinstance(cell, Broken)), None)
    if broken:
        return Line(number, fault=(broken, _("This cell is a formula without a value. Paste its value instead.")))
    texts = {key: _text(cell).strip() for key, cell in cells.items()}
    if ragged:
        texts = {key: text[1:] if GUARDED.match(text) else text for key, text in texts.items()}
    too_long = next((key for key, text in texts.items() if len(text) > _CELL_MOST), None)
    return Line(number, texts, (too_long, _("This text is too long.")) if too_long else None)


def _text(cell: Any) -> str:
    """A cell as a person would read it."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(cell, ".15g")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
