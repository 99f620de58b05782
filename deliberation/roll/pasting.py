"""A pasted list, read into rows: names alone, or columns in any order with header words. Pure: no database.

From a spreadsheet columns come with tabs; typed by hand with commas or semicolons; from a chat one name a line, numbered.
Official forms put titles above the header, a column for L and one for P to tick, and numbered rows that stay empty.
"""

import csv
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from deliberation.roll.names import bare, key, unnumbered
from deliberation.roll.shorthand import element_of, is_yes, sex_of

#: Rows of one paste.
MOST = 500
LONGEST = 60_000
#: What a column may be called; compared in lower case without signs. The longest word that fits wins.
_HEADERS = {
    "number": ("no", "nomor", "urut", "no urut", "number"),
    "name": ("nama", "nama lengkap", "nama peserta", "peserta", "name"),
    "male": ("l", "lk", "pria", "laki laki"),
    "female": ("p", "pr", "wanita", "perempuan"),
    "sex": ("l p", "lp", "jk", "jenis kelamin", "kelamin", "gender", "sex", "p l"),
    "element": ("unsur", "unsur masyarakat", "mewakili", "perwakilan", "keterwakilan", "element", "kelompok"),
    "institution": (
        *("lembaga", "instansi", "jabatan", "lembaga instansi", "instansi jabatan", "asal lembaga", "organisasi", "pekerjaan"),
        "institution",
    ),
    "address": ("alamat", "dusun", "rt", "rw", "rt rw", "dusun rt", "alamat rt", "tempat tinggal", "address"),
    "region": ("asal", "desa", "asal desa", "kecamatan", "asal kecamatan", "desa kelurahan", "utusan", "wilayah", "region", "village"),
    "is_young": ("muda", "pemuda", "usia muda", "young"),
    "is_disabled": ("disabilitas", "difabel", "disabled"),
    "left_out": ("tanda tangan", "ttd", "paraf", "nik", "no ktp", "no hp", "hp", "telp", "telepon", "kontak", "keterangan", "email"),
}
#: How many lines of title may stand above a header of several columns.
_TITLE_LINES = 8
_JOINERS = "\u200c\u200d"
_WORDS = {word: name for name, words in _HEADERS.items() for word in words}


@dataclass
class Row:
    """One row of the list: its number in what was pasted, the texts by column, and what is wrong or missing."""

    place: int
    fields: dict[str, str] = field(default_factory=dict)
    #: Codes: `no_name`, `sex`, `element`, `long`. Words are the page's.
    problems: list[str] = field(default_factory=list)
    #: The place of an earlier row with the same name.
    same_as: int | None = None

    @property
    def key(self) -> str:
        """The name as it is compared."""
        return key(self.fields.get("name", ""))


@dataclass(frozen=True)
class Pasted:
    """What was read. `columns` are the header's meanings in order, empty where there was none; `left_out` its columns that are not kept."""

    rows: list[Row]
    columns: list[str]
    left_out: list[str]
    too_many: bool = False


def read(text: str, *, sex: str = "", element: str = "") -> Pasted:
    """The rows of a pasted list; `sex` and `element` stand where a row says nothing of its own."""
    kept = re.split("\r\n|\n|\r", _visible(text[:LONGEST]))
    lines = [(place, line) for place, line in enumerate(kept, start=1) if line.strip(" \t;,|")]
    if not lines:
        return Pasted([], [], [])
    sign = _sign([line for _place, line in lines])
    cells = [(place, _cells(line, _sign_of(line, sign))) for place, line in lines]
    begins, columns, left_out = _headed([row for _place, row in cells])
    rows = [_row(place, row, columns, (sex, element)) for place, row in cells[begins:] if not _is_blank(row, columns)]
    _mark_same(rows)
    return Pasted(rows[:MOST], columns, left_out, too_many=len(rows) > MOST or len(text) > LONGEST)


def _visible(text: str) -> str:
    """Without marks that nobody sees; chats and spreadsheets leave them before names and numbers."""
    return "".join(sign for sign in text if sign in _JOINERS or unicodedata.category(sign) != "Cf")


def _headed(rows: list[list[str]]) -> tuple[int, list[str], list[str]]:
    """Where the people begin, and the header above them: the first line, or one of several columns below a title."""
    for at, cells in enumerate(rows[:_TITLE_LINES]):
        columns, left_out = _header(cells)
        if columns and (at == 0 or sum(map(bool, columns)) > 1):
            return at + 1, columns, left_out
    return 0, [], []


def _is_blank(cells: list[str], columns: list[str]) -> bool:
    """Whether a row of a form was never filled in: its number at most."""
    said = [cell for cell, column in zip(cells, columns, strict=False) if column != "number"] if columns else cells
    return not any(any(letter.isalpha() for letter in cell) for cell in said)


def _sign(lines: list[str]) -> str:
    """What divides the columns: a tab or semicolon where most lines have one; a comma only if it divides more than degrees."""
    for sign in ("\t", ";", "|"):
        if sum(sign in line for line in lines) * 2 >= len(lines):
            return sign
    first = Counter(line.count(",") for line in lines)
    _begins, header, _left_out = _headed([_cells(line, ",") for line in lines])
    spoken = sum(any(sex_of(cell) for cell in _cells(line, ",")[1:]) for line in lines)
    return "," if (len(header) > 1 or spoken * 2 >= len(lines)) and max(first) > 0 else ""


def _sign_of(line: str, sign: str) -> str:
    """What divides this line: the list's own sign, or another where the line says by itself that it has columns, with P or L in one."""
    if sign and sign in line:
        return sign
    return next((other for other in ";|," if any(sex_of(cell) for cell in _cells(line, other)[1:])), sign)


def _cells(line: str, sign: str) -> list[str]:
    if not sign:
        return [" ".join(line.split())]
    parts = next(csv.reader([line], delimiter=sign)) if line.count('"') % 2 == 0 else line.split(sign)
    return [" ".join(cell.strip().strip('"').split()) for cell in parts]


def _header(cells: list[str]) -> tuple[list[str], list[str]]:
    """What the columns mean, if this is a header: it names the name. Unknown columns are left out, and told."""
    meanings = [_meaning(cell) for cell in cells]
    if "name" not in meanings:
        return [], []
    columns = ["" if meaning == "left_out" or meaning in meanings[:at] else meaning for at, meaning in enumerate(meanings)]
    return columns, [cell for cell, column in zip(cells, columns, strict=True) if not column and cell]


def _meaning(cell: str) -> str:
    word = " ".join(re.sub(r"[^a-z ]", " ", cell.casefold()).split())
    longest = sorted(_WORDS, key=len, reverse=True)
    return _WORDS.get(word) or next((_WORDS[known] for known in longest if _begins(word, known)), "")


def _begins(word: str, known: str) -> bool:
    return len(known) > 3 and word.startswith(known)


def _row(place: int, cells: list[str], columns: list[str], otherwise: tuple[str, str]) -> Row:
    row = Row(place, _by_header(cells, columns) if columns else _by_guess(cells))
    row.fields["name"] = bare(_without_signs(row.fields.get("name", "")))
    if not key(row.fields["name"]) or not any(letter.isalpha() for letter in row.fields["name"]):
        row.problems.append("no_name")
    _settle(row, otherwise)
    return row


def _without_signs(name: str) -> str:
    """A name without the stars, ticks and pictures that chats put around it."""
    letters = "".join(sign for sign in name if unicodedata.category(sign) not in ("So", "Sk", "Me") and sign != "\ufe0f")
    return letters.strip("*_~ ")


def _settle(row: Row, otherwise: tuple[str, str]) -> None:
    """Words for sex and element become codes, the paste's own choice where the row says nothing."""
    ticked = [name for name in ("male", "female") if row.fields.pop(name, "").strip("-0 ")]
    said = row.fields.get("sex", "") or (ticked[0] if len(ticked) == 1 else "")
    stood = row.fields.get("element", "")
    row.fields["sex"] = (sex_of(said) or "") if said else otherwise[0]
    if not stood:
        stood = row.fields.get("institution", "") if element_of(row.fields.get("institution", "")) else otherwise[1]
    row.fields["element"] = element_of(stood) or ""
    row.problems += [name for name in ("sex", "element") if not row.fields[name]]
    for name in ("is_young", "is_disabled"):
        row.fields[name] = "ya" if is_yes(row.fields.get(name, "")) else ""
    if any(len(value) > 120 for value in row.fields.values()):
        row.problems.append("long")


def _by_header(cells: list[str], columns: list[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(columns, cells, strict=False) if name and name != "number"}


def _by_guess(cells: list[str]) -> dict[str, str]:
    """Columns without a header: a number is dropped, a sex and an element are known by their words, the first text is the name."""
    fields: dict[str, str] = {}
    for cell in cells:
        text = cell if fields.get("name") else unnumbered(cell)
        if not text or text.rstrip(".)").isdigit():
            continue
        if "name" not in fields:
            fields["name"] = text
        elif "sex" not in fields and sex_of(text):
            fields["sex"] = text
        elif "element" not in fields and element_of(text) and not re.match(r"(?i)(rt|rw|dusun|jl|jalan)\b", text):
            fields["element"] = text
        elif "address" not in fields and re.match(r"(?i)(rt|rw|dusun|jl|jalan)\b", text):
            fields["address"] = text
        elif "institution" not in fields:
            fields["institution"] = text
    return fields


def _mark_same(rows: list[Row]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        if row.key:
            first = seen.setdefault(row.key, row.place)
            row.same_as = first if first != row.place else None
