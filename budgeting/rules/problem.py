"""What an allocation rule is given and what it answers. Pure: no Django, exact integers, nothing is changed in place."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeAlias

from budgeting.rules import keeping
from budgeting.rules.bonds import Bonds, bonds_of
from budgeting.rules.constraints import BadProblemError, Constraints

#: What a reason is made of: numbers, and ids as text.
Facts: TypeAlias = Mapping[str, int | str]


class Satisfaction(StrEnum):
    """How much a project is worth to those who voted for it; the rules add it up over all voters."""

    COST = "cost"
    CARDINALITY = "cardinality"
    ADDITIVE = "additive"
    BORDA = "borda"

    @property
    def by_points(self) -> bool:
        """Whether the points of the ballots say it; otherwise every supporter of a work gets the same from it."""
        return self in {Satisfaction.ADDITIVE, Satisfaction.BORDA}


class Completion(StrEnum):
    """What is done with money that a rule of equal shares leaves."""

    NONE = "none"
    #: The share of everybody is raised by the same step again and again; the last outcome that can be paid counts.
    ADD1 = "add1"
    #: The same without a step: from one share at which the outcome changes to the next.
    ADD_OPT = "add-opt"
    #: The works with most votes for which there is money.
    UTILITARIAN = "utilitarian"
    ADD1_UTILITARIAN = "add1-utilitarian"


class Ties(StrEnum):
    """Who goes first among equals. Part of a rule's definition, so that the same inputs always give the same list."""

    #: The text order of the id, "10" before "9": Pabulib's custom.
    TEXT = "text"
    #: The cheaper one, then the text order of the id: our custom for proposals.
    CHEAPER = "cheaper"


class Verdict(StrEnum):
    """In or out."""

    FUNDED = "funded"
    NOT_FUNDED = "not_funded"


class Reason(StrEnum):
    """Why (DOMAIN 7). The facts beside it say by how much, and what would have changed it."""

    FUNDED_FULL = "FUNDED_FULL"
    #: The money was spent on what stands before it.
    BELOW_LINE = "BELOW_LINE"
    #: More than the whole ceiling: no order of the list would have helped.
    COST_ABOVE_CEILING = "COST_ABOVE_CEILING"
    #: Those who want it hold less than its cost together.
    SUPPORTERS_SHORT = "SUPPORTERS_SHORT"
    #: It had as many votes as one that was funded, and the tie order put that one first.
    TIE_LOST = "TIE_LOST"
    #: Paid before anything else, because regulation (or a mandatory work that needs it) demands it.
    MANDATORY = "MANDATORY"
    #: Paid in part, at least the smallest amount that makes sense for it.
    FUNDED_PARTIAL = "FUNDED_PARTIAL"
    #: A part of it could have been paid, but it is paid whole or not at all.
    NOT_DIVISIBLE = "NOT_DIVISIBLE"
    #: One that it excludes was paid.
    EXCLUDED_BY = "EXCLUDED_BY"
    #: One that it needs is not paid.
    NEEDS = "NEEDS"
    #: Its group had as many as it may while others had none.
    GROUP_FULL = "GROUP_FULL"
    #: The money that was left waited for a set of works with a minimum share.
    QUOTA_DISPLACED = "QUOTA_DISPLACED"


class BadOutcomeError(ValueError):
    """A rule answered something that may never be paid: overspent, missing, or twice."""


@dataclass(frozen=True)
class Project:
    """Something that can be paid for.

    `cost` in whole units (rupiah, or the smallest unit of a file), `votes` how many support it, `points` what the ballots
    gave it where they weigh (cumulative, ordinal); 0 where they do not. `group` is its village, empty where groups do not
    matter; `place` its place in a meeting's order from 1, 0 where it has none.
    """

    id: str
    cost: int
    votes: int
    points: int = 0
    group: str = ""
    place: int = 0


@dataclass(frozen=True)
class Ballot:
    """What one voter, or `times` voters alike, marked; `points` beside each mark where the ballots weigh, empty otherwise."""

    approved: tuple[str, ...]
    times: int = 1
    points: tuple[int, ...] = ()


@dataclass(frozen=True)
class Problem:
    """A budget and the projects that ask for it. Raises BadProblemError where they make no sense.

    `ballots` only for the rules that ask who wants what (`BY_BALLOTS`); their marks add up to the projects' votes. `voters`
    are all who voted, also with an empty ballot; 0 means as many as the ballots say. `constraints` must name listed projects only.
    """

    budget: int
    projects: tuple[Project, ...]
    satisfaction: Satisfaction = Satisfaction.COST
    ties: Ties = Ties.CHEAPER
    ballots: tuple[Ballot, ...] = ()
    voters: int = 0
    constraints: Constraints = field(default_factory=Constraints)

    def __post_init__(self) -> None:
        if self.budget <= 0:
            raise BadProblemError(f"the budget must be above zero, not {self.budget}")
        for project in self.projects:
            if project.cost <= 0 or project.votes < 0 or project.points < 0 or project.place < 0:
                raise BadProblemError(f"project {project.id}: cost must be above zero, and votes, points and place not below it")
        twice = [key for key, times in Counter(project.id for project in self.projects).items() if times > 1]
        if twice:
            raise BadProblemError(f"project {min(twice)} is listed twice")
        if self.constraints:
            _ = self.bonds

    @cached_property
    def bonds(self) -> Bonds:
        """How the works hang together by the constraints, worked out once."""
        return bonds_of(self.constraints, {project.id: project.cost for project in self.projects}, self.budget)

    @property
    def people(self) -> int:
        """All who voted."""
        return self.voters or sum(ballot.times for ballot in self.ballots)

    def tie(self, project: Project) -> tuple[int, str]:
        """Who goes first among equals: smaller is earlier, and never equal for two projects."""
        return project.cost if self.ties is Ties.CHEAPER else 0, project.id

    def by_votes(self, project: Project) -> tuple[int, int, str]:
        """Most votes first, then the tie order; never equal for two projects."""
        return -project.votes, *self.tie(project)

    def above_ceiling(self, project: Project) -> tuple[Reason, Facts]:
        """What a line tells of a project that costs more than all the money."""
        return Reason.COST_ABOVE_CEILING, {"short_by": project.cost - self.budget, "ceiling": self.budget}

    def satisfaction_of(self, project: Project) -> int:
        """What all voters together get from the project."""
        if self.satisfaction is Satisfaction.COST:
            return project.votes * project.cost
        if self.satisfaction is Satisfaction.CARDINALITY:
            return project.votes
        return project.points

    def check(self, outcome: "Outcome") -> None:
        """Raise BadOutcomeError unless the outcome may be paid: every project once, nothing above its cost or the budget, constraints kept."""
        costs = {project.id: project.cost for project in self.projects}
        answered = Counter(line.project for line in outcome.lines)
        if set(answered) != set(costs) or any(times > 1 for times in answered.values()):
            wrong = sorted((set(answered) ^ set(costs)) | {key for key, times in answered.items() if times > 1})
            raise BadOutcomeError(f"not every project is answered exactly once: {', '.join(wrong[:5])}")
        if sorted(line.rank for line in outcome.lines) != list(range(1, len(outcome.lines) + 1)):
            raise BadOutcomeError("the ranks are not 1, 2, 3 …")
        for line in outcome.lines:
            if line.cost != costs[line.project] or not self._is_sound(line):
                raise BadOutcomeError(f"project {line.project}: the amount does not follow from the verdict")
        if outcome.spent > self.budget:
            raise BadOutcomeError(f"spent {outcome.spent} of {self.budget}")
        paid = {line.project: line.amount for line in outcome.lines if line.amount}
        broken = keeping.breach(self, paid, by_supporters=outcome.by_supporters, whole_first=outcome.whole_first) if self.constraints else ""
        if broken:
            raise BadOutcomeError(broken)

    def _is_sound(self, line: "Line") -> bool:
        if line.reason is Reason.FUNDED_PARTIAL:
            phase = self.constraints.minimum_phases.get(line.project, line.cost)
            return line.verdict is Verdict.FUNDED and phase <= line.amount < line.cost
        return line.amount == (line.cost if line.verdict is Verdict.FUNDED else 0)


@dataclass(frozen=True)
class Line:
    """What a rule decided about one project. `rank` counts from 1 in the order the rule looked at them."""

    project: str
    rank: int
    verdict: Verdict
    cost: int
    amount: int
    reason: Reason
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """One line for every project, in the rule's own order. `by_supporters`: there may be money that no supporters of a work could claim.

    `whole_first`: works are paid in part only from what is left in the end, so that shares and groups are about works paid whole.
    """

    lines: tuple[Line, ...]
    by_supporters: bool = False
    whole_first: bool = False
    #: Computes who paid for what, where supporters pay.
    telling: Callable[[], dict[str, Any]] | None = field(default=None, compare=False, repr=False)

    @property
    def account(self) -> dict[str, Any]:
        """Who paid for what as JSON (`account`), worked out when it is asked for; empty where nobody pays."""
        return self.telling() if self.telling else {}

    @property
    def spent(self) -> int:
        """What the funded lines add up to."""
        return sum(line.amount for line in self.lines)

    @property
    def selected(self) -> tuple[str, ...]:
        """The ids of the funded projects, in the rule's order."""
        return tuple(line.project for line in self.lines if line.verdict is Verdict.FUNDED)
