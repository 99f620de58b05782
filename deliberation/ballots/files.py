"""The files with which anybody recounts: Pabulib `.pb` and CSV, written and read. Pure.

Ballots stand in the order of their content, numbered from 1, as they count (without withdrawn candidates); nothing of a file's
order tells when or by whom one was cast. Project ids are the numbers on the ballot with leading zeros, so that their order as
text is their order as numbers. Format: http://pabulib.org/format; abstentions are rows with an empty vote.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from deliberation.ballots.rules import Kind, Marks, Rules, Standee, Standees, counted
from deliberation.ballots.tally import Standing

VOTE_TYPES = {Kind.APPROVAL: "approval", Kind.KNAPSACK: "approval", Kind.RANKING: "ordinal", Kind.POINTS: "cumulative"}
_KINDS_NOTED = {kind.value: kind for kind in Kind}


class UnreadableFileError(ValueError):
    """The file is not one of ours."""


def ordered(rules: Rules, standees: Standees, ballots: Iterable[Marks]) -> list[Marks]:
    """The ballots as they count, in the order of their content."""
    return sorted(counted(rules, standees, marks) for marks in ballots)


def names_of(standees: Standees) -> dict[int, str]:
    """The ids of the candidates that count, by number."""
    width = len(str(max(standees, default=1)))
    return {number: f"{number:0{width}d}" for number in sorted(standees) if not standees[number].withdrawn}


def pabulib(rules: Rules, standees: Standees, ballots: Sequence[Marks], standing: Standing, about: Mapping[str, str]) -> str:
    """The `.pb` file of ordered ballots. `about` holds what META tells besides: description, unit, dates."""
    names, lines = names_of(standees), {line.number: line for line in standing.lines}
    rows: list[Sequence[object]] = [["META"], ["key", "value"], *_meta(rules, standees, ballots, about)]
    rows += [["PROJECTS"], ["project_id", "cost", "votes", "score", "name", "district", "number"]]
    for number, name in names.items():
        standee, line = standees[number], lines[number]
        rows.append([name, standee.cost, line.votes, line.score, standee.title, standee.village, standee.proposal])
    points = rules.kind is Kind.POINTS
    rows += [["VOTES"], ["voter_id", "vote", *(["points"] if points else [])]]
    for at, marks in enumerate(ballots, start=1):
        by = sorted(marks, key=lambda mark: (mark[1], mark[0])) if rules.kind is Kind.RANKING else marks
        given = [",".join(str(value) for _number, value in by)] if points else []
        rows.append([at, ",".join(names[number] for number, _value in by), *given])
    return _written(rows, ";")


def _meta(rules: Rules, standees: Standees, ballots: Sequence[Marks], about: Mapping[str, str]) -> list[Sequence[object]]:
    standing = {number: standee for number, standee in standees.items() if not standee.withdrawn}
    limits = {
        "max_length": rules.most,
        "max_sum_cost": rules.budget if rules.kind is Kind.KNAPSACK else None,
        "max_points": rules.points_each,
        "max_sum_points": rules.points_total,
    }
    told = {
        **about,
        "num_projects": len(standing),
        "num_votes": len(ballots),
        "budget": rules.budget or sum(standee.cost for standee in standing.values()),
        "vote_type": VOTE_TYPES[rules.kind],
        "ballot_kind": rules.kind.value,
        "has_budget": int(rules.budget is not None),
        **{key: value for key, value in limits.items() if value is not None},
        "currency": "IDR",
    }
    return [[key, value] for key, value in told.items()]


def table(standees: Standees, ballots: Sequence[Marks]) -> str:
    """The CSV: a row a ballot, a column a candidate, empty where nothing was written."""
    names = names_of(standees)
    rows: list[Sequence[object]] = [["ballot", *names.values()]]
    for at, marks in enumerate(ballots, start=1):
        given = dict(marks)
        rows.append([at, *(given.get(number, "") for number in names)])
    return _written(rows, ",")


def receipts(hashes: Iterable[str]) -> str:
    """The CSV of receipts, in the order of their hashes: a voter finds the own one, and nothing beside it."""
    return _written([["receipt_sha256"], *([one] for one in sorted(hashes))], ",")


def read_pabulib(text: str) -> tuple[Rules, dict[int, Standee], list[Marks]]:
    """Rules, candidates and ballots of a `.pb` that `pabulib` wrote. Raises UnreadableFileError."""
    found = sections(text)
    meta = {row["key"]: row["value"] for row in found["META"]}
    try:
        kind = _KINDS_NOTED[meta["ballot_kind"]]
        limits = {name: int(meta[name]) if name in meta else None for name in ("max_length", "max_points", "max_sum_points")}
        budget = int(meta["budget"]) if meta["has_budget"] == "1" else None
        rules = Rules(kind, limits["max_length"], budget, limits["max_sum_points"], limits["max_points"])
        standees = {int(row["project_id"]): _standee(row) for row in found["PROJECTS"]}
        return rules, standees, [_marks(kind, row) for row in found["VOTES"]]
    except (KeyError, ValueError) as error:
        raise UnreadableFileError(f"not a ballot file of this platform: {error}") from error


def _standee(row: Mapping[str, str]) -> Standee:
    return Standee(int(row["project_id"]), row["name"], int(row["cost"]), proposal=row.get("number") or "")


def read_table(text: str, kind: Kind) -> list[Marks]:
    """The ballots of a CSV that `table` wrote; it does not tell its kind. Raises UnreadableFileError."""
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or rows[0][:1] != ["ballot"]:
        raise UnreadableFileError("the first row must begin with: ballot")
    try:
        numbers = [int(name) for name in rows[0][1:]]
        ballots = [tuple((number, int(cell)) for number, cell in zip(numbers, row[1:], strict=True) if cell) for row in rows[1:]]
    except ValueError as error:
        raise UnreadableFileError(str(error)) from error
    if kind in (Kind.APPROVAL, Kind.KNAPSACK) and any(value != 1 for marks in ballots for _number, value in marks):
        raise UnreadableFileError("these ballots hold places or points; name their kind")
    return ballots


def _marks(kind: Kind, row: Mapping[str, str]) -> Marks:
    named = [int(name) for name in row["vote"].split(",") if name]
    if kind is Kind.POINTS:
        return tuple(sorted(zip(named, (int(value) for value in row["points"].split(",") if value), strict=True)))
    return tuple(sorted((number, at if kind is Kind.RANKING else 1) for at, number in enumerate(named, start=1)))


def sections(text: str) -> dict[str, list[dict[str, str]]]:
    """The rows of a `.pb` below META, PROJECTS and VOTES, each by its header. Raises UnreadableFileError."""
    found: dict[str, list[dict[str, str]]] = {"META": [], "PROJECTS": [], "VOTES": []}
    heading, header = "", list[str]()
    for cells in csv.reader(io.StringIO(text), delimiter=";"):
        if len(cells) == 1 and cells[0] in found:
            heading, header = cells[0], []
        elif not heading:
            raise UnreadableFileError("the file must begin with META")
        elif not header:
            header = cells
        else:
            found[heading].append(dict(zip(header, cells, strict=False)))
    return found


def _written(rows: Iterable[Sequence[object]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue()
