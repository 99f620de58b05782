"""The two rules of equal shares: every voter holds the same part of the budget, those who want a work buy it together. Pure, exact.

`allocate`: the Method of Equal Shares; who has less than the price gives all. `allocate_exactly`: Exact Equal Shares; all payers of
a work pay the same. Definitions, tie orders and sources stand in `shares.walk` and `shares.even_walk`, the completions in
`shares.completion`.
"""

from fractions import Fraction
from math import floor

from budgeting.rules.constraints import BadProblemError
from budgeting.rules.problem import Completion, Facts, Line, Outcome, Problem, Reason, Satisfaction, Verdict
from budgeting.rules.shares import completion as completions
from budgeting.rules.shares.electorate import Candidate, electorate_of
from budgeting.rules.shares.even_walk import EvenWalk
from budgeting.rules.shares.raisable import Raisable
from budgeting.rules.shares.walk import Walk

#: Satisfactions that give every supporter of a work the same.
UNIFORM = frozenset({Satisfaction.COST, Satisfaction.CARDINALITY})
_BY_VOTES = frozenset({Completion.UTILITARIAN, Completion.ADD1_UTILITARIAN})


def allocate(problem: Problem, completion: Completion = Completion.NONE, increment: int = 1) -> Outcome:
    """The outcome in the order of buying; what was not bought follows by votes, cost and id.

    `increment` (units of the file) is what `add1` adds to each voter's share a step. Raises BadProblemError.
    """
    near = completions.NEAR if completion is Completion.ADD_OPT else 0.0
    return _allocate(problem, Walk(electorate_of(problem), near=near), completion, increment)


def allocate_exactly(problem: Problem, completion: Completion = Completion.NONE, increment: int = 1) -> Outcome:
    """As `allocate`, for Exact Equal Shares. Raises BadProblemError for ballots that weigh."""
    if problem.satisfaction not in UNIFORM:
        raise BadProblemError(f"exact equal shares asks for the satisfaction cost or cardinality, not {problem.satisfaction}")
    return _allocate(problem, EvenWalk(electorate_of(problem)), completion, increment)


def _allocate(problem: Problem, walk: Raisable, completion: Completion, increment: int) -> Outcome:
    if increment < 1:
        raise BadProblemError(f"a step must be at least 1, not {increment}")
    bought, share = walk.bought, walk.share
    if completion in {Completion.ADD1, Completion.ADD1_UTILITARIAN}:
        bought, share = completions.raised_by_steps(walk, increment)
    elif completion is Completion.ADD_OPT:
        bought, share = completions.raised_to_changes(walk)
    by_shares = len(bought)
    if completion in _BY_VOTES:
        votes = {project.id: project.votes for project in problem.projects}
        bought = completions.completed_by_votes(walk.electorate, bought, votes)
    return Outcome(tuple(_lines(problem, bought, by_shares, share)))


def _lines(problem: Problem, bought: list[Candidate], by_shares: int, share: Fraction) -> list[Line]:
    lines, left = [], problem.budget
    for place, candidate in enumerate(bought):
        left -= candidate.cost
        facts: Facts = {"remaining": left, "how": "shares" if place < by_shares else "votes"}
        lines.append(Line(candidate.id, place + 1, Verdict.FUNDED, candidate.cost, candidate.cost, Reason.FUNDED_FULL, facts))
    chosen = {line.project for line in lines}
    others = sorted((project for project in problem.projects if project.id not in chosen), key=lambda other: (-other.votes, other.cost, other.id))
    for rank, project in enumerate(others, start=len(lines) + 1):
        if project.cost > problem.budget:
            facts = {"short_by": project.cost - problem.budget, "ceiling": problem.budget}
            lines.append(Line(project.id, rank, Verdict.NOT_FUNDED, project.cost, 0, Reason.COST_ABOVE_CEILING, facts))
        else:
            facts = {"remaining": left, "short_by": max(0, project.cost - left), "share": floor(share)}
            reason = Reason.BELOW_LINE if project.cost > left else Reason.SUPPORTERS_SHORT
            lines.append(Line(project.id, rank, Verdict.NOT_FUNDED, project.cost, 0, reason, facts))
    return lines
