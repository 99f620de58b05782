"""Money of sub-districts from a table of one's own, read strictly: every fault is named with its line. Pure.

A header with the columns `region` and `budget` (others are left aside), a row a sub-district, separated by commas or semicolons: a code such as
`61.12.01`, and whole rupiah above zero as digits alone, so that nobody has to guess what a point or a comma means.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

#: More than everything that was ever asked for.
BUDGET_MAX = 10**18
_CODE, _WHOLE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}"), re.compile(r"[0-9]{1,19}")
_COLUMNS = ("region", "budget")


class BadTableError(ValueError):
    """The table is not what it should be; the message begins with the line, from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")


class Given(NamedTuple):
    """Rupiah for a sub-district, and the line that says so."""

    rupiah: int
    line: int


def read(lines: Iterable[str]) -> dict[str, Given]:
    """What each sub-district is given, by its code. Raises BadTableError."""
    rows = _rows(lines)
    line, header = next(rows, (1, []))
    names = [name.strip().lower().removeprefix("\ufeff") for name in header]
    for name in _COLUMNS:
        if names.count(name) != 1:
            raise BadTableError(line, f"the header must have the column {name} once; it has: {', '.join(names) or 'nothing'}")
    found: dict[str, Given] = {}
    for line, row in rows:
        if len(row) < len(names):
            raise BadTableError(line, f"{len(row)} cells under {len(names)} columns")
        code, budget = (row[names.index(name)].strip() for name in _COLUMNS)
        if not _CODE.fullmatch(code):
            raise BadTableError(line, f"region must be the code of a sub-district such as 61.12.01, not {code!r}")
        if code in found:
            raise BadTableError(line, f"{code} comes twice")
        if not _WHOLE.fullmatch(budget) or not 0 < int(budget) <= BUDGET_MAX:
            raise BadTableError(line, f"budget must be whole rupiah above zero and at most 10^18, digits alone, not {budget!r}")
        found[code] = Given(int(budget), line)
    if not found:
        raise BadTableError(line, "there is no row below the header")
    return found


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    rest = iter(lines)
    first = next(rest, "")
    reader = csv.reader(_after(first, rest), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise BadTableError(reader.line_num, str(error)) from error


def _after(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
