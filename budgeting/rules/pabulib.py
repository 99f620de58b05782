"""A strict reader of Pabulib files (`.pb`): every fault is named with its line. Pure.

Format: three sections META, PROJECTS and VOTES, each a heading, a header row and rows separated by semicolons
(Faliszewski et al., "Participatory Budgeting: Data, Tools and Analysis", IJCAI 2023; http://pabulib.org/format).
Some cities print cents, and some ballots give half points: all amounts are multiplied by one power of ten, all points by another, so that
the rules see whole numbers.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from budgeting.rules.problem import Ballot, Problem, Project, Satisfaction, Ties

#: Ballots as pairs of project and points.
Marks = list[list[tuple[str, int]]]
SECTIONS = ("META", "PROJECTS", "VOTES")
_APPROVAL, _POINTS, _ORDINAL = ("approval", "choose-1"), ("cumulative", "scoring"), ("ordinal",)
#: Points without a sign; halves and quarters are scaled like money.
_POINTS_WRITTEN = re.compile(r"([0-9]{1,12})(?:\.([0-9]{0,6}))?")
#: Without these columns a section says nothing, and ballots would be read as empty ones.
_COLUMNS = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
_DECIMALS_MAX, _AMOUNT_MAX = 6, Decimal(10) ** 18


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


@dataclass(frozen=True)
class Election:
    """A read file: its meta data, and the problem in units of `1 / scale` of the file's currency and `1 / points_scale` of its points."""

    meta: dict[str, str]
    voters: int
    scale: int
    problem: Problem
    points_scale: int = 1


def parse(lines: Iterable[str], satisfaction: Satisfaction | None = None) -> Election:
    """Read a file's lines. The satisfaction defaults to what the kind of ballot carries. Raises PabulibError."""
    sections = _lenient_sections(list(lines))
    meta = _meta_rows(sections["META"])
    kind = _meta(meta, "vote_type").lower()
    default = _default_satisfaction(kind, meta["vote_type"].line)
    if satisfaction is Satisfaction.ADDITIVE and kind in _APPROVAL:
        raise PabulibError(meta["vote_type"].line, f"the satisfaction additive needs points, and these ballots are {kind}")
    if satisfaction is Satisfaction.BORDA and kind not in _ORDINAL:
        raise PabulibError(meta["vote_type"].line, f"the satisfaction borda needs ranked ballots, and these are {kind}")
    if satisfaction is Satisfaction.ADDITIVE and kind in _ORDINAL:
        raise PabulibError(meta["vote_type"].line, "ranked ballots weigh by borda, not additive")
    budget = _amount(_meta(meta, "budget"), meta["budget"].line, "budget")
    costs = _costs(sections["PROJECTS"])
    known, points_scale = set(costs), _points_scale(sections["VOTES"]) if kind in _POINTS else 1
    ballots = [_ballot(row, known, kind, points_scale) for row in _voters(sections["VOTES"])]
    votes, points = _count(ballots, known)
    _expect(meta, "num_projects", len(costs))
    _expect(meta, "num_votes", len(sections["VOTES"]))
    scale = 10 ** max(0, *(-int(amount.as_tuple().exponent) for amount in (budget, *costs.values())))
    projects = tuple(Project(key, int(cost * scale), votes[key], points[key]) for key, cost in costs.items())
    voters = len(sections["VOTES"])
    problem = Problem(int(budget * scale), projects, satisfaction or default, Ties.TEXT, _alike(ballots, kind), voters)
    return Election({key: row.cells.get("value", "") for key, row in meta.items()}, voters, scale, problem, points_scale)


def _points_scale(rows: list[Row]) -> int:
    """The power of ten that makes all points whole. What is no point is left to `_ballot`, which knows what to say."""
    found = (_POINTS_WRITTEN.fullmatch(text) for row in rows if "." in row.cells.get("points", "") for text in row.listed("points"))
    return int(10 ** max((len((match[2] or "").rstrip("0")) for match in found if match), default=0))


def _meta_rows(rows: list[Row]) -> dict[str, Row]:
    """By their keys; two budgets, and nobody knows which counts."""
    meta: dict[str, Row] = {}
    for row in rows:
        key = row.need("key")
        if key in meta:
            raise PabulibError(row.line, f"META says {key} twice")
        meta[key] = row
    return meta


def _rows(lines: Iterable[str], *, strict: bool) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=";", strict=strict)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise PabulibError(reader.line_num, str(error)) from error


def _lenient_sections(lines: list[str]) -> dict[str, list[Row]]:
    """The sections. A name that begins with a quoted word (`"Green" street`) is read as it stands; a quote that is never closed is not."""
    try:
        return _sections(lines, strict=True)
    except PabulibError as error:
        if "expected after" not in str(error):
            raise
    found = _sections(lines, strict=False)
    for row in (row for rows in found.values() for row in rows):
        if any(f"\n{heading}" in cell for cell in row.cells.values() for heading in SECTIONS):
            raise PabulibError(row.line, "a quote before this line is not closed")
    return found


def _sections(lines: Iterable[str], *, strict: bool) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    rows, header, line, section = None, None, 0, ""
    for line, cells in _rows(lines, strict=strict):
        heading = cells[0].removeprefix("\ufeff").upper()
        if heading in SECTIONS and not any(cells[1:]):
            if heading in found:
                raise PabulibError(line, f"section {heading} comes twice")
            rows = found[heading] = []
            header, section = None, heading
        elif rows is None:
            raise PabulibError(line, "the file must begin with the section META")
        elif header is None:
            header = _header(section, cells, line)
        elif rows is found.get("META") and len(cells) > len(header):
            # A comment with semicolons that nobody put between quotes.
            rows.append(Row(line, dict(zip(header, [*cells[: len(header) - 1], "; ".join(cells[len(header) - 1 :]).rstrip("; ")], strict=True))))
        elif len(cells) > len(header) and any(cells[len(header) :]):
            raise PabulibError(line, f"{len(cells)} cells under {len(header)} columns")
        else:
            rows.append(Row(line, dict(zip(header, cells, strict=False))))
    for heading in SECTIONS:
        if not found.get(heading):
            raise PabulibError(line if heading in found else 0, f"section {heading} is {'empty' if heading in found else 'missing'}")
    return found


def _header(section: str, cells: list[str], line: int) -> list[str]:
    header = [name.lower() for name in cells]
    if lacking := [name for name in _COLUMNS[section] if name not in header]:
        raise PabulibError(line, f"section {section} has no column {lacking[0]}")
    return header


def _meta(meta: dict[str, Row], key: str) -> str:
    if key not in meta:
        raise PabulibError(0, f"META does not say {key}")
    return meta[key].need("value")


def _expect(meta: dict[str, Row], key: str, counted: int) -> None:
    if key in meta and meta[key].need("value") != str(counted):
        raise PabulibError(meta[key].line, f"{key} says {meta[key].need('value')}, but there are {counted}")


def _default_satisfaction(kind: str, line: int) -> Satisfaction:
    if kind in _APPROVAL:
        return Satisfaction.COST
    if kind in _POINTS:
        return Satisfaction.ADDITIVE
    if kind in _ORDINAL:
        return Satisfaction.BORDA
    raise PabulibError(line, f"vote_type {kind!r} is not one of {', '.join((*_APPROVAL, *_POINTS, *_ORDINAL))}")


def _amount(text: str, line: int, what: str) -> Decimal:
    """A plain decimal figure above zero: no signs, no exponents, no thousands. One or two decimals may stand after a comma."""
    text = re.sub(r"^(\d+),(\d{1,2})$", r"\1.\2", text)
    try:
        amount = Decimal(text) if text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit() else None
    except InvalidOperation:
        amount = None
    if amount is None:
        raise PabulibError(line, f"{what} must be a plain number, not {text!r}")
    if not 0 < amount <= _AMOUNT_MAX:
        raise PabulibError(line, f"{what} must be above zero and at most 10^18, not {text}")
    if amount != round(amount, _DECIMALS_MAX):
        raise PabulibError(line, f"{what} has more than {_DECIMALS_MAX} decimals")
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()


def _costs(rows: list[Row]) -> dict[str, Decimal]:
    costs: dict[str, Decimal] = {}
    for row in rows:
        key = row.need("project_id")
        if key in costs:
            raise PabulibError(row.line, f"project {key} is listed twice")
        costs[key] = _amount(row.need("cost"), row.line, f"the cost of project {key}")
    return costs


def _voters(rows: list[Row]) -> Iterator[Row]:
    """The rows of votes; nobody votes twice."""
    voters: set[str] = set()
    for row in rows:
        voter = row.need("voter_id")
        if voter in voters:
            raise PabulibError(row.line, f"voter {voter} votes twice")
        voters.add(voter)
        yield row


def _count(ballots: Marks, known: set[str]) -> tuple[dict[str, int], dict[str, int]]:
    """How many ballots name each project, and the points they give it."""
    votes, points = dict.fromkeys(known, 0), dict.fromkeys(known, 0)
    for ballot in ballots:
        for key, worth in ballot:
            votes[key] += 1
            points[key] += worth
    return votes, points


def _alike(ballots: Marks, kind: str) -> tuple[Ballot, ...]:
    """Voters who marked the same projects alike, as one ballot each."""
    times = Counter(tuple(sorted(ballot)) for ballot in ballots)
    if kind in _APPROVAL:
        return tuple(Ballot(tuple(key for key, _ in marks), count) for marks, count in times.items() if marks)
    return tuple(Ballot(tuple(key for key, _ in marks), count, tuple(points for _, points in marks)) for marks, count in times.items() if marks)


def _ballot(row: Row, known: set[str], kind: str, points_scale: int) -> list[tuple[str, int]]:
    """The projects of one ballot with their points: 1 for an approval, the Borda score for a rank (the last named gets 0)."""
    named = row.listed("vote")
    for key in named:
        if key not in known:
            raise PabulibError(row.line, f"a vote for project {key}, which is not listed")
    if kind in _APPROVAL:
        # A box marked twice is one mark: real files hold a few such ballots.
        return [(key, 1) for key in dict.fromkeys(named)]
    if len(set(named)) < len(named):
        raise PabulibError(row.line, "a ballot names a project twice")
    if kind in _ORDINAL:
        return [(key, len(named) - place - 1) for place, key in enumerate(named)]
    given = row.listed("points")
    if len(given) != len(named) or not all(_POINTS_WRITTEN.fullmatch(text) for text in given):
        raise PabulibError(row.line, f"{len(named)} projects need as many points from 0 up, not {row.cells.get('points', '')!r}")
    return list(zip(named, (int(Decimal(text) * points_scale) for text in given), strict=True))
