"""The allocation rules by the names that outside programs rely on. Pure: no Django.

A new rule is one file, one entry here, and its tests with a slow, obvious twin.
"""

from collections.abc import Callable

from budgeting.rules import equal_shares, greedy, max_welfare, phragmen
from budgeting.rules.problem import Completion, Outcome, Problem

Rule = Callable[[Problem], Outcome]
#: A rule that can be told what to do with money it leaves, and by which step.
Completable = Callable[[Problem, Completion, int], Outcome]

RULES: dict[str, Rule] = {
    "greedy": greedy.allocate,
    "greedy-per-cost": greedy.allocate_per_cost,
    "rank": greedy.allocate_by_rank,
    "max-welfare": max_welfare.allocate,
    "equal-shares": equal_shares.allocate,
    "exact-equal-shares": equal_shares.allocate_exactly,
    "phragmen": phragmen.allocate,
}
COMPLETABLE: dict[str, Completable] = {"equal-shares": equal_shares.allocate, "exact-equal-shares": equal_shares.allocate_exactly}
#: These ask who wants what, not only how many: they need `Problem.ballots`.
BY_BALLOTS = frozenset({"equal-shares", "exact-equal-shares", "phragmen"})
#: These follow `Project.place`.
BY_PLACES = frozenset({"rank"})
#: Calculated on proposals: they need counts only, and every line of theirs has its sentence.
ON_PROPOSALS = ("greedy", "greedy-per-cost")
#: These need counts only: cost, supports and, for a limit of groups, the village.
ON_COUNTS = frozenset(RULES) - BY_BALLOTS - BY_PLACES
