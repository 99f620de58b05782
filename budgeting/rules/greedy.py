"""Greedy: walk down the list, pay for what still fits, skip what does not. Pure, exact.

Order of the walk
    1. satisfaction per unit of cost, highest first, compared by cross-multiplying. With the satisfaction `cost` that is
       simply the number of votes; with the others it is votes (or points) for each rupiah;
    2. among equals, `Ties.CHEAPER`: the lower cost; `Ties.TEXT`: nothing more;
    3. the text order of the id.

Source: the greedy utilitarian welfare rule as participatory budgeting uses it (Talmon and Faliszewski, "A framework for
approval-based budgeting methods", AAAI 2019), with skipping.
"""

from bisect import bisect_right
from dataclasses import replace
from fractions import Fraction

from budgeting.rules.problem import Facts, Line, Outcome, Problem, Project, Reason, Satisfaction, Ties, Verdict

Key = tuple[Fraction | int, int, str]


def allocate(problem: Problem) -> Outcome:
    """The greedy outcome; every line says what would have changed it."""
    order = sorted(problem.projects, key=lambda project: _key(problem, project))
    left = _money_left_before(order, problem.budget)
    lines, taker = [], ""
    for place, project in enumerate(order):
        line = _line(problem, order, left, place)
        if line.verdict is Verdict.FUNDED:
            taker = project.id
        elif taker:
            line = replace(line, facts={**line.facts, "after": taker})
        lines.append(line)
    return Outcome(tuple(lines))


def allocate_per_cost(problem: Problem) -> Outcome:
    """Greedy by votes (or points) for each unit of cost: many cheap works before few dear ones."""
    if problem.satisfaction is Satisfaction.COST:
        problem = replace(problem, satisfaction=Satisfaction.CARDINALITY)
    return allocate(problem)


def _worth(problem: Problem, project: Project) -> Fraction | int:
    if problem.satisfaction is Satisfaction.COST:
        return project.votes
    return Fraction(problem.satisfaction_of(project), project.cost)


def _key(problem: Problem, project: Project) -> Key:
    return (-_worth(problem, project), project.cost if problem.ties is Ties.CHEAPER else 0, project.id)


def _money_left_before(order: list[Project], budget: int) -> list[int]:
    """What is left when each project's turn comes; never grows from one to the next."""
    left = []
    for project in order:
        left.append(budget)
        if project.cost <= budget:
            budget -= project.cost
    return left


def _line(problem: Problem, order: list[Project], left: list[int], place: int) -> Line:
    project, rank = order[place], place + 1
    if project.cost <= left[place]:
        facts: Facts = {"remaining": left[place] - project.cost}
        return Line(project.id, rank, Verdict.FUNDED, project.cost, project.cost, Reason.FUNDED_FULL, facts)
    if project.cost > problem.budget:
        facts = {"short_by": project.cost - problem.budget, "ceiling": problem.budget}
        return Line(project.id, rank, Verdict.NOT_FUNDED, project.cost, 0, Reason.COST_ABOVE_CEILING, facts)
    # The last turn at which it would still have been paid: anything it can do to stand there is enough, nothing less is.
    turn = bisect_right(left, -project.cost, key=lambda amount: -amount) - 1
    rival = order[turn]
    tied = _worth(problem, rival) == _worth(problem, project)
    facts = {"short_by": project.cost - left[place], "remaining": left[place], "before": rival.id}
    if problem.satisfaction is Satisfaction.COST:
        wins_ties = _key(problem, replace(project, votes=rival.votes)) < _key(problem, rival)
        facts = {**facts, "more_votes": rival.votes - project.votes + (0 if wins_ties else 1)}
    return Line(project.id, rank, Verdict.NOT_FUNDED, project.cost, 0, Reason.TIE_LOST if tied else Reason.BELOW_LINE, facts)
