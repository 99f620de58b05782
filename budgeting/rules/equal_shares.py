"""The two rules of equal shares: every voter holds the same part of the budget, those who want a work buy it together. Pure, exact.

`allocate`: the Method of Equal Shares; who has less than the price gives all. `allocate_exactly`: Exact Equal Shares; all payers of
a work pay the same. Definitions, tie orders and sources stand in `shares.walk` and `shares.even_walk`, the completions in
`shares.completion`.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from math import floor

from budgeting.rules.account import Bought, account
from budgeting.rules.constraints import BadProblemError
from budgeting.rules.problem import Completion, Facts, Outcome, Problem, Project, Reason
from budgeting.rules.sections import Sale, Section, left_by, paid_first, sold, told
from budgeting.rules.shares import completion as completions
from budgeting.rules.shares.by_votes import added
from budgeting.rules.shares.electorate import Candidate, Electorate, electorate_of
from budgeting.rules.shares.even_walk import EvenWalk
from budgeting.rules.shares.raisable import Raisable
from budgeting.rules.shares.walk import Walk

Kind = Callable[[Electorate], Raisable]
_BY_VOTES = frozenset({Completion.UTILITARIAN, Completion.ADD1_UTILITARIAN})


def allocate(problem: Problem, completion: Completion = Completion.NONE, increment: int = 1) -> Outcome:
    """The outcome in the order of buying; what was not bought follows by votes, cost and id.

    `increment` (units of the file) is what `add1` adds to each voter's share a step. Under constraints: `sections`. Raises BadProblemError.
    """
    near = completions.NEAR if completion is Completion.ADD_OPT else 0.0
    return _allocate(problem, partial(Walk, near=near), completion, increment)


def allocate_exactly(problem: Problem, completion: Completion = Completion.NONE, increment: int = 1) -> Outcome:
    """As `allocate`, for Exact Equal Shares. Raises BadProblemError for ballots that weigh."""
    if problem.satisfaction.by_points:
        raise BadProblemError(f"exact equal shares asks for the satisfaction cost or cardinality, not {problem.satisfaction}")
    return _allocate(problem, EvenWalk, completion, increment)


def _allocate(problem: Problem, kind: Kind, completion: Completion, increment: int) -> Outcome:
    if increment < 1:
        raise BadProblemError(f"a step must be at least 1, not {increment}")
    runs: list[Bought] = []

    def run(section: Section) -> list[Sale]:
        walk, share = _walked(section, kind, completion, increment)
        projects = {project.id: project for project in section.problem.projects}
        by_shares = [projects[candidate.id] for candidate in walk]
        by_votes = added(section.problem, section.in_group, [candidate.id for candidate in walk]) if completion in _BY_VOTES else []
        runs.append(Bought(section, by_shares, share, kind is EvenWalk, by_votes))
        return [*_sales(by_shares, "shares"), *_sales(by_votes, "votes")]

    sales = sold(problem, run) if problem.constraints else run(Section(problem, {}))
    others = sorted(problem.projects, key=lambda other: (-other.votes, other.cost, other.id))
    rest = left_by(problem, sales)
    lines = told(problem, sales, rest, others, partial(_short, share=runs[-1].share if runs else None))
    return Outcome(tuple(lines), by_supporters=True, telling=partial(account, paid_first(sales), tuple(runs), rest.parts))


def _walked(section: Section, kind: Kind, completion: Completion, increment: int) -> tuple[list[Candidate], Fraction]:
    """The works bought by shares, and the share that bought them."""
    walk = kind(electorate_of(section.problem, section.in_group))
    if completion in {Completion.ADD1, Completion.ADD1_UTILITARIAN}:
        return completions.raised_by_steps(walk, increment)
    if completion is Completion.ADD_OPT:
        return completions.raised_to_changes(walk)
    return walk.bought, walk.share


def _sales(projects: list[Project], how: str) -> list[Sale]:
    return [Sale(project, Reason.FUNDED_FULL, {"how": how}) for project in projects]


def _short(project: Project, left: int, *, share: Fraction | None) -> tuple[Reason, Facts]:
    facts: Facts = {"remaining": left, "short_by": max(0, project.cost - left), "share": floor(share or 0)}
    return Reason.BELOW_LINE if project.cost > left else Reason.SUPPORTERS_SHORT, facts
