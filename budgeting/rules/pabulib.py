"""A strict reader of Pabulib files (`.pb`): every fault is named with its line. Pure.

Format: three sections META, PROJECTS and VOTES, each a heading, a header row and rows separated by semicolons
(Faliszewski et al., "Participatory Budgeting: Data, Tools and Analysis", IJCAI 2023; http://pabulib.org/format).
Some cities print cents, and some ballots give half points: all amounts are multiplied by one power of ten, all points by another, so that
the rules see whole numbers.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from budgeting.rules.pabulib_rows import PabulibError, Row, Votes, sections_of
from budgeting.rules.problem import Ballot, Problem, Project, Satisfaction, Ties

_APPROVAL, _POINTS, _ORDINAL = ("approval", "choose-1"), ("cumulative", "scoring"), ("ordinal",)
#: Points without a sign; halves and quarters are scaled like money.
_POINTS_WRITTEN = re.compile(r"([0-9]{1,12})(?:\.([0-9]{0,6}))?")
#: Of META only these change what is calculated.
_DECIDING = frozenset({"budget", "vote_type", "num_projects", "num_votes"})
#: Points of all voters together stay below this, so that every rule adds them up exactly.
_POINTS_MAX = 2**53
_DECIMALS_MAX, _AMOUNT_MAX = 6, Decimal(10) ** 18


@dataclass(frozen=True)
class Election:
    """A read file: its meta data, and the problem in units of `1 / scale` of the file's currency and `1 / points_scale` of its points."""

    meta: dict[str, str]
    voters: int
    scale: int
    problem: Problem
    points_scale: int = 1


def parse(lines: Iterable[str], satisfaction: Satisfaction | None = None) -> Election:
    """Read a file's lines, some files twice: an iterator is kept in memory, what can be walked again is not (`pabulib_rows.Lines`).

    The satisfaction defaults to what the kind of ballot carries. Raises PabulibError.
    """
    if iter(lines) is lines:
        lines = list(lines)
    sections = sections_of(lines)
    meta = _meta_rows(sections.meta)
    kind = _meta(meta, "vote_type").lower()
    default = _default_satisfaction(kind, meta["vote_type"].line)
    if satisfaction is Satisfaction.ADDITIVE and kind in _APPROVAL:
        raise PabulibError(meta["vote_type"].line, f"the satisfaction additive needs points, and these ballots are {kind}")
    if satisfaction is Satisfaction.BORDA and kind not in _ORDINAL:
        raise PabulibError(meta["vote_type"].line, f"the satisfaction borda needs ranked ballots, and these are {kind}")
    if satisfaction is Satisfaction.ADDITIVE and kind in _ORDINAL:
        raise PabulibError(meta["vote_type"].line, "ranked ballots weigh by borda, not additive")
    budget = _amount(_meta(meta, "budget"), meta["budget"].line, "budget")
    costs = _costs(sections.projects)
    points_scale = _points_scale(sections.votes) if kind in _POINTS else 1
    ballots = _ballots(sections.votes, {key: key for key in costs}, kind, points_scale)
    votes, points = _count(ballots, costs)
    if sum(points.values()) >= _POINTS_MAX:
        raise PabulibError(0, "the points of all ballots together are too large to be added up exactly")
    _expect(meta, "num_projects", len(costs))
    _expect(meta, "num_votes", len(sections.votes))
    scale = 10 ** max(0, *(-int(amount.as_tuple().exponent) for amount in (budget, *costs.values())))
    projects = tuple(Project(key, int(cost * scale), votes[key], points[key]) for key, cost in costs.items())
    voters = len(sections.votes)
    problem = Problem(int(budget * scale), projects, satisfaction or default, Ties.TEXT, ballots, voters)
    return Election({key: row.cells.get("value", "") for key, row in meta.items()}, voters, scale, problem, points_scale)


def _points_scale(votes: Votes) -> int:
    """The power of ten that makes all points whole. What is no point is left to `_ballot`, which knows what to say."""
    found = (_POINTS_WRITTEN.fullmatch(text) for _, row in votes.told.values() if "." in row.cells.get("points", "") for text in row.listed("points"))
    return int(10 ** max((len((match[2] or "").rstrip("0")) for match in found if match), default=0))


def _meta_rows(rows: list[Row]) -> dict[str, Row]:
    """By their keys; two budgets, and nobody knows which counts. A comment may come twice, the first stands."""
    meta: dict[str, Row] = {}
    for row in rows:
        key = row.need("key").lower()
        if key in meta and key in _DECIDING and meta[key].cells.get("value") != row.cells.get("value"):
            raise PabulibError(row.line, f"META says {key} twice")
        meta.setdefault(key, row)
    return meta


def _meta(meta: dict[str, Row], key: str) -> str:
    if key not in meta:
        raise PabulibError(0, f"META does not say {key}")
    return meta[key].need("value")


def _expect(meta: dict[str, Row], key: str, counted: int) -> None:
    if key in meta and re.sub(r"\.0*$", "", meta[key].need("value")) != str(counted):
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


def _ballots(votes: Votes, known: Mapping[str, str], kind: str, points_scale: int) -> tuple[Ballot, ...]:
    """Voters who marked the same projects alike, as one ballot each; empty ones are left out. `known` gives each id as one text."""
    alike: Counter[tuple[tuple[str, ...], tuple[int, ...]]] = Counter()
    for times, row in votes.checked():
        marks = sorted(_ballot(row, known, kind, points_scale))
        worths = () if kind in _APPROVAL else tuple(worth for _, worth in marks)
        alike[tuple(key for key, _ in marks), worths] += times
    return tuple(Ballot(approved, times, worths) for (approved, worths), times in alike.items() if approved)


def _count(ballots: Iterable[Ballot], known: Iterable[str]) -> tuple[dict[str, int], dict[str, int]]:
    """How many voters named each project, and the points they gave it: one where ballots do not weigh."""
    votes, points = dict.fromkeys(known, 0), dict.fromkeys(known, 0)
    for ballot in ballots:
        for key, worth in zip(ballot.approved, ballot.points or (1,) * len(ballot.approved), strict=True):
            votes[key] += ballot.times
            points[key] += worth * ballot.times
    return votes, points


def _ballot(row: Row, known: Mapping[str, str], kind: str, points_scale: int) -> list[tuple[str, int]]:
    """The projects of one ballot with their points: 1 for an approval, the Borda score for a rank (the last named gets 0)."""
    named = row.listed("vote")
    for key in named:
        if key not in known:
            raise PabulibError(row.line, f"a vote for project {key}, which is not listed")
    named = [known[key] for key in named]
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
