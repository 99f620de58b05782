"""The slow, obvious twin of money that a rule leaves: everything is looked at anew before each payment, amounts are tried one by one."""

from collections.abc import Collection

from budgeting.rules.problem import Problem, Project
from tests.budgeting.rules.limit_twins import Paid, all_needs, quarrels


def rest(problem: Problem, whole: Collection[str], order: list[Project], promised: Collection[str] = ()) -> Paid:
    """What works may get in part after those that were paid whole, each with its amount, in order."""
    paid: Paid = {p.id: p.cost for p in problem.projects if p.id in whole}
    held = list(problem.constraints.minimum_shares)
    while True:
        free = [p for p in order if _may(problem, paid, p)]
        found = next(
            ((p.id, amount) for p in free if not _waits(problem, paid, p, free, promised) if (amount := _most(problem, paid, p, held))), None
        )
        if found:
            paid[found[0]] = found[1]
        elif held:
            held.pop()
        else:
            return {key: amount for key, amount in paid.items() if key not in whole}


def _may(problem: Problem, paid: Paid, project: Project) -> bool:
    costs = {p.id: p.cost for p in problem.projects}
    phase = problem.constraints.minimum_phases.get(project.id)
    return (
        phase is not None
        and project.id not in paid
        and not any(quarrels(problem, project.id, other) for other in paid)
        and all(paid.get(other) == costs[other] for other in all_needs(problem, project.id))
        and phase <= problem.budget - sum(paid.values())
    )


def _waits(problem: Problem, paid: Paid, project: Project, free: list[Project], promised: Collection[str]) -> bool:
    most, groups = problem.constraints.per_group, [p.group for p in problem.projects if p.id in paid]
    behind = {p.group for p in free if p.group} | set(promised)
    return bool(most and project.group) and groups.count(project.group) >= most and any(group not in groups for group in behind)


def _most(problem: Problem, paid: Paid, project: Project, held: list) -> int:
    """The largest amount that leaves enough for what is held back; 0 where none down to the phase does."""
    left = problem.budget - sum(paid.values())
    reserves = []
    for share in held:
        wanted = int(share.share * problem.budget) - sum(paid.get(key, 0) for key in share.projects)
        reserves.append((share, max(0, min(wanted, left - sum(amount for _, amount in reserves)))))
    for amount in range(min(project.cost, left), problem.constraints.minimum_phases[project.id] - 1, -1):
        needed = sum(max(0, reserve - (amount if project.id in share.projects else 0)) for share, reserve in reserves)
        if left - amount >= needed:
            return amount
    return 0
