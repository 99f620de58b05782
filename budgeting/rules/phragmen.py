"""Phragmén's sequential rule: money trickles to all voters alike, and a work is bought when those who want it can pay. Pure, exact.

Every voter earns at the same speed from zero. As soon as the supporters of a work together hold its cost, it is bought and they
start again from zero. The rule stops when the work whose turn it is (or one of several at the same moment) no longer fits.
Among works at the same moment: `Ties.CHEAPER` the lower cost; then the text order of the id. Under constraints: `sections`; a work that
comes on sale when its supporters already hold its cost is bought at once.

Source: Phragmén 1894, for projects with costs: Los, Christoff and Grossi, "Proportional Budget Allocations", IJCAI 2022.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from fractions import Fraction
from functools import partial

from budgeting.rules.account import Bought, account
from budgeting.rules.constraints import BadProblemError
from budgeting.rules.problem import Facts, Outcome, Problem, Project, Reason
from budgeting.rules.sections import Sale, Section, left_by, paid_first, sold, told
from budgeting.rules.shares.gate import gate_of


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
    stops: list[str] = []
    runs: list[Bought] = []

    def run(section: Section) -> list[Sale]:
        bought, stopped_by = _buy(section)
        stops.append(stopped_by)
        runs.append(Bought(section, bought))
        return [Sale(project, Reason.FUNDED_FULL, {}) for project in bought]

    sales = sold(problem, run) if problem.constraints else run(Section(problem, {}))
    others = sorted(problem.projects, key=problem.by_votes)
    rest = left_by(problem, sales)
    lines = told(problem, sales, rest, others, partial(_short, stopped_by=stops[-1] if stops else ""))
    return Outcome(tuple(lines), by_supporters=True, telling=partial(account, paid_first(sales), tuple(runs), rest.parts))


def _short(project: Project, left: int, *, stopped_by: str) -> tuple[Reason, Facts]:
    return Reason.BELOW_LINE, {"short_by": max(0, project.cost - left), "remaining": left, "stopped_by": stopped_by}


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


def _buy(section: Section) -> tuple[list[Project], str]:
    """The bought projects in order, and the one whose turn ended it (empty when all are bought)."""
    problem = section.problem
    purses = _Purses(problem)
    shop = _Shop(section)
    left = problem.budget
    now = Fraction(0)
    bought: list[Project] = []
    moments = {key: purses.moment_of(project) for key, project in shop.waiting.items()}
    while on_sale := shop.on_sale(left):
        # one that comes on sale late may have been payable for some time
        moment = max(now, min(moments[key] for key in on_sale))
        due = sorted((shop.waiting[key] for key in on_sale if moments[key] <= moment), key=problem.tie)
        too_dear = [project.id for project in due if project.cost > left]
        if too_dear:
            return bought, too_dear[0]
        project, now = due[0], moment
        bought.append(project)
        shop.sell(project.id)
        later = purses.pay(project, moment) & shop.waiting.keys()
        moments |= {key: purses.moment_of(shop.waiting[key]) for key in later}
        left -= project.cost
    return bought, ""


class _Shop:
    """The works that wait to be bought, and which of them may be now."""

    def __init__(self, section: Section) -> None:
        wanted = [project for project in section.problem.projects if project.votes and project.cost <= section.problem.budget]
        self.waiting = {project.id: project for project in wanted}
        self._ids = list(self.waiting)
        self._places = {key: place for place, key in enumerate(self._ids)}
        self._gate = gate_of(section.problem, self._ids, section.in_group)
        self._sold: list[int] = []

    def sell(self, key: str) -> None:
        """Take it off the shelf."""
        self.waiting.pop(key)
        self._sold.append(self._places[key])

    def on_sale(self, left: int) -> Collection[str]:
        """All that wait, without those which a constraint holds while so much is left."""
        if self._gate is None:
            return self.waiting.keys()
        sale = self._gate.on_sale(self._sold)
        places = [place for key, place in self._places.items() if key in self.waiting and sale[place]]
        able = [place for place in places if self.waiting[self._ids[place]].cost <= left]
        return [self._ids[place] for place in self._gate.let_go(self._sold, places, able)]
