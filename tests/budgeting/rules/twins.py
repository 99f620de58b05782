"""Slow, obvious twins of the rules: fractions, one voter at a time, straight from the definitions."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import combinations

from budgeting.rules.problem import Ballot, Problem, Project, Satisfaction, Ties

Voters = list[dict[str, int]]


def voters_of(problem: Problem) -> Voters:
    """Each voter's gain of a unit by project; voters who want nothing have an empty one."""
    by_points = problem.satisfaction in {Satisfaction.ADDITIVE, Satisfaction.BORDA}
    people: Voters = []
    for ballot in problem.ballots:
        gains = ballot.points if by_points else (1,) * len(ballot.approved)
        people += [{key: gain for key, gain in zip(ballot.approved, gains, strict=True) if gain} for _ in range(ballot.times)]
    return people + [{} for _ in range((problem.voters or len(people)) - len(people))]


def _tie(problem: Problem, project: Project) -> tuple[int, str]:
    return (project.cost if problem.ties is Ties.CHEAPER else 0, project.id)


def divisor(problem: Problem, project: Project) -> int:
    """What prices are compared by."""
    return project.cost if problem.satisfaction is Satisfaction.COST else 1


def price(project: Project, purses: list[Fraction], people: Voters) -> Fraction | None:
    """The price of a unit at which those who want it pay together what it costs; None where they cannot."""
    wanting = sorted(
        (purse / person[project.id], person[project.id], purse) for purse, person in zip(purses, people, strict=True) if person.get(project.id)
    )
    if not wanting or sum(purse for _, _, purse in wanting) < project.cost:
        return None
    left = Fraction(project.cost)
    units = sum(unit for _, unit, _ in wanting)
    for ratio, unit, purse in wanting:
        if left <= ratio * units:
            return left / units
        left, units = left - purse, units - unit
    raise AssertionError("they hold enough, so somebody can pay the rest")


def equal_shares(problem: Problem, share: Fraction) -> list[str]:
    """The Method of Equal Shares where everybody holds `share`: the ids in the order of buying."""
    people = voters_of(problem)
    purses, waiting, bought = [share] * len(people), list(problem.projects), []
    while True:
        prices = {project: cost for project in waiting if (cost := price(project, purses, people)) is not None}
        if not prices:
            return bought
        best = min(prices, key=lambda project: (prices[project] / divisor(problem, project), *_tie(problem, project)))
        purses = [purse - min(purse, prices[best] * person.get(best.id, 0)) for purse, person in zip(purses, people, strict=True)]
        bought.append(best.id)
        waiting.remove(best)


def exact_equal_shares(problem: Problem, share: Fraction) -> list[str]:
    """Exact Equal Shares where everybody holds `share`: the ids in the order of buying."""
    people = voters_of(problem)
    purses, waiting, bought = [share] * len(people), list(problem.projects), []
    while True:
        payers = {project: crowd for project in waiting if (crowd := largest(project, purses, people))}
        if not payers:
            return bought
        best = min(payers, key=lambda project: (Fraction(-len(payers[project]) * divisor(problem, project), project.cost), *_tie(problem, project)))
        for voter in payers[best]:
            purses[voter] -= Fraction(best.cost, len(payers[best]))
        bought.append(best.id)
        waiting.remove(best)


def largest(project: Project, purses: list[Fraction], people: Voters) -> list[int]:
    """The largest group of those who want it who can all pay the same."""
    wanting = [voter for voter, person in enumerate(people) if project.id in person]
    for count in range(len(wanting), 0, -1):
        able = [voter for voter in wanting if purses[voter] >= Fraction(project.cost, count)]
        if len(able) >= count:
            return able
    return []


def raised(problem: Problem, run: Callable[[Problem, Fraction], list[str]], shares: Iterable[Fraction]) -> list[str]:
    """The last affordable outcome when the share is raised through `shares`, stopping where nothing wanted fits any more."""
    costs = {project.id: project.cost for project in problem.projects}
    wanted = {key for person in voters_of(problem) for key in person}
    best: list[str] = []
    for share in shares:
        now = run(problem, share)
        if sum(costs[key] for key in now) > problem.budget:
            return best
        best = now
        left = problem.budget - sum(costs[key] for key in now)
        if all(costs[key] > left for key in wanted - set(now)):
            return best
    return best


def greatest_welfare(problem: Problem) -> int:
    """The most that any affordable list gives, by trying all of them."""
    return max(
        sum(problem.satisfaction_of(project) for project in chosen)
        for size in range(len(problem.projects) + 1)
        for chosen in combinations(problem.projects, size)
        if sum(project.cost for project in chosen) <= problem.budget
    )


def cheapest_of_the_greatest(problem: Problem) -> int:
    """What the cheapest list of the greatest welfare costs."""
    most = greatest_welfare(problem)
    lists = (chosen for size in range(len(problem.projects) + 1) for chosen in combinations(problem.projects, size))
    costs = (sum(project.cost for project in chosen) for chosen in lists if sum(problem.satisfaction_of(project) for project in chosen) == most)
    return min(cost for cost in costs if cost <= problem.budget)


def problem_of(budget: int, costs: list[int], marks: list[dict[int, int]], satisfaction: Satisfaction, ties: Ties = Ties.TEXT) -> Problem:
    """A problem from small numbers: `marks` are what each voter gives to the project at a place."""
    weighs = satisfaction in {Satisfaction.ADDITIVE, Satisfaction.BORDA}
    ballots = tuple(
        Ballot(tuple(f"p{place}" for place in sorted(mark)), 1, tuple(mark[place] for place in sorted(mark)) if weighs else ())
        for mark in marks
        if mark
    )
    projects = tuple(
        Project(f"p{place}", cost, sum(place in mark for mark in marks), sum(mark.get(place, 0) for mark in marks) if weighs else 0)
        for place, cost in enumerate(costs)
    )
    return Problem(budget, projects, satisfaction, ties, ballots, len(marks))
