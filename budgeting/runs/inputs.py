"""The frozen inputs of a run: everything the rule sees, as JSON with one canonical text and its SHA-256. Pure.

Format 1 knows proposals with their supports, and the greedy rules. Format 2 adds ballots, a meeting's order, scores, constraints, the
seed of a lot and the software. What a field means never changes within a format, so that old runs are read as they were meant.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from budgeting.rules.constraints import BadProblemError, from_json
from budgeting.rules.problem import Ballot, Problem, Project, Satisfaction, Ties
from budgeting.runs.lots import names_of, put_back

FORMAT = 2
READABLE = (1, FORMAT)
#: Grows when a rule may answer differently for the same inputs, or a line be told otherwise.
SOFTWARE = "musrenbang rules 4"
#: Where the votes of a proposal come from.
SUPPORTS, BALLOT, SCORES = "supports", "ballot", "scores"
#: Kinds of ballots on which each mark is worth the same.
UNWEIGHED = frozenset({"approval", "knapsack"})
#: These take the standing that a ballot published (marks, or points) as the votes of a proposal; the others ask who wants what.
BY_STANDING = frozenset({"greedy", "greedy-per-cost"})

Inputs = Mapping[str, Any]


def canonical(told: Any) -> str:
    """The one text of a JSON value: keys sorted, no spaces."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256_of(told: Any) -> str:
    """Of the canonical text as UTF-8."""
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def ids_of(inputs: Inputs) -> dict[str, str]:
    """Under which id the rule sees each proposal, by its number."""
    return names_of((row["number"] for row in inputs["proposals"]), inputs.get("seed", ""))


def problem_of(inputs: Inputs) -> Problem:
    """The mathematical problem in the frozen inputs. Raises BadProblemError where they make no sense.

    Projects go by their numbers, which the register gives, or by their lots: among equals nobody wins by choosing a UUID.
    """
    if inputs.get("format") not in READABLE:
        raise BadProblemError(f"inputs of format {inputs.get('format')} are not known here")
    ids, standing = ids_of(inputs), standing_of(inputs)
    order = inputs.get("order", {}).get("places", {})
    projects = tuple(
        Project(ids[row["number"]], row["amount"], *standing[row["number"]], group=row["village"], place=order.get(row["number"], 0))
        for row in inputs["proposals"]
    )
    asked = "ballot" in inputs and inputs["rule"] not in BY_STANDING
    return Problem(
        inputs["budget"],
        projects,
        satisfaction=_satisfaction(inputs),
        ties=Ties.TEXT if inputs.get("seed") else Ties(inputs["ties"]),
        ballots=_ballots(inputs, ids) if asked else (),
        voters=inputs["ballot"]["voters"] if asked else 0,
        constraints=from_json(put_back(inputs.get("constraints", {}), ids)),
    )


def standing_of(inputs: Inputs) -> dict[str, tuple[int, int]]:
    """Votes and points of each proposal as the rule sees them, by number."""
    source = inputs.get("votes", SUPPORTS)
    if source == BALLOT:
        marks, points = counted(inputs["ballot"])
        as_votes = inputs["rule"] in BY_STANDING
        return {row["number"]: ((points if as_votes else marks)[row["number"]], points[row["number"]]) for row in inputs["proposals"]}
    if source == SCORES:
        return {row["number"]: (row["supports"], inputs["scores"]["points"].get(row["number"], 0)) for row in inputs["proposals"]}
    return {row["number"]: (row["supports"], 0) for row in inputs["proposals"]}


def counted(ballot: Inputs) -> tuple[Counter[str], Counter[str]]:
    """How many frozen ballots name each proposal, and the points they give it (a mark is one point)."""
    marks: Counter[str] = Counter()
    points: Counter[str] = Counter()
    for times, named in ballot["groups"]:
        for number, worth in named:
            marks[number] += times
            points[number] += times * worth
    return marks, points


def weighs(inputs: Inputs) -> bool:
    """Whether the rule adds up points: ballots with places or points, or scores."""
    if inputs.get("votes") == BALLOT:
        return inputs["ballot"]["kind"] not in UNWEIGHED and inputs["rule"] not in (*BY_STANDING, "phragmen")
    return inputs.get("votes") == SCORES


def _satisfaction(inputs: Inputs) -> Satisfaction:
    return Satisfaction.ADDITIVE if weighs(inputs) else Satisfaction(inputs["options"].get("satisfaction", "cost"))


def _ballots(inputs: Inputs, ids: Mapping[str, str]) -> tuple[Ballot, ...]:
    weighed = weighs(inputs)
    return tuple(
        Ballot(tuple(ids[number] for number, _worth in named), times, tuple(worth for _number, worth in named) if weighed else ())
        for times, named in inputs["ballot"]["groups"]
    )
