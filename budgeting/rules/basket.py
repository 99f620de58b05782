"""What is bought so far under constraints, and what may be bought next. Pure; one basket belongs to one calculation."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from budgeting.rules.constraints import MinimumShare
from budgeting.rules.problem import Facts, Problem, Project


@dataclass(frozen=True)
class Offer:
    """A work with all that it still needs, and what would be paid for the work itself now."""

    project: Project
    needed: tuple[Project, ...]
    amount: int


class Basket:
    """The amounts paid by id, what is left, and which minimum shares are still held back."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.constraints, self.bonds = problem, problem.constraints, problem.bonds
        self.projects = {project.id: project for project in problem.projects}
        self.left = problem.budget
        self.paid: dict[str, int] = {}
        self.in_group: Counter[str] = Counter()
        self.held_back: list[MinimumShare] = list(problem.constraints.minimum_shares)
        self.in_shares = {share.name: frozenset(share.projects) for share in self.held_back}
        self.spent_in: Counter[str] = Counter()

    def pay(self, key: str, amount: int) -> None:
        """Take so much money for a work."""
        self.paid[key] = amount
        self.left -= amount
        self.in_group[self.projects[key].group] += 1
        for name, members in self.in_shares.items():
            if key in members:
                self.spent_in[name] += amount

    def partner_of(self, key: str) -> str:
        """A paid work that excludes this one, the first by id; empty where none does."""
        return self.bonds.partner(key, self.paid.keys())

    def unmet(self, key: str) -> tuple[str, ...]:
        """What the work needs and is not paid whole."""
        return tuple(other for other in self.bonds.needs.get(key, ()) if self.paid.get(other, 0) < self.projects[other].cost)

    def unmeetable(self, key: str) -> str:
        """Of these one that never will be: paid in part only, or excluded by a paid one; empty where all may come."""
        return next((other for other in self.unmet(key) if other in self.paid or self.partner_of(other)), "")

    def least(self, key: str) -> int:
        """The least that buying the work now would take, with all that it needs."""
        own = self.constraints.minimum_phases.get(key, self.projects[key].cost)
        return own + sum(self.projects[other].cost for other in self.unmet(key))

    def is_possible(self, key: str) -> bool:
        """Whether it could be paid if nothing were held back for others: once it cannot, it never can."""
        return key not in self.paid and not self.partner_of(key) and not self.unmeetable(key) and self.least(key) <= self.left

    def reserves(self) -> Iterator[tuple[str, int]]:
        """What each minimum share still holds back, in the order of listing, as far as the money goes."""
        left = self.left
        for share in self.held_back:
            amount = min(max(0, share.of(self.problem.budget) - self.spent_in[share.name]), left)
            left -= amount
            yield share.name, amount

    def holder(self, key: str) -> Facts:
        """The share that holds most back from a work that is not in it, for a line; an empty name where none does."""
        others = ((name, amount) for name, amount in self.reserves() if key not in self.in_shares[name])
        name, held = max(others, key=lambda one: one[1], default=("", 0))
        return {"share": name, "reserved": held}

    def offer(self, key: str) -> Offer | None:
        """What buying a possible work would take now, whole or in part; None where what is held back for others leaves too little."""
        needed = tuple(self.projects[other] for other in self.unmet(key))
        rest = sum(project.cost for project in needed)
        cost, phase = self.projects[key].cost, self.constraints.minimum_phases.get(key, self.projects[key].cost)
        reserves = list(self.reserves())
        for_others = sum(self._still_held(name, amount, needed) for name, amount in reserves if key not in self.in_shares[name])
        amount = min(cost, self.left - rest - for_others)
        after = sum(max(0, self._still_held(name, held, needed) - (amount if key in self.in_shares[name] else 0)) for name, held in reserves)
        if amount < phase or self.left - rest - amount < after:
            return None
        return Offer(self.projects[key], needed, amount)

    def _still_held(self, name: str, amount: int, needed: tuple[Project, ...]) -> int:
        return max(0, amount - sum(project.cost for project in needed if project.id in self.in_shares[name]))
