"""Whether a list keeps its constraints, whatever rule made it: asked of every outcome. Pure.

Minimum shares and the limit of a group say what a rule does first, not what every list must look like; asked of a list is what follows from
them: no work of a set could have been paid from what its share still held, and nobody of a group without a work could have been paid
from the cheapest work of one that has more than its limit.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budgeting.rules.bonds import Bonds
    from budgeting.rules.problem import Problem


def breach(problem: "Problem", paid: Mapping[str, int], *, by_supporters: bool, whole_first: bool) -> str:
    """What the amounts paid by id break first, in words; empty where they keep all constraints.

    Where a work is bought by its supporters, money that is left says nothing about shares and groups: they are asked of other rules only;
    where works are paid in part only in the end (`whole_first`), about whole works only.
    """
    bonds = problem.bonds
    costs = {project.id: project.cost for project in problem.projects}
    least = costs if whole_first else {**costs, **problem.constraints.minimum_phases}
    whole = {key for key, amount in paid.items() if amount == costs[key]}
    for key in sorted(bonds.mandatory - whole):
        return f"project {key} is mandatory and not paid"
    for key in sorted(paid):
        if partner := bonds.partner(key, paid.keys()):
            return f"projects {key} and {partner} exclude each other and both are paid"
        if unmet := [other for other in bonds.needs.get(key, ()) if other not in whole]:
            return f"project {key} needs project {unmet[0]}, which is not paid"
    if by_supporters:
        return ""
    return _share_unused(problem, bonds, paid, least) or _group_overfull(problem, bonds, paid, least)


def _share_unused(problem: "Problem", bonds: "Bonds", paid: Mapping[str, int], least: Mapping[str, int]) -> str:
    """Looks at works that stand for themselves only: nothing needed, no group that may be full."""
    costs = {project.id: project.cost for project in problem.projects}
    groups = {project.id: project.group for project in problem.projects}
    shares = problem.constraints.minimum_shares
    outside = sum(costs[key] for key in bonds.mandatory if not any(key in share.projects for share in shares))
    disjoint = len({key for share in shares for key in share.projects}) == sum(len(share.projects) for share in shares)
    if not disjoint or outside + sum(share.of(problem.budget) for share in shares) > problem.budget:
        return ""
    # a mandatory work may have taken more of its own share than there is of it
    if any(sum(costs[key] for key in bonds.mandatory if key in share.projects) > share.of(problem.budget) for share in shares):
        return ""
    for share in shares:
        held = share.of(problem.budget) - sum(paid.get(key, 0) for key in share.projects)
        for key in share.projects:
            free = key not in paid and key not in bonds.needs and not bonds.partner(key, paid.keys())
            limited = problem.constraints.per_group and groups[key]
            if free and not limited and least[key] <= held:
                return f"the minimum share {share.name} could have paid project {key}"
    return ""


def _group_overfull(problem: "Problem", bonds: "Bonds", paid: Mapping[str, int], least: Mapping[str, int]) -> str:
    most = problem.constraints.per_group
    if not most:
        return ""
    in_group = Counter(project.group for project in problem.projects if project.id in paid and project.group)
    own: dict[str, list[str]] = defaultdict(list)
    for project in problem.projects:
        if in_group[project.group] > most and project.id in paid and project.id not in bonds.mandatory:
            own[project.group].append(project.id)
    left = problem.budget - sum(paid.values())
    needed = {other for needs in bonds.needs.values() for other in needs}
    cheapest = {group: min(paid[key] for key in keys) for group, keys in own.items() if len(keys) > most and not needed & set(keys)}
    for project in problem.projects:
        alone = project.id not in bonds.needs and not bonds.partner(project.id, paid.keys())
        if project.group and not in_group[project.group] and alone:
            for group, amount in sorted(cheapest.items()):
                if least[project.id] <= left + amount:
                    return f"group {group} has more than {most} while group {project.group} has none and project {project.id} could be paid"
    return ""
