"""Greatest welfare under constraints, proved in whole numbers or refused. Pure, exact.

Asked for is the list of greatest welfare among all affordable ones that
1. hold the mandatory works and what they need, and keep all excluding and requiring pairs;
2. with `per_group`: hold at most so many works of a group beside its mandatory ones where those are fewer, or else hold at least one
   of every group that has an eligible work: one that could be paid with all that it needs after the mandatory works;
3. for each minimum share pay its set as much as the set could use of it: the most that works of the set can cost together
   without exceeding what the share reserves after the mandatory works of the set (shares in the order of listing where mandatory works leave
   too little for all).

Among lists of the same welfare the cheapest; among those the first that the search meets: it looks at works by share, by group, then those in
pairs, then the others, each in the order of `max_welfare`, and prefers to leave out. Refused, because no proof is offered: works
paid in part, minimum shares that overlap or stand beside `per_group`, and whatever needs more lists than `max_welfare.STATES_MAX`.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import gcd

from budgeting.rules.bonds import Bonds
from budgeting.rules.constraints import BadProblemError
from budgeting.rules.problem import Problem, Project
from budgeting.rules.welfare_lists import WORTH_MAX, Search, Stage

Order = Callable[[Project], object]


@dataclass(frozen=True)
class Rest:
    """What is left to decide after the mandatory works: `free` works in the order of the search, and the money."""

    problem: Problem
    bonds: Bonds
    free: tuple[Project, ...]
    money: int

    @property
    def places(self) -> dict[str, int]:
        """Of the free works by id."""
        return {project.id: place for place, project in enumerate(self.free)}

    def search(self, values: Mapping[str, int], stages: list[Stage], worth_max: int | None = None) -> Search:
        """The search over the free works."""
        places = self.places
        partners = {
            places[key]: frozenset(places[other] for other in others if other in places)
            for key, others in self.bonds.partners.items()
            if key in places
        }
        needs = {
            places[key]: frozenset(places[other] for other in others if other in places) for key, others in self.bonds.needs.items() if key in places
        }
        costs = [project.cost for project in self.free]
        return Search(costs, [values[project.id] for project in self.free], self.money, partners, needs, stages, worth_max)


def best(problem: Problem, order: Order, states_max: int) -> set[str]:
    """The ids of the best list. Raises BadProblemError where no answer is offered, OverflowError where it would take too many lists."""
    _refuse_unproved(problem)
    rest = _rest_of(problem, order)
    values = {project.id: problem.satisfaction_of(project) for project in rest.free}
    unit = gcd(*values.values()) or 1
    values = {key: value // unit for key, value in values.items()}
    if sum(values.values()) >= WORTH_MAX:
        raise OverflowError
    found = [answer for stages in _ways(rest, states_max) if (answer := rest.search(values, stages).best(states_max)) is not None]
    if not found:
        raise BadProblemError("no list keeps all minimum shares together with the pairs")
    costs = [project.cost for project in rest.free]
    _, chosen = min(found, key=lambda answer: (-answer[0], sum(costs[place] for place in answer[1])))
    return {*rest.bonds.mandatory, *(rest.free[place].id for place in chosen)}


def _refuse_unproved(problem: Problem) -> None:
    limits = problem.constraints
    if limits.minimum_phases:
        raise BadProblemError(f"project {next(iter(limits.minimum_phases))} may be paid in part: this rule proves lists of whole works only")
    members = Counter(key for share in limits.minimum_shares for key in share.projects)
    overlap = sorted(key for key, times in members.items() if times > 1)
    if overlap:
        raise BadProblemError(f"project {overlap[0]} is in two minimum shares: this rule offers no proof for shares that overlap")
    if limits.minimum_shares and limits.per_group:
        raise BadProblemError("this rule offers no proof for minimum shares beside a limit of groups")


def _rest_of(problem: Problem, order: Order) -> Rest:
    bonds = problem.bonds
    money = problem.budget - sum(project.cost for project in problem.projects if project.id in bonds.mandatory)
    gone = {key for key in bonds.partners if bonds.partners[key] & bonds.mandatory}
    costs = {project.id: project.cost for project in problem.projects}

    def is_free(project: Project) -> bool:
        together = {project.id, *bonds.needs.get(project.id, ())}
        return project.id not in bonds.mandatory and not together & gone and sum(costs[key] for key in together - bonds.mandatory) <= money

    paired = bonds.partners.keys() | bonds.needs.keys() | {other for others in bonds.needs.values() for other in others}
    share_of = {key: number for number, share in enumerate(problem.constraints.minimum_shares) for key in share.projects}
    by_group = bool(problem.constraints.per_group)

    def key(project: Project) -> tuple[int, str, bool, object]:
        group = project.group if by_group else ""
        return share_of.get(project.id, len(share_of)), group, project.id not in paired, order(project)

    return Rest(problem, bonds, tuple(sorted(filter(is_free, problem.projects), key=key)), money)


def _ways(rest: Rest, states_max: int) -> Iterator[list[Stage]]:
    """The stages of the search: one way, or with a limit of groups two, of which the better answer counts."""
    limits = rest.problem.constraints
    if not limits.per_group:
        yield _share_stages(rest, states_max)
        return
    before = Counter(project.group for project in rest.problem.projects if project.id in rest.bonds.mandatory)
    groups: dict[str, list[int]] = {}
    for place, project in enumerate(rest.free):
        groups.setdefault(project.group, []).append(place)
    yield [Stage(tuple(places), True, before[group], 0, limits.per_group if group else None) for group, places in groups.items()]
    yield [Stage(tuple(places), True, min(before[group], 1), 1 if group else 0, None) for group, places in groups.items()]


def _share_stages(rest: Rest, states_max: int) -> list[Stage]:
    stages, left, done = [], rest.money, 0
    for share in rest.problem.constraints.minimum_shares:
        members = [place for place, project in enumerate(rest.free) if project.id in share.projects]
        paid = sum(project.cost for project in rest.problem.projects if project.id in rest.bonds.mandatory and project.id in share.projects)
        reserve = min(max(0, share.of(rest.problem.budget) - paid), left)
        if members:
            least = _most_usable(rest, set(members), reserve, states_max)
            stages.append(Stage(tuple(members), False, 0, least, None))
            left, done = left - least, members[-1] + 1
    others = tuple(range(done, len(rest.free)))
    return [*stages, Stage(others, True, 0, 0, None)] if others else stages


def _most_usable(rest: Rest, members: set[int], reserve: int, states_max: int) -> int:
    """The most that works of a set can cost together without exceeding the reserve, with all that they need."""
    values = {project.id: project.cost if place in members else 0 for place, project in enumerate(rest.free)}
    everything = [Stage(tuple(range(len(rest.free))), True, 0, 0, None)]
    found = rest.search(values, everything, reserve).best(states_max)
    return found[0] if found else 0
