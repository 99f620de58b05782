"""How many people and households live where, read from a CSV file: all of it or nothing.

Columns: `code` (official, with or without dots), `population`, `households` (may be empty), `source`, `year`. Any levels
in any mix. Nothing is added up: a kabupaten's own figure is another count than the sum of its villages.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from geo import codes
from geo.models import Region

COLUMNS = ("code", "population", "households", "source", "year")
#: More people live in no region of ours; a larger figure is a slip of the pen.
MOST = 500_000_000
_YEARS = range(1945, 2101)
_TOLD = 30


class BadPopulation(Exception):  # noqa: N818 - names what is bad, like a refusal
    """The file cannot be loaded; `errors` says why, a sentence a row."""

    def __init__(self, errors: list[str]) -> None:
        self.errors = errors
        rest = len(errors) - _TOLD
        super().__init__("\n".join([*errors[:_TOLD], *([f"and {rest:,} more"] if rest > 0 else [])]))


@dataclass(frozen=True)
class Peopled:
    """One row of the file."""

    code: str
    population: int
    households: int | None
    source: str
    year: int


def load(path: Path) -> int:
    """Write the file's figures to its regions; returns how many. Raises `BadPopulation` with every wrong row, and writes nothing."""
    rows, errors = _read(path)
    known = set(Region.objects.filter(pk__in=[row.code for _line, row in rows]).values_list("pk", flat=True))
    errors += [f"line {line}: there is no region with the code {row.code}" for line, row in rows if row.code not in known]
    if errors:
        raise BadPopulation(errors)
    if not rows:
        raise BadPopulation(["the file has no rows"])
    store([row for _line, row in rows])
    return len(rows)


@transaction.atomic
def store(rows: list[Peopled]) -> None:
    """Write figures to their regions, in the order of their codes."""
    regions = [
        Region(pk=row.code, population=row.population, households=row.households, population_source=row.source, population_year=row.year)
        for row in sorted(rows, key=lambda row: row.code)
    ]
    Region.objects.bulk_update(regions, ["population", "households", "population_source", "population_year"], batch_size=2000)


def _read(path: Path) -> tuple[list[tuple[int, Peopled]], list[str]]:
    """The rows with their line numbers, and what is wrong in the others."""
    rows: dict[str, tuple[int, Peopled]] = {}
    errors = []
    for line, cells in _lines(path):
        try:
            row = _row(cells)
        except ValueError as wrong:
            errors.append(f"line {line}: {wrong}")
            continue
        if row.code in rows:
            errors.append(f"line {line}: {row.code} stood already in line {rows[row.code][0]}")
        rows.setdefault(row.code, (line, row))
    return list(rows.values()), errors


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
                raise BadPopulation([f"line 1: these columns are missing: {', '.join(missing)}"])
            for cells in reader:
                yield reader.line_num, {name: (cells[name] or "").strip() for name in COLUMNS}
    except OSError as wrong:
        raise BadPopulation([f"{path}: {wrong.strerror}"]) from None
    except (UnicodeDecodeError, csv.Error):
        raise BadPopulation([f"{path} is no CSV file in UTF-8"]) from None


def _row(cells: dict[str, str]) -> Peopled:
    code = codes.dotted(cells["code"])
    if not codes.is_code(code):
        message = f"{cells['code']!r} is no region code"
        raise ValueError(message)
    if not cells["source"] or len(cells["source"]) > 120:
        message = "a source of at most 120 letters is needed"
        raise ValueError(message)
    population = _number("population", cells["population"])
    households = _number("households", cells["households"]) if cells["households"] else None
    if households is not None and households > population:
        message = f"{households} households cannot be more than {population} people"
        raise ValueError(message)
    year = _number("year", cells["year"])
    if year not in _YEARS:
        message = f"{year} is no year of a count"
        raise ValueError(message)
    return Peopled(code, population, households, cells["source"], year)


def _number(name: str, text: str) -> int:
    """A whole number; dots or spaces between groups of three are understood."""
    plain = text.replace(" ", "")
    groups = plain.split(".")
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3:
        plain = "".join(groups)
    if not (plain.isascii() and plain.isdigit()) or int(plain) > MOST:
        message = f"{text!r} is no number of {name}" if text else f"{name} is empty"
        raise ValueError(message)
    return int(plain)
