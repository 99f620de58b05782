"""Greatest welfare under constraints, proved in whole numbers or refused. Pure, exact.

Asked for is the list of greatest welfare among all affordable ones that
1. hold the mandatory works and what they need, and keep all excluding and requiring pairs;
2. with `per_group`: hold at most so many works of a group beside its mandatory ones where those are fewer, or else hold at least one
   of every group that has an eligible work: one that could be paid with all that it needs after the mandatory works;
3. for each minimum share, in the order of listing, pay its set as much as the set could use of it: the most that works of the set cost
   together in any list that keeps all of this so far, without exceeding what the share reserves after the mandatory works of the set.
   A work in two shares counts for both.

Among lists of the same welfare the cheapest; among those the first that the search meets: it looks at works by group, by share, then those
in pairs, then the others, each in the order of `max_welfare`, and prefers to leave out. Refused is whatever needs more lists than
`max_welfare.STATES_MAX`; works paid in part are no matter of this proof (`parts`). Choice: docs/decisions/0229, 0260.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import gcd

from budgeting.rules.bonds import Bonds
from budgeting.rules.problem import Problem, Project
from budgeting.rules.welfare_lists import WORTH_MAX, Floor, Search, Stage

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

    def search(self, values: Mapping[str, int], stages: list[Stage], floors: Sequence[Floor], worth_max: int | None = None) -> Search:
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
        return Search(costs, [values[project.id] for project in self.free], self.money, partners, needs, stages, floors, worth_max)


def best(problem: Problem, order: Order, states_max: int) -> set[str]:
    """The ids of the best list. Raises OverflowError where it would take too many lists to prove it."""
    rest = _rest_of(problem, order)
    values = {project.id: problem.satisfaction_of(project) for project in rest.free}
    unit = gcd(*values.values()) or 1
    values = {key: value // unit for key, value in values.items()}
    if max(sum(values.values()), sum(project.cost for project in rest.free)) >= WORTH_MAX:
        raise OverflowError
    chosen = _chosen(rest, values, _floors(rest, states_max), states_max)
    return {*rest.bonds.mandatory, *(rest.free[place].id for place in chosen)}


def _chosen(rest: Rest, values: Mapping[str, int], floors: list[Floor], states_max: int) -> list[int]:
    """The places of the best list. Where shares meet each other or a limit of groups, a best list without them that fulfils them is one with them."""
    limits = rest.problem.constraints
    meet = limits.per_group or len({key for share in limits.minimum_shares for key in share.projects}) < sum(
        len(share.projects) for share in limits.minimum_shares
    )
    if floors and meet:
        places = _greatest(rest, values, [], states_max)
        if all(sum(rest.free[place].cost for place in floor.places.intersection(places)) >= floor.least for floor in floors):
            return places
    return _greatest(rest, values, floors, states_max)


def _greatest(rest: Rest, values: Mapping[str, int], floors: list[Floor], states_max: int) -> list[int]:
    """The places of the best list over all ways. The mandatory works alone, and what a share was found to use, are lists: there is always one."""
    best: tuple[int, int, list[int]] = (1, 0, [])
    for stages in _ways(rest):
        answer = rest.search(values, stages, floors).best(states_max, -best[0])
        if answer:
            found = (-answer[0], sum(rest.free[place].cost for place in answer[1]), answer[1])
            best = min(best, found, key=lambda one: one[:2])
    return best[2]


def promised(problem: Problem) -> frozenset[str]:
    """The groups that have an eligible work, where there is a limit of groups."""
    if not problem.constraints.per_group:
        return frozenset()
    return frozenset(project.group for project in _rest_of(problem, lambda project: project.id).free if project.group)


def _rest_of(problem: Problem, order: Order) -> Rest:
    bonds = problem.bonds
    money = problem.budget - sum(project.cost for project in problem.projects if project.id in bonds.mandatory)
    gone = {key for key in bonds.partners if bonds.partners[key] & bonds.mandatory}
    costs = {project.id: project.cost for project in problem.projects}

    def is_free(project: Project) -> bool:
        together = {project.id, *bonds.needs.get(project.id, ())}
        return project.id not in bonds.mandatory and not together & gone and sum(costs[key] for key in together - bonds.mandatory) <= money

    paired = bonds.partners.keys() | bonds.needs.keys() | {other for others in bonds.needs.values() for other in others}
    share_of: dict[str, int] = {}
    for number, share in enumerate(problem.constraints.minimum_shares):
        share_of |= {key: number for key in share.projects if key not in share_of}
    by_group = bool(problem.constraints.per_group)

    def key(project: Project) -> tuple[str, int, bool, object]:
        group = project.group if by_group else ""
        return group, share_of.get(project.id, len(share_of)), project.id not in paired, order(project)

    return Rest(problem, bonds, tuple(sorted(filter(is_free, problem.projects), key=key)), money)


def _ways(rest: Rest) -> list[list[Stage]]:
    """The stages of the search: one way, or with a limit of groups two, of which the better answer counts."""
    most = rest.problem.constraints.per_group
    if not most:
        return [[Stage(tuple(range(len(rest.free))), 0, 0, None)]] if rest.free else [[]]
    before = Counter(project.group for project in rest.problem.projects if project.id in rest.bonds.mandatory)
    groups: dict[str, list[int]] = {}
    for place, project in enumerate(rest.free):
        groups.setdefault(project.group, []).append(place)
    return [
        [Stage(tuple(places), before[group], 0, most if group else None) for group, places in groups.items()],
        [Stage(tuple(places), min(before[group], 1), 1 if group else 0, None) for group, places in groups.items()],
    ]


def _floors(rest: Rest, states_max: int) -> list[Floor]:
    """What each minimum share asks of a list, beside the mandatory works."""
    floors: list[Floor] = []
    for share in rest.problem.constraints.minimum_shares:
        members = frozenset(place for place, project in enumerate(rest.free) if project.id in share.projects)
        paid = sum(project.cost for project in rest.problem.projects if project.id in rest.bonds.mandatory and project.id in share.projects)
        reserve = min(max(0, share.of(rest.problem.budget) - paid), rest.money)
        if members and reserve:
            floors.append(Floor(members, _most_usable(rest, floors, members, reserve, states_max)))
    return floors


def _most_usable(rest: Rest, floors: list[Floor], members: frozenset[int], reserve: int, states_max: int) -> int:
    """The most that works of a set can cost together without exceeding the reserve; 0 where those before it ask for more of the set anyway."""
    values = {project.id: project.cost if place in members else 0 for place, project in enumerate(rest.free)}
    found = (rest.search(values, stages, floors, reserve).best(states_max) for stages in _ways(rest))
    return max((answer[0] for answer in found if answer), default=0)
