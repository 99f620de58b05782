"""A rule of purchases (Equal Shares, Phragmén) under constraints, one after the other. Pure, exact.

1. The mandatory works and all that they need are paid from the budget, before anybody holds a part of it, in the order of their ids.
2. For each minimum share in the order of listing: the rule is run on its set alone, with the part of the budget minus what was paid for
   the set already, or what is left where that is less. What it does not spend goes back.
3. The rule is run on all works, with what is left.

In each run a work leaves the ballots when one that excludes it is bought, and comes on sale once all that it needs is bought (`shares.gate`):
its supporters pay their work, nobody pays another's. Each run is one of its rule as the rule's authors define it, with the fairness that they
prove for it inside its budget; for all runs together nothing is claimed. Choice and its price: docs/decisions/0228.

Supporters pay a work whole or not at all. What all runs together leave goes to works that may be paid in part and that somebody voted for,
by votes, then the tie order (`parts`): that is nobody's payment.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from budgeting.rules.constraints import Constraints
from budgeting.rules.parts import Rest, rest_of
from budgeting.rules.problem import Ballot, Facts, Line, Problem, Project, Reason, Verdict


@dataclass(frozen=True)
class Section:
    """One run of a rule: a problem of its own, how many works each group has, and the name of its minimum share (empty for the last)."""

    problem: Problem
    in_group: Mapping[str, int]
    share: str = ""


@dataclass(frozen=True)
class Sale:
    """A work that was bought, with what a line tells beside what remains."""

    project: Project
    reason: Reason
    facts: Facts


Run = Callable[[Section], list[Sale]]
#: Why a work that the ceiling could pay was not bought, from what is left in the end.
Short = Callable[[Project, int], tuple[Reason, Facts]]


def sold(problem: Problem, run: Run) -> list[Sale]:
    """Everything bought whole, in order."""
    sales = _mandatory(problem)
    for share in problem.constraints.minimum_shares:
        among = frozenset(share.projects)
        paid = {sale.project.id: sale.project.cost for sale in sales}
        money = min(share.of(problem.budget) - sum(cost for key, cost in paid.items() if key in among), problem.budget - sum(paid.values()))
        if money > 0:
            sales += _named(run(_section(problem, sales, among, money, share.name)), share.name)
    money = problem.budget - sum(sale.project.cost for sale in sales)
    everything = frozenset(project.id for project in problem.projects)
    return sales + run(_section(problem, sales, everything, money, "")) if money > 0 else sales


def paid_first(sales: list[Sale]) -> int:
    """What the mandatory works cost together."""
    return sum(sale.project.cost for sale in sales if sale.reason is Reason.MANDATORY)


def _named(sales: list[Sale], name: str) -> list[Sale]:
    return [Sale(sale.project, sale.reason, {**sale.facts, "from_share": name}) for sale in sales]


def _mandatory(problem: Problem) -> list[Sale]:
    mandatory = problem.bonds.mandatory
    paid = sorted((project for project in problem.projects if project.id in mandatory), key=lambda project: project.id)
    return [Sale(project, Reason.MANDATORY, {}) for project in paid]


def _section(problem: Problem, sales: list[Sale], among: frozenset[str], money: int, name: str) -> Section:
    """The works among these that may still be bought, and the ballots for them."""
    bonds, bought = problem.bonds, {sale.project.id for sale in sales}
    excluded = {other for key in bought for other in bonds.partners.get(key, ())}
    free = among - bought - excluded
    # what needs a work that is not here cannot be bought here
    free = frozenset(key for key in free if set(bonds.needs.get(key, ())) <= free | bought)
    pairs = Constraints(
        excluding=tuple(pair for pair in problem.constraints.excluding if free.issuperset(pair)),
        requiring=tuple(pair for pair in problem.constraints.requiring if free.issuperset(pair)),
        per_group=problem.constraints.per_group,
    )
    projects = tuple(project for project in problem.projects if project.id in free)
    ballots = tuple(_restricted(ballot, free) for ballot in problem.ballots)
    part = replace(problem, budget=money, projects=projects, ballots=ballots, voters=problem.people, constraints=pairs)
    return Section(part, Counter(sale.project.group for sale in sales if sale.project.group), name)


def _restricted(ballot: Ballot, free: frozenset[str]) -> Ballot:
    places = [place for place, key in enumerate(ballot.approved) if key in free]
    points = tuple(ballot.points[place] for place in places) if ballot.points else ()
    return Ballot(tuple(ballot.approved[place] for place in places), ballot.times, points)


def left_by(problem: Problem, sales: list[Sale]) -> Rest:
    """What the runs left, paid to works in part: of those that somebody voted for, most votes first, then the tie order."""
    if not problem.constraints.minimum_phases:
        return Rest()
    wanted = (project for project in problem.projects if project.votes)
    return rest_of(problem, [sale.project for sale in sales], sorted(wanted, key=problem.by_votes))


def told(problem: Problem, sales: list[Sale], rest: Rest, others: Iterable[Project], short: Short) -> list[Line]:
    """A line for every work: those that were bought in order, those paid from the rest, then `others`.

    `short` says why the rule's own money kept one out, from what it left before the rest was paid.
    """
    lines, left = list[Line](), problem.budget
    for sale in sales:
        left -= sale.project.cost
        facts: Facts = {"remaining": left, **sale.facts}
        lines.append(Line(sale.project.id, len(lines) + 1, Verdict.FUNDED, sale.project.cost, sale.project.cost, sale.reason, facts))
    last = lines[-1].project if lines else ""
    lines += rest.lines(problem, len(lines) + 1)
    paid, last_of_all = {line.project: line for line in lines}, lines[-1].project if lines else ""
    whole = {key for key, line in paid.items() if line.amount == line.cost}
    for project in others:
        if project.id in paid:
            continue
        reason, facts = (
            why_not(problem, project, paid.keys(), whole) or rest.refused.get(project.id) or _beyond(problem, project) or short(project, left)
        )
        if reason is Reason.BELOW_LINE and facts["short_by"] and lines:
            after = last_of_all if project.id in rest.refused else last
            facts = {**facts, "after": after} if after else facts
        lines.append(Line(project.id, len(lines) + 1, Verdict.NOT_FUNDED, project.cost, 0, reason, facts))
    return lines


def _beyond(problem: Problem, project: Project) -> tuple[Reason, Facts] | None:
    return problem.above_ceiling(project) if project.cost > problem.budget else None


def why_not(problem: Problem, project: Project, paid: AbstractSet[str], whole: AbstractSet[str]) -> tuple[Reason, Facts] | None:
    """The constraint that keeps a work out of a list, told from the list alone; None where none does."""
    if not problem.constraints:
        return None
    bonds = problem.bonds
    if partner := bonds.partner(project.id, paid):
        return Reason.EXCLUDED_BY, {"by": partner}
    if unmet := [other for other in bonds.needs.get(project.id, ()) if other not in whole]:
        return Reason.NEEDS, {"needs": unmet[0]}
    return None
