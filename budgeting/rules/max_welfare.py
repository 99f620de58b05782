"""Greatest welfare: the affordable list that gives all voters together the most. Pure, exact.

All lists of the first works are kept of which none costs less and gives more, without those that even a part of the remaining
works could not bring up to the best known. Whole numbers throughout, so that the answer is proved and not only found; where more
than `STATES_MAX` lists would have to be kept, the rule says that it could not prove its answer instead of guessing
(docs/decisions/0207).

Among lists of the same welfare the cheapest; among those the one whose works stand first in the order of worth for each unit of
cost, then cost (`Ties.CHEAPER`), then the text of the id. Under constraints: `welfare_limits`. The proof is about works paid whole; what the
best list leaves goes to works that may be paid in part and are worth something to somebody, in that same order (`parts`), and nothing is
claimed of it: another list with another part might give more.

Sources: Nemhauser and Ullmann, "Discrete dynamic programming and capital
allocation", Management Science 15 (1969); Kellerer, Pferschy and Pisinger, "Knapsack Problems" (2004).
"""

from dataclasses import replace
from fractions import Fraction
from math import gcd

import numpy as np

from budgeting.rules import welfare_limits
from budgeting.rules.constraints import BadProblemError
from budgeting.rules.parts import Rest, rest_of
from budgeting.rules.problem import Facts, Line, Outcome, Problem, Project, Reason, Verdict
from budgeting.rules.sections import why_not
from budgeting.rules.welfare_bound import Whole, most_more
from budgeting.rules.welfare_lists import WORTH_MAX

STATES_MAX = 2_000_000


class NotProvedError(BadProblemError):
    """There is a good list, but that none is better could not be shown."""


def allocate(problem: Problem) -> Outcome:
    """The best list, by worth for each unit of cost; what is not in it follows in the same order. Raises NotProvedError."""
    order = sorted(problem.projects, key=lambda project: _order(problem, project))
    whole = replace(problem, constraints=replace(problem.constraints, minimum_phases={})) if problem.constraints.minimum_phases else problem
    useful = [project for project in order if project.cost <= problem.budget and problem.satisfaction_of(project) > 0]
    chosen = _best_under_limits(whole) if whole.constraints else _best(problem, useful)
    order.sort(key=lambda project: project.id not in problem.bonds.mandatory)
    best = [project for project in order if project.id in chosen]
    lines, left = _told(problem, best)
    rest = _left_by(problem, best, order)
    paid = {line.project: line for line in (*lines, *rest.lines(problem, len(lines) + 1))}
    full = {key for key, line in paid.items() if line.amount == line.cost}
    others = (project for project in order if project.id not in paid)
    refused = []
    for rank, project in enumerate(others, start=len(paid) + 1):
        reason, facts = why_not(problem, project, paid.keys(), full) or rest.refused.get(project.id) or _short(problem, project, left)
        refused.append(Line(project.id, rank, Verdict.NOT_FUNDED, project.cost, 0, reason, facts))
    return Outcome((*paid.values(), *refused), whole_first=True)


def _told(problem: Problem, best: list[Project]) -> tuple[list[Line], int]:
    lines: list[Line] = []
    left = problem.budget
    for project in best:
        left -= project.cost
        reason = Reason.MANDATORY if project.id in problem.bonds.mandatory else Reason.FUNDED_FULL
        lines.append(Line(project.id, len(lines) + 1, Verdict.FUNDED, project.cost, project.cost, reason, {"remaining": left}))
    return lines, left


def _left_by(problem: Problem, best: list[Project], order: list[Project]) -> Rest:
    """What the best list left, paid to works in part: of those that are worth something to somebody, in the same order."""
    if not problem.constraints.minimum_phases:
        return Rest()
    wanted = sorted((project for project in order if problem.satisfaction_of(project)), key=lambda project: _order(problem, project))
    return rest_of(problem, best, wanted, welfare_limits.promised(problem))


def _order(problem: Problem, project: Project) -> tuple[Fraction, int, str]:
    worth = Fraction(-problem.satisfaction_of(project), project.cost)
    return worth, *problem.tie(project)


def _short(problem: Problem, project: Project, left: int) -> tuple[Reason, Facts]:
    if project.cost > problem.budget:
        return problem.above_ceiling(project)
    return Reason.BELOW_LINE, {"short_by": max(0, project.cost - left), "remaining": left}


def _best_under_limits(problem: Problem) -> set[str]:
    try:
        return welfare_limits.best(problem, lambda project: _order(problem, project), STATES_MAX)
    except OverflowError as error:
        raise NotProvedError(f"more than {STATES_MAX} lists would have to be compared to prove which is best under these constraints") from error


def _best(problem: Problem, projects: list[Project]) -> set[str]:
    if sum(project.cost for project in projects) <= problem.budget:
        return {project.id for project in projects}
    worth = [problem.satisfaction_of(project) for project in projects]
    unit = gcd(*worth)
    worth = [value // unit for value in worth]
    if max(sum(worth), sum(project.cost for project in projects)) >= WORTH_MAX:
        raise NotProvedError("the welfare or the cost of these projects is too large to be added up exactly")
    costs = np.array([project.cost for project in projects], dtype=np.int64)
    values = np.array(worth, dtype=np.int64)
    return {projects[place].id for place in _proved(costs, values, problem.budget, _greedily(costs, values, problem.budget))}


def _greedily(costs: Whole, values: Whole, budget: int) -> int:
    """The welfare of the list that takes each work for which there is money; works come by worth for each unit of cost."""
    welfare = 0
    for cost, value in zip(costs.tolist(), values.tolist(), strict=True):
        if cost <= budget:
            budget, welfare = budget - cost, welfare + value
    return welfare


def _proved(costs: Whole, values: Whole, budget: int, known: int) -> list[int]:
    """The places of the best list, whose welfare is at least `known`. Works come by worth for each unit of cost."""
    spent, worth = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    taken = np.zeros((1, (len(costs) + 63) // 64), dtype=np.uint64)
    for place, (cost, value) in enumerate(zip(costs, values, strict=True)):
        fits = spent + cost <= budget
        more = taken[fits]
        more[:, place // 64] |= np.uint64(1 << (place % 64))
        spent, worth, taken = np.concatenate([spent, spent[fits] + cost]), np.concatenate([worth, worth[fits] + value]), np.concatenate([taken, more])
        known = max(known, int(worth.max()))
        keep = _undominated(spent, worth)
        best_possible = most_more(budget - spent[keep], costs[place + 1 :], values[place + 1 :])
        keep = keep[worth[keep] + best_possible >= known]
        if len(keep) > STATES_MAX:
            raise NotProvedError(f"more than {STATES_MAX} lists would have to be compared to prove which is best")
        spent, worth, taken = spent[keep], worth[keep], taken[keep]
    best = int(np.lexsort((spent, -worth))[0])
    return [place for place in range(len(costs)) if int(taken[best, place // 64]) >> (place % 64) & 1]


def _undominated(spent: Whole, worth: Whole) -> Whole:
    """The lists that cost less than all lists of the same welfare or more; of equal ones the first."""
    order = np.lexsort((np.arange(len(spent)), -worth, spent))
    best_before = np.concatenate([[-1], np.maximum.accumulate(worth[order])[:-1]])
    return order[worth[order] > best_before]
