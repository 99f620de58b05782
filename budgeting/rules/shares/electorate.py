"""What the voters want, as arrays: voters alike are one group. Pure."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from budgeting.rules.constraints import BadProblemError
from budgeting.rules.problem import Problem, Satisfaction
from budgeting.rules.shares.gate import Gate, gate_of

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Candidate:
    """A work with those who want it. A supporter gains `units` (times `divisor`) from it and pays by units.

    `voters` are the groups that want it, `weights` how many people each group is, `units` what one of them gains; all of
    one length. Whole numbers below 2^53, so that floats hold them exactly.
    """

    id: str
    cost: int
    #: The price of a unit is compared after division by this: its cost where satisfaction is cost, otherwise 1.
    divisor: int
    #: Who goes first at the same price.
    tie: tuple[int, str]
    voters: Indices
    weights: Floats
    units: Floats
    #: weights x units
    mass: Floats

    @cached_property
    def total_mass(self) -> float:
        """What all supporters gain, in units."""
        return float(self.mass.sum())

    @cached_property
    def people(self) -> float:
        """All supporters."""
        return float(self.weights.sum())

    @cached_property
    def heads(self) -> Floats | None:
        """1, 2, 3 … where each group is one person; None elsewhere."""
        return np.arange(1.0, len(self.weights) + 1) if float(self.weights.max()) == 1.0 else None

    @cached_property
    def parts(self) -> Floats:
        """Its cost divided evenly by 1, 2, 3 … people."""
        return self.cost / np.arange(1.0, len(self.weights) + 1)


@dataclass(frozen=True, eq=False)
class Electorate:
    """All groups and all works that somebody gains from."""

    groups: int
    weights: Floats
    candidates: tuple[Candidate, ...]
    #: Each voter's part of the budget, in whole units of the file.
    share: Fraction
    budget: int
    divisors: Floats
    #: Which works are on sale; None where all are.
    gate: Gate | None = None


def electorate_of(problem: Problem, in_group: Mapping[str, int] | None = None) -> Electorate:
    """The problem as arrays; `in_group` are the works that groups have already.

    Raises BadProblemError where the ballots do not add up to the projects' votes, or nobody voted.
    """
    by_points = problem.satisfaction.by_points
    marks: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for group, ballot in enumerate(problem.ballots):
        gains = ballot.points if by_points else (1,) * len(ballot.approved)
        if len(gains) != len(ballot.approved):
            raise BadProblemError("the ballots carry no points")
        for key, gain in zip(ballot.approved, gains, strict=True):
            marks[key].append((group, gain))
    times = np.array([ballot.times for ballot in problem.ballots], dtype=np.float64)
    for project in problem.projects:
        if sum(int(times[group]) for group, _ in marks[project.id]) != project.votes:
            raise BadProblemError("the ballots do not add up to the projects' votes")
    voters = problem.voters or int(times.sum())
    if not voters:
        raise BadProblemError("nobody voted")
    candidates = []
    for project in problem.projects:
        rows = [(group, gain) for group, gain in marks[project.id] if gain > 0]
        if not rows:
            continue
        groups = np.array([group for group, _ in rows], dtype=np.int64)
        units = np.array([gain for _, gain in rows], dtype=np.float64)
        weights = times[groups]
        divisor = project.cost if problem.satisfaction is Satisfaction.COST else 1
        candidates.append(Candidate(project.id, project.cost, divisor, problem.tie(project), groups, weights, units, weights * units))
    divisors = np.array([float(candidate.divisor) for candidate in candidates])
    gate = gate_of(problem, [candidate.id for candidate in candidates], in_group or {})
    return Electorate(len(times), times, tuple(candidates), Fraction(problem.budget, voters), problem.budget, divisors, gate)
