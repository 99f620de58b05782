"""Greedy: walk down the list, pay for what still fits, skip what does not. Pure, exact.

Order of the walk
    1. `rank` only: the place that a meeting gave, 1 first; works without a place come after all that have one;
    2. satisfaction per unit of cost, highest first, compared by cross-multiplying. With the satisfaction `cost` that is
       simply the number of votes; with the others it is votes (or points) for each rupiah;
    3. among equals, `Ties.CHEAPER`: the lower cost; `Ties.TEXT`: nothing more;
    4. the text order of the id.

Under constraints the same order is walked by `limits`. Source: the greedy utilitarian welfare rule as participatory budgeting uses it
(Talmon and Faliszewski, "A framework for approval-based budgeting methods", AAAI 2019), with skipping.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property

from budgeting.rules import limits
from budgeting.rules.problem import Facts, Line, Outcome, Problem, Project, Reason, Satisfaction, Verdict

Worth = tuple[int, int]
Key = tuple[Worth, int, str]


@dataclass(frozen=True)
class Order:
    """Who comes before whom. `last` is a place after all that the meeting gave; 0 where places do not count."""

    problem: Problem
    last: int = 0

    @cached_property
    def _per_unit(self) -> int:
        """What one unit of satisfaction counts as.

        Two different quotients of whole numbers by costs up to c are 1 / c² apart or more: times c² and rounded down they are
        still different and in the same order, as whole numbers, which compare much faster than fractions.
        """
        return max((project.cost for project in self.problem.projects), default=1) ** 2

    def worth(self, project: Project) -> Worth:
        """Smaller is earlier; equal where only the tie order decides."""
        place = (project.place or self.last) if self.last else 0
        if self.problem.satisfaction is Satisfaction.COST:
            return place, -project.votes
        return place, -(self.problem.satisfaction_of(project) * self._per_unit // project.cost)

    def key(self, project: Project) -> Key:
        """Never equal for two projects."""
        return self.worth(project), *self.problem.tie(project)

    def sorted(self) -> list[Project]:
        """All projects in the order of the walk."""
        return sorted(self.problem.projects, key=self.key)


def allocate(problem: Problem) -> Outcome:
    """The greedy outcome; every line says what would have changed it."""
    return _walked(Order(problem))


def allocate_per_cost(problem: Problem) -> Outcome:
    """Greedy by votes (or points) for each unit of cost: many cheap works before few dear ones."""
    if problem.satisfaction is Satisfaction.COST:
        problem = replace(problem, satisfaction=Satisfaction.CARDINALITY)
    return _walked(Order(problem))


def allocate_by_rank(problem: Problem) -> Outcome:
    """Down the order that a meeting gave."""
    return _walked(by_rank(problem))


def by_rank(problem: Problem) -> Order:
    """The order of a meeting; votes only among works of the same place."""
    problem = replace(problem, satisfaction=Satisfaction.COST)
    return Order(problem, max((project.place for project in problem.projects), default=0) + 1)


def _walked(order: Order) -> Outcome:
    projects = order.sorted()
    if order.problem.constraints:
        return limits.allocate(order.problem, projects)
    left = _money_left_before(projects, order.problem.budget)
    lines, taker = [], ""
    for place, project in enumerate(projects):
        lines.append(_line(order, projects, left, place, taker))
        if lines[-1].verdict is Verdict.FUNDED:
            taker = project.id
    return Outcome(tuple(lines))


def _money_left_before(projects: list[Project], budget: int) -> list[int]:
    """What is left when each project's turn comes; never grows from one to the next."""
    left = []
    for project in projects:
        left.append(budget)
        if project.cost <= budget:
            budget -= project.cost
    return left


def _line(order: Order, projects: list[Project], left: list[int], place: int, taker: str) -> Line:
    project, rank = projects[place], place + 1
    after: Facts = {"after": taker} if taker else {}
    if project.cost <= left[place]:
        facts: Facts = {"remaining": left[place] - project.cost}
        return Line(project.id, rank, Verdict.FUNDED, project.cost, project.cost, Reason.FUNDED_FULL, facts)
    if project.cost > order.problem.budget:
        reason, facts = order.problem.above_ceiling(project)
        return Line(project.id, rank, Verdict.NOT_FUNDED, project.cost, 0, reason, {**facts, **after})
    # The last turn at which it would still have been paid: anything it can do to stand there is enough, nothing less is.
    turn = bisect_right(left, -project.cost, key=lambda amount: -amount) - 1
    rival = projects[turn]
    facts = {"short_by": project.cost - left[place], "remaining": left[place], "before": rival.id, **_rise(order, project, rival), **after}
    tied = order.worth(rival) == order.worth(project)
    return Line(project.id, rank, Verdict.NOT_FUNDED, project.cost, 0, Reason.TIE_LOST if tied else Reason.BELOW_LINE, facts)


def _rise(order: Order, project: Project, rival: Project) -> Facts:
    """How many more votes, or which place, would bring the project before its rival, and nothing less; empty where no such number does."""
    if order.last:
        if not rival.place:
            return {"better_place": order.last}
        wins_ties = (-project.votes, *order.problem.tie(project)) < (-rival.votes, *order.problem.tie(rival))
        better = rival.place - (0 if wins_ties else 1)
        return {"better_place": better} if better else {}
    if order.problem.satisfaction is not Satisfaction.COST:
        return {}
    wins_ties = order.problem.tie(project) < order.problem.tie(rival)
    return {"more_votes": rival.votes - project.votes + (0 if wins_ties else 1)}
