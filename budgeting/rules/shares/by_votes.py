"""Works with most votes for money that Equal Shares leaves: what `greedy` would do with it. Pure.

More votes first, then the tie order of the rule; what does not fit is skipped, and what nobody voted for comes last, as there. Under
constraints the first that is on sale, again and again; those of a full group wait while one without a work could be paid.
"""

from collections.abc import Mapping, Sequence

from budgeting.rules.problem import Problem, Project
from budgeting.rules.shares.gate import Gate, gate_of


def added(problem: Problem, in_group: Mapping[str, int], bought: Sequence[str]) -> list[Project]:
    """What is bought after the works of these ids."""
    order = sorted(problem.projects, key=problem.by_votes)
    chosen = [place for key in bought for place, project in enumerate(order) if project.id == key]
    left = problem.budget - sum(order[place].cost for place in chosen)
    gate = gate_of(problem, [project.id for project in order], in_group)
    waiting = [place for place in range(len(order)) if place not in set(chosen)]
    found: list[Project] = []
    while waiting:
        place = _first(gate, chosen, [place for place in waiting if order[place].cost <= left])
        if place is None:
            break
        # without constraints what was passed over never fits again
        waiting = [other for other in waiting if other != place and (gate or other > place)]
        chosen.append(place)
        found.append(order[place])
        left -= order[place].cost
    return found


def _first(gate: Gate | None, chosen: list[int], fits: list[int]) -> int | None:
    if gate is None:
        return fits[0] if fits else None
    sale = gate.on_sale(chosen)
    may = [place for place in fits if sale[place]]
    return next(iter(gate.let_go(chosen, may, may)), None)
