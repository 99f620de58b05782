"""Walking down a list under constraints: what `greedy`, `greedy-per-cost` and `rank` do when there are any. Pure, exact.

1. The mandatory works and all they need are paid, in the order of the list.
2. As long as something may be bought, the first of the list that may is: with everything it needs and is not yet paid (as one bundle, at
   its own place: accepting a work accepts what it implies, as the ranked agenda of Rey, Endriss and de Haan does, "Designing
   Participatory Budgeting Mechanisms Grounded in Judgment Aggregation", KR 2020). It may be bought unless
   a) one that excludes it, or excludes what it needs, is paid;
   b) its group has `per_group` works, and some group that has none has a work that the money left could pay;
   c) what would then be left is less than what minimum shares of sets to which it does not belong still hold back. A share holds back
      its part of the budget minus what was paid for its set; where mandatory works left too little, the one listed first holds first;
   d) it costs more than that, and may not be paid in part, or only with more than there is. Who may be paid in part takes all there is.
3. Where nothing may be bought, the share listed last gives back what it holds, and 2. goes on; where none holds anything, it ends.

A work is looked at in the order of the list, and again whenever something that stood in its way may be gone; so ties are those of the list.
"""

from dataclasses import dataclass, field, replace

from budgeting.rules.basket import Basket, Offer
from budgeting.rules.problem import Facts, Line, Outcome, Problem, Project, Reason, Verdict


@dataclass
class Walk:
    """The walk as it stands: what waits behind a limit, and why each work was refused or paid."""

    order: list[Project]
    basket: Basket
    lines: dict[str, Line] = field(default_factory=dict)
    #: Works that were looked at and wait, in the order of the list.
    waiting: list[Project] = field(default_factory=list)
    #: What first stood in the way of each.
    stood: dict[str, tuple[Reason, Facts]] = field(default_factory=dict)
    looked_at: int = 0
    taker: str = ""
    #: Places in `order` up to which no such work is.
    no_witness_before: int = 0


def allocate(problem: Problem, order: list[Project]) -> Outcome:
    """The outcome under `problem.constraints`; ranks follow the list, mandatory works first, and `step` says who was paid when."""
    walk = Walk(order, Basket(problem))
    for project in order:
        if project.id in walk.basket.bonds.mandatory:
            _pay(walk, project.id, project.cost, Reason.MANDATORY, {})
    while _buy_next(walk) or _give_back(walk):
        pass
    for project in walk.waiting:
        reason, facts = walk.stood[project.id]
        short = max(0, walk.basket.least(project.id) - walk.basket.left)
        _refuse(walk, project, reason, {**facts, "remaining": walk.basket.left, "short_by": short})
    first = [project for project in order if project.id in walk.basket.bonds.mandatory]
    rest = [project for project in order if project.id not in walk.basket.bonds.mandatory]
    lines = (walk.lines[project.id] for project in (*first, *rest))
    return Outcome(tuple(replace(line, rank=rank) for rank, line in enumerate(lines, start=1)))


def _give_back(walk: Walk) -> bool:
    """The share listed last gives back what it holds; False where none holds anything."""
    return bool(walk.basket.held_back) and bool(walk.basket.held_back.pop())


def _buy_next(walk: Walk) -> bool:
    """Buy the first of the list that may be bought; False where none may."""
    for project in list(walk.waiting):
        if not walk.basket.is_possible(project.id):
            continue
        offer, _, _ = _look(walk, project)
        if offer:
            _accept(walk, offer)
            return True
    while walk.looked_at < len(walk.order):
        project = walk.order[walk.looked_at]
        walk.looked_at += 1
        if project.id in walk.basket.paid:
            continue
        if not walk.basket.is_possible(project.id):
            _refuse(walk, project, *_why_impossible(walk, project))
            continue
        offer, reason, facts = _look(walk, project)
        if offer:
            _accept(walk, offer)
            return True
        walk.stood[project.id] = reason, facts
        walk.waiting.append(project)
    return False


def _look(walk: Walk, project: Project) -> tuple[Offer | None, Reason, Facts]:
    """What buying a possible work would take now, or what stands in its way."""
    basket = walk.basket
    most = basket.constraints.per_group
    if most and project.group and basket.in_group[project.group] >= most:
        waits = _witness(walk)
        if waits:
            return None, Reason.GROUP_FULL, {"group": project.group, "limit": most, "for": waits.id}
    offer = basket.offer(project.id)
    if offer:
        return offer, Reason.FUNDED_FULL, {}
    return None, Reason.QUOTA_DISPLACED, basket.holder(project.id)


def _witness(walk: Walk) -> Project | None:
    """A work of a group without one that could be paid, the first of the list: none once there is none."""
    basket = walk.basket
    while walk.no_witness_before < len(walk.order):
        project = walk.order[walk.no_witness_before]
        if project.group and not basket.in_group[project.group] and basket.is_possible(project.id):
            return project
        walk.no_witness_before += 1
    return None


def _accept(walk: Walk, offer: Offer) -> None:
    for project in offer.needed:
        _pay(walk, project.id, project.cost, Reason.FUNDED_FULL, {"needed_by": offer.project.id})
    project = offer.project
    if offer.amount == project.cost:
        _pay(walk, project.id, project.cost, Reason.FUNDED_FULL, {})
    else:
        phase = walk.basket.constraints.minimum_phases[project.id]
        _pay(walk, project.id, offer.amount, Reason.FUNDED_PARTIAL, {"short_by": project.cost - offer.amount, "minimum": phase})


def _pay(walk: Walk, key: str, amount: int, reason: Reason, facts: Facts) -> None:
    basket = walk.basket
    basket.pay(key, amount)
    walk.waiting = [project for project in walk.waiting if project.id != key]
    walk.taker = key
    told: Facts = {"remaining": basket.left, "step": len(basket.paid), **facts}
    walk.lines[key] = Line(key, 0, Verdict.FUNDED, basket.projects[key].cost, amount, reason, told)


def _refuse(walk: Walk, project: Project, reason: Reason, facts: Facts) -> None:
    after: Facts = {"after": walk.taker} if walk.taker else {}
    walk.lines[project.id] = Line(project.id, 0, Verdict.NOT_FUNDED, project.cost, 0, reason, {**facts, **after})


def _why_impossible(walk: Walk, project: Project) -> tuple[Reason, Facts]:
    """Why the money left cannot pay a work at its turn, whatever is held back for others."""
    basket, key = walk.basket, project.id
    if project.cost > basket.problem.budget and key not in basket.constraints.minimum_phases:
        return basket.problem.above_ceiling(project)
    if partner := basket.partner_of(key):
        return Reason.EXCLUDED_BY, {"by": partner}
    short: Facts = {"short_by": basket.least(key) - basket.left, "remaining": basket.left}
    if other := basket.unmeetable(key):
        return Reason.NEEDS, {"needs": other}
    if (unmet := basket.unmet(key)) and basket.least(key) - sum(basket.projects[other].cost for other in unmet) <= basket.left:
        return Reason.NEEDS, {"needs": unmet[0], **short}
    if key in basket.constraints.minimum_phases:
        return Reason.BELOW_LINE, {**short, "minimum": basket.constraints.minimum_phases[key]}
    return Reason.NOT_DIVISIBLE if basket.constraints.minimum_phases and basket.left else Reason.BELOW_LINE, short
