"""What a rule leaves, paid to works that may be paid in part: for the rules that do not walk down a list. Pure, exact.

Such a rule decides which works are paid whole exactly as if no work could be paid in part (`limits` pays parts on its own way, and
needs none of this). What it leaves is then walked down, in the order that the rule gives here, among works with a smallest phase:
1. A work may be paid if it is not paid yet, no work that excludes it is paid, all that it needs is paid whole, and its phase is not more
   than what is left. Nothing is bought along.
2. The first that may be paid gets its cost, or what is left where that is less, less what minimum shares of sets to which it does not
   belong still hold back; unless that is less than its phase. A work of a group that has `per_group` works waits while one that may be
   paid is of a group that has none, or while a group that the rule promised a work (`firsts`) has none.
3. Where nothing may be bought the share listed last gives back what it holds, and 2. goes on; where none holds anything, it ends.

So a work that fits whole is paid whole, and without minimum shares at most one work is paid in part: the last. What a rule claims for
its list holds for the works it paid itself; for these payments nothing is claimed but the order (docs/decisions/0259).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from budgeting.rules.basket import Basket, Offer
from budgeting.rules.problem import Facts, Line, Problem, Project, Reason, Verdict


@dataclass(frozen=True)
class Part:
    """A work paid from what was left, with how much, and what was left after it."""

    project: Project
    amount: int
    remaining: int


@dataclass(frozen=True)
class Rest:
    """All such payments in order, what is left after them, and why the other works that may be paid in part got nothing."""

    parts: tuple[Part, ...] = ()
    refused: Mapping[str, tuple[Reason, Facts]] = field(default_factory=dict)

    def lines(self, problem: Problem, rank: int) -> Iterator[Line]:
        """Their lines, from this rank on."""
        for number, part in enumerate(self.parts, start=rank):
            cost, reason = part.project.cost, Reason.FUNDED_FULL
            facts: Facts = {"remaining": part.remaining, "how": "rest"}
            if part.amount < cost:
                reason = Reason.FUNDED_PARTIAL
                facts = {**facts, "short_by": cost - part.amount, "minimum": problem.constraints.minimum_phases[part.project.id]}
            yield Line(part.project.id, number, Verdict.FUNDED, cost, part.amount, reason, facts)


def rest_of(problem: Problem, bought: Iterable[Project], order: Sequence[Project], firsts: Collection[str] = ()) -> Rest:
    """What is paid after the works that were bought whole; `order` are the works to which something may go, first of all first."""
    phases = problem.constraints.minimum_phases
    basket = Basket(problem)
    for project in bought:
        basket.pay(project.id, project.cost)
    asking = [project for project in order if project.id in phases and project.id not in basket.paid]
    if not asking:
        return Rest()
    parts: list[Part] = []
    stood: dict[str, tuple[Reason, Facts]] = {}
    while True:
        if offer := _next(basket, asking, firsts, stood):
            basket.pay(offer.project.id, offer.amount)
            parts.append(Part(offer.project, offer.amount, basket.left))
        elif basket.held_back:
            basket.held_back.pop()
        else:
            break
    return Rest(tuple(parts), {project.id: _refusal(basket, project, stood) for project in asking if project.id not in basket.paid})


def _next(basket: Basket, asking: Sequence[Project], firsts: Collection[str], stood: dict[str, tuple[Reason, Facts]]) -> Offer | None:
    """What is paid next; what stands in the way of a work for the first time is kept in `stood`."""
    may = [project for project in asking if basket.is_possible(project.id) and not basket.unmet(project.id)]
    waits = next((project for project in may if project.group and not basket.in_group[project.group]), None)
    promised = next((group for group in sorted(firsts) if not basket.in_group[group]), "")
    most = basket.constraints.per_group
    for project in may:
        full = bool(most and project.group) and basket.in_group[project.group] >= most
        if full and (waits or promised):
            waited: Facts = {"for": waits.id} if waits else {}
            stood.setdefault(project.id, (Reason.GROUP_FULL, {"group": project.group, "limit": most, **waited}))
        elif offer := basket.offer(project.id):
            return offer
        else:
            stood.setdefault(project.id, (Reason.QUOTA_DISPLACED, basket.holder(project.id)))
    return None


def _refusal(basket: Basket, project: Project, stood: Mapping[str, tuple[Reason, Facts]]) -> tuple[Reason, Facts]:
    phase = basket.constraints.minimum_phases[project.id]
    reason, facts = stood.get(project.id, (Reason.BELOW_LINE, {}))
    return reason, {**facts, "short_by": max(0, phase - basket.left), "remaining": basket.left, "minimum": phase}
