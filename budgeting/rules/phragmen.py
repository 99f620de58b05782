"""Phragmén's sequential rule: money trickles to all voters alike, and a work is bought when those who want it can pay. Pure, exact.

Every voter earns at the same speed from zero. As soon as the supporters of a work together hold its cost, it is bought and they
start again from zero. The rule stops when the work whose turn it is (or one of several at the same moment) no longer fits.
Among works at the same moment: `Ties.CHEAPER` the lower cost; then the text order of the id.

Source: Phragmén 1894, for projects with costs: Los, Christoff and Grossi, "Proportional Budget Allocations", IJCAI 2022.
"""

from collections import Counter, defaultdict
from fractions import Fraction

from budgeting.rules.constraints import BadProblemError
from budgeting.rules.problem import Facts, Line, Outcome, Problem, Project, Reason, Ties, Verdict


def allocate(problem: Problem) -> Outcome:
    """The outcome in the order of buying; what was not bought follows by votes, cost and id.

    Raises BadProblemError where the ballots do not add up to the projects' votes.
    """
    marks: Counter[str] = Counter()
    for ballot in problem.ballots:
        for key in ballot.approved:
            marks[key] += ballot.times
    if any(marks[project.id] != project.votes for project in problem.projects):
        raise BadProblemError("the ballots do not add up to the projects' votes")
    bought, stopped_by = _buy(problem)
    lines: list[Line] = []
    left = problem.budget
    for project in bought:
        left -= project.cost
        facts: Facts = {"remaining": left}
        lines.append(Line(project.id, len(lines) + 1, Verdict.FUNDED, project.cost, project.cost, Reason.FUNDED_FULL, facts))
    chosen = {project.id for project in bought}
    others = sorted(
        (project for project in problem.projects if project.id not in chosen), key=lambda project: (-project.votes, *_tie(problem, project))
    )
    lines.extend(_refusal(problem, project, left, stopped_by, rank) for rank, project in enumerate(others, start=len(lines) + 1))
    return Outcome(tuple(lines))


def _tie(problem: Problem, project: Project) -> tuple[int, str]:
    return (project.cost if problem.ties is Ties.CHEAPER else 0, project.id)


def _refusal(problem: Problem, project: Project, left: int, stopped_by: str, rank: int) -> Line:
    if project.cost > problem.budget:
        facts: Facts = {"short_by": project.cost - problem.budget, "ceiling": problem.budget}
        return Line(project.id, rank, Verdict.NOT_FUNDED, project.cost, 0, Reason.COST_ABOVE_CEILING, facts)
    facts = {"short_by": max(0, project.cost - left), "remaining": left, "stopped_by": stopped_by}
    return Line(project.id, rank, Verdict.NOT_FUNDED, project.cost, 0, Reason.BELOW_LINE, facts)


class _Purses:
    """When each voter last paid. Few moments exist, so supporters are counted by moment instead of one by one."""

    def __init__(self, problem: Problem) -> None:
        #: Moments of buying by their place; place 0 is the beginning.
        self.moments = [Fraction(0)]
        self.last_paid = [0] * len(problem.ballots)
        self.ballots = problem.ballots
        self.voters_of: dict[str, list[int]] = defaultdict(list)
        self.supporters: dict[str, Counter[int]] = defaultdict(Counter)
        for voter, ballot in enumerate(problem.ballots):
            for key in ballot.approved:
                self.voters_of[key].append(voter)
                self.supporters[key][0] += ballot.times

    def moment_of(self, project: Project) -> Fraction:
        """When its supporters will hold its cost, counted in money a voter has earned since the beginning."""
        counts = self.supporters[project.id]
        earned = sum((self.moments[place] * times for place, times in counts.items() if times), Fraction(project.cost))
        return earned / project.votes

    def pay(self, project: Project, moment: Fraction) -> set[str]:
        """Its supporters start again from zero at this moment; the projects that they also want are later now."""
        now = len(self.moments)
        self.moments.append(moment)
        moved: dict[tuple[str, ...], Counter[int]] = defaultdict(Counter)
        for voter in self.voters_of[project.id]:
            ballot = self.ballots[voter]
            moved[ballot.approved][self.last_paid[voter]] += ballot.times
            self.last_paid[voter] = now
        for approved, places in moved.items():
            for key in approved:
                counts = self.supporters[key]
                for place, times in places.items():
                    counts[place] -= times
                    counts[now] += times
        return {key for approved in moved for key in approved}


def _buy(problem: Problem) -> tuple[list[Project], str]:
    """The bought projects in order, and the one whose turn ended it (empty when all are bought)."""
    purses = _Purses(problem)
    waiting = {project.id: project for project in problem.projects if project.votes and project.cost <= problem.budget}
    left = problem.budget
    bought: list[Project] = []
    moments = {key: purses.moment_of(project) for key, project in waiting.items()}
    while waiting:
        moment = min(moments.values())
        due = sorted((waiting[key] for key, when in moments.items() if when == moment), key=lambda project: _tie(problem, project))
        too_dear = [project.id for project in due if project.cost > left]
        if too_dear:
            return bought, too_dear[0]
        project = due[0]
        bought.append(waiting.pop(project.id))
        del moments[project.id]
        later = purses.pay(project, moment) & waiting.keys()
        moments |= {key: purses.moment_of(waiting[key]) for key in later}
        left -= project.cost
    return bought, ""
