"""The allocation rules by the names that outside programs rely on. Pure: no Django.

A new rule is one file, one entry here, and its tests with a slow, obvious twin.
"""

from collections.abc import Callable

from budgeting.rules import greedy, phragmen
from budgeting.rules.problem import Outcome, Problem

Rule = Callable[[Problem], Outcome]

RULES: dict[str, Rule] = {
    "greedy": greedy.allocate,
    "greedy-per-cost": greedy.allocate_per_cost,
    "phragmen": phragmen.allocate,
}
#: These ask who wants what, not only how many: they need `Problem.ballots`.
BY_BALLOTS = frozenset({"phragmen"})
#: Promised by the contract, not written yet: naming one gets a clear answer instead of a guess.
PLANNED = ("max-welfare", "equal-shares", "exact-equal-shares")
