"""The text of a Pabulib file as rows by section; those of votes added up while they are read, so that a million of them take little room. Pure."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SECTIONS = ("META", "PROJECTS", "VOTES")
#: Without these columns a section says nothing, and ballots would be read as empty ones.
_COLUMNS = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}


class PabulibError(ValueError):
    """The file is not what it says it is. `line` counts from 1; 0 where the whole file is meant."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}" if line else message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a section by its column names, with the line it ends on."""

    line: int
    cells: dict[str, str]

    def need(self, name: str) -> str:
        """The cell, which must be there and not empty."""
        value = self.cells.get(name, "")
        if not value:
            raise PabulibError(self.line, f"{name} is missing")
        return value

    def listed(self, name: str) -> list[str]:
        """What stands between the commas of a cell, without blanks and gaps."""
        return [text.strip() for text in self.cells.get(name, "").split(",") if text.strip()]


class Lines:
    """The lines of a file, read anew by everybody who walks them. Raises OSError and UnicodeDecodeError while they are walked."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __iter__(self) -> Iterator[str]:
        with self._file.open(encoding="utf-8", newline="") as lines:
            yield from lines


class Votes:
    """The rows of votes, those with the same text added up: a city's file has a million of them, and few are different."""

    def __init__(self) -> None:
        #: By the texts of marks and points: how many rows say so, and the first of them. In the order of the file.
        self.told: dict[tuple[str, str], tuple[int, Row]] = {}
        self.rows = 0
        self._voters: set[str] = set()
        #: The first row without a voter, or with one who has voted before.
        self.fault: PabulibError | None = None

    def append(self, row: Row) -> None:
        """Add a row. A wrong voter is kept for later, since what is wrong with the file as a whole is said first."""
        self.rows += 1
        voter = row.cells.get("voter_id", "")
        if self.fault is None and (not voter or voter in self._voters):
            self.fault = PabulibError(row.line, f"voter {voter} votes twice" if voter else "voter_id is missing")
        self._voters.add(voter)
        vote, points = row.cells.get("vote", ""), row.cells.get("points", "")
        times, first = self.told.get((vote, points)) or (0, Row(row.line, {"vote": vote, "points": points}))
        self.told[vote, points] = times + 1, first

    def __len__(self) -> int:
        return self.rows

    def checked(self) -> Iterator[tuple[int, Row]]:
        """How many voters marked what a row says; nobody votes twice. Raises what is wrong with a voter at its place."""
        for times, row in self.told.values():
            if self.fault and self.fault.line <= row.line:
                raise self.fault
            yield times, row
        if self.fault:
            raise self.fault


@dataclass
class Sections:
    """What a file holds, and the first line behind a quote that may not have been closed (0: none)."""

    meta: list[Row]
    projects: list[Row]
    votes: Votes
    unclosed: int = 0


def _rows(lines: Iterable[str], *, strict: bool) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=";", strict=strict)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise PabulibError(reader.line_num, str(error)) from error


def sections_of(lines: Iterable[str]) -> Sections:
    """The sections. A name that begins with a quoted word (`"Green" street`) is read as it stands; a quote that is never closed is not."""
    try:
        return _sections(lines, strict=True)
    except PabulibError as error:
        if "expected after" not in str(error):
            raise
    found = _sections(lines, strict=False)
    if found.unclosed:
        raise PabulibError(found.unclosed, "a quote before this line is not closed")
    return found


def _sections(lines: Iterable[str], *, strict: bool) -> Sections:
    kept = Sections([], [], Votes())
    sinks: dict[str, list[Row] | Votes] = {"META": kept.meta, "PROJECTS": kept.projects, "VOTES": kept.votes}
    header, line, section, begun = None, 0, "", set[str]()
    for line, cells in _rows(lines, strict=strict):
        heading = cells[0].removeprefix("\ufeff").upper()
        if heading in SECTIONS and not any(cells[1:]):
            if heading in begun:
                raise PabulibError(line, f"section {heading} comes twice")
            begun.add(heading)
            header, section = None, heading
        elif not section:
            raise PabulibError(line, "the file must begin with the section META")
        elif header is None:
            header = _header(section, cells, line)
        else:
            sinks[section].append(_row(section, header, cells, line))
            swallowed = not strict and not kept.unclosed and any(f"\n{heading}" in cell for cell in cells for heading in SECTIONS)
            kept.unclosed = line if swallowed else kept.unclosed
    for heading, sink in sinks.items():
        if not len(sink):
            raise PabulibError(line if heading in begun else 0, f"section {heading} is {'empty' if heading in begun else 'missing'}")
    return kept


def _row(section: str, header: list[str], cells: list[str], line: int) -> Row:
    if section == "META" and len(cells) > len(header):
        # A comment with semicolons that nobody put between quotes.
        cells = [*cells[: len(header) - 1], "; ".join(cells[len(header) - 1 :]).rstrip("; ")]
    elif len(cells) > len(header) and any(cells[len(header) :]):
        raise PabulibError(line, f"{len(cells)} cells under {len(header)} columns")
    return Row(line, dict(zip(header, cells, strict=False)))


def _header(section: str, cells: list[str], line: int) -> list[str]:
    header = [name.lower() for name in cells]
    if lacking := [name for name in _COLUMNS[section] if name not in header]:
        raise PabulibError(line, f"section {section} has no column {lacking[0]}")
    if twice := [name for name in (*_COLUMNS[section], "points") if header.count(name) > 1]:
        raise PabulibError(line, f"section {section} has the column {twice[0]} twice")
    return header
