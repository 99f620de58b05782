"""The register of regions: codes and names of a decree, read from CSV files and brought into the database.

The files are those of `idn-area-data` (data under ODbL 1.0): `provinces.csv`, `regencies.csv`, `districts.csv`,
`villages.csv`, each with at least the columns `code` and `name`.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from geo import codes, names
from geo.boundaries.storing import cut_pieces
from geo.codes import LEVELS, Level

#: Kepmendagri 300.2.2-2430/2025 amends 300.2.2-2138/2025 of this day.
DECREE = "Kepmendagri 300.2.2-2430/2025"
DECREE_DAY = date(2025, 4, 25)

FILES: dict[Level, str] = {
    Level.PROVINCE: "provinces.csv",
    Level.DISTRICT: "regencies.csv",
    Level.SUBDISTRICT: "districts.csv",
    Level.VILLAGE: "villages.csv",
}


class BadRegister(Exception):  # noqa: N818 - names what is bad, like a refusal
    """The files cannot be the register; the message says which row and why."""


@dataclass(frozen=True)
class Entry:
    """One region as the decree lists it."""

    code: str
    name: str
    kind: str


@dataclass
class Report:
    """What a load changed."""

    #: Regions in the files, a level.
    counts: dict[Level, int] = field(default_factory=dict)
    added: int = 0
    renamed: int = 0
    retired: int = 0
    revived: int = 0


def _rows(path: Path, level: Level) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not {"code", "name"} <= set(reader.fieldnames or ()):
            raise BadRegister(f"{path.name}: the columns code and name are needed.")
        for number, row in enumerate(reader, start=2):
            code, name = (row["code"] or "").strip(), (row["name"] or "").strip()
            if not codes.is_code(code) or codes.level(code) != level:
                raise BadRegister(f"{path.name}, line {number}: {code!r} is no code of a {level}.")
            if not name:
                raise BadRegister(f"{path.name}, line {number}: {code} has no name.")
            yield code, names.proper(name)


def read(folder: Path) -> dict[str, Entry]:
    """Every entry by its code, provinces first. Raises BadRegister, also for a region whose parent is not listed."""
    entries: dict[str, Entry] = {}
    for level in LEVELS:
        path = folder / FILES[level]
        if not path.is_file():
            raise BadRegister(f"{path} does not exist.")
        for code, name in _rows(path, level):
            above = codes.parent(code)
            if code in entries or (above and above not in entries):
                raise BadRegister(f"{path.name}: {code} {'stands twice' if code in entries else 'lies in no listed region'}.")
            papua = level is Level.SUBDISTRICT and entries[code[:2]].name.startswith("Papua")
            kind, bare = names.split_kind(code, name, papua=papua)
            entries[code] = Entry(code, bare, kind)
    return entries


def search_text(entry: Entry, entries: dict[str, Entry]) -> str:
    """The plain name, then the lineage upwards: `sungai raya | sungai raya | kubu raya | kalimantan barat`."""
    chain = reversed(codes.lineage(entry.code))
    return " | ".join(" ".join(names.plain(entries[code].name)) for code in chain)


_STAGE = "CREATE TEMP TABLE register_stage (code text, name text, kind text, level text, parent text, words text) ON COMMIT DROP"
_RETIRE = """
    UPDATE geo_region SET valid_until = %s
    WHERE valid_until IS NULL AND NOT EXISTS (SELECT FROM register_stage s WHERE s.code = geo_region.code)"""
_REVIVE = """
    UPDATE geo_region r SET valid_until = NULL
    FROM register_stage s WHERE s.code = r.code AND r.valid_until IS NOT NULL"""
_RENAME = """
    UPDATE geo_region r SET name = s.name, kind = s.kind
    FROM register_stage s WHERE s.code = r.code AND (s.name, s.kind) IS DISTINCT FROM (r.name, r.kind)"""
_REFRESH = """
    UPDATE geo_region r SET search_text = s.words, decree = %s
    FROM register_stage s WHERE s.code = r.code AND (s.words, %s) IS DISTINCT FROM (r.search_text, r.decree)"""
_ADD = """
    INSERT INTO geo_region (code, name, kind, level, parent_id, decree, valid_from, search_text, boundary_source, boundary_note, population_source)
    SELECT s.code, s.name, s.kind, s.level, s.parent, %s, %s, s.words, 'none', '', ''
    FROM register_stage s WHERE NOT EXISTS (SELECT FROM geo_region r WHERE r.code = s.code) ORDER BY s.code"""
#: Retired villages answer no point any more; those back in force do again.
_PIECES_OUT = "DELETE FROM geo_regionpiece p USING geo_region r WHERE r.code = p.region_id AND r.valid_until IS NOT NULL"
_PIECES_MISSING = """
    SELECT r.code FROM geo_region r WHERE r.level = 'village' AND r.boundary IS NOT NULL AND r.valid_until IS NULL
    AND NOT EXISTS (SELECT FROM geo_regionpiece p WHERE p.region_id = r.code) ORDER BY r.code"""


def _staged(entries: dict[str, Entry]) -> io.StringIO:
    file = io.StringIO()
    writer = csv.writer(file)
    for entry in entries.values():
        above = codes.parent(entry.code)
        writer.writerow([entry.code, entry.name, entry.kind, codes.level(entry.code).value, above, search_text(entry, entries)])
    file.seek(0)
    return file


@transaction.atomic
def store(entries: dict[str, Entry], *, day: date, decree: str = DECREE, decree_day: date = DECREE_DAY) -> Report:
    """Bring the register into the database, in one transaction; the same register twice changes nothing.

    What the register no longer lists keeps its row, with `valid_until` = `day`; what comes back loses that date.
    """
    report = Report(counts={level: sum(codes.level(code) == level for code in entries) for level in LEVELS})
    with connection.cursor() as cursor:
        # Two loads at once would both add the same rows: the second waits for the first.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('geo.register'))")
        cursor.execute("DROP TABLE IF EXISTS register_stage")
        cursor.execute(_STAGE)
        cursor.cursor.copy_expert("COPY register_stage FROM STDIN WITH (FORMAT csv)", _staged(entries))
        cursor.execute("ANALYZE register_stage")
        steps: tuple[tuple[str, str, list[Any]], ...] = (
            ("retired", _RETIRE, [day]),
            ("revived", _REVIVE, []),
            ("renamed", _RENAME, []),
            ("", _REFRESH, [decree, decree]),
            ("added", _ADD, [decree, decree_day]),
        )
        for change, statement, values in steps:
            cursor.execute(statement, values)
            if change:
                setattr(report, change, cursor.rowcount)
        cursor.execute(_PIECES_OUT)
        cursor.execute(_PIECES_MISSING)
        missing = [code for (code,) in cursor.fetchall()]
    if missing:
        cut_pieces(missing)
    return report
