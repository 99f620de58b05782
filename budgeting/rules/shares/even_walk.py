"""The purchases of Exact Equal Shares: who pays for a work pays exactly as much as everybody else who does. Pure.

Rule. Every voter holds the share. A work can be bought by the largest group of its supporters who each hold its cost divided by their
number. Buy the one with the most payers (for each unit of cost, where satisfaction is cardinality); go on until none can be bought.
At equality: `Ties.CHEAPER` the lower cost; then the text order of the id. What somebody has spent does not depend on the share, so
the share at which a larger group of payers could overtake is a plain sum: Kraiczy, Robinson and Elkind, "Streamlining Equal
Shares" (arXiv 2502.11797), whose ADD-OPT goes from one such share to the next. Needs ballots without weights.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from budgeting.rules.shares.choice import NEVER, Limit
from budgeting.rules.shares.electorate import Candidate, Electorate, Floats, Indices
from budgeting.rules.shares.prices import Mask
from budgeting.rules.shares.raisable import Raisable

#: Sums of at most a few hundred payments err by less than this part of the share.
DOUBT = 1e-12


@dataclass(frozen=True, eq=False)
class Queue:
    """The supporters of a work, those who spent least first. The first `people[k]` can pay once the share is `needed[k]`."""

    candidate: Candidate
    groups: Indices
    people: Floats
    needed: Floats


@dataclass(frozen=True, eq=False)
class EvenStep:
    """One purchase by `payers` people, or the end (`place` -1). `queues` of all that could be bought, before it."""

    spent: Floats
    queues: dict[int, Queue]
    place: int
    payers: int
    #: Which groups pay.
    paid: Mask
    limit: Limit


class EvenWalk(Raisable):
    """All purchases at `share`, kept so that the walk at a larger share need not begin anew."""

    def __init__(self, electorate: Electorate, *, near: float = 0.0) -> None:  # noqa: ARG002 - its changes are always exact
        self.electorate = electorate
        self.steps: list[EvenStep] = []
        self.share = electorate.share
        self.to(self.share)

    def to(self, share: Fraction, *, after: bool = False) -> None:  # noqa: ARG002 - at a share is always just above it, too
        """Walk at a share, from the first step that may differ."""
        self.share = share
        first = next((number for number, step in enumerate(self.steps) if step.limit <= share), max(0, len(self.steps) - 1))
        begin = self.steps[first] if self.steps else None
        spent = begin.spent if begin else np.zeros(self.electorate.groups)
        queues = begin.queues if begin else {place: _queue(candidate, spent) for place, candidate in enumerate(self.electorate.candidates)}
        del self.steps[first:]
        while True:
            step = self._step(spent, queues)
            self.steps.append(step)
            if step.place < 0:
                return
            spent, queues = self._after(step)

    def _after(self, step: EvenStep) -> tuple[Floats, dict[int, Queue]]:
        spent = step.spent + step.paid * (self.electorate.candidates[step.place].cost / step.payers)
        others = ((place, queue) for place, queue in step.queues.items() if place != step.place)
        return spent, {place: _queue(queue.candidate, spent) if step.paid[queue.groups].any() else queue for place, queue in others}

    def _step(self, spent: Floats, queues: dict[int, Queue]) -> EvenStep:
        sale = self._on_sale(queues)
        last = {place: self._last_payer(queues[place]) for place in sale}
        able = {place: int(queues[place].people[end]) for place, end in last.items() if end >= 0}
        paid = np.zeros(self.electorate.groups, dtype=np.bool_)
        if not able:
            return EvenStep(spent, queues, -1, 0, paid, self._soonest(dict.fromkeys(sale, 0), queues))
        able, waited = self._let_go(able)
        place = min(able, key=lambda place: self._order(queues[place].candidate, able[place]))
        paid[queues[place].groups[: last[place] + 1]] = True
        rivals = [rival for rival in sale if rival != place and (rival in able or last[rival] < 0)]
        begins = {rival: self._first_to_overtake(queues[rival], queues[place].candidate, able[place]) for rival in rivals}
        begins |= {rival: 0 for rival in waited if last[rival] < 0}
        return EvenStep(spent, queues, place, able[place], paid, self._soonest({**begins, place: last[place] + 1}, queues))

    def _on_sale(self, queues: dict[int, Queue]) -> list[int]:
        gate = self.electorate.gate
        if gate is None:
            return list(queues)
        sale = gate.on_sale(self.places)
        return [place for place in queues if sale[place]]

    def _let_go(self, able: dict[int, int]) -> tuple[dict[int, int], list[int]]:
        """Those who may pay before groups without a work have one, and the works of such groups, whose ability to pay decides it."""
        gate = self.electorate.gate
        if gate is None or not gate.most:
            return able, []
        firsts, sale = gate.firsts(self.places), gate.on_sale(self.places)
        able = {place: able[place] for place in gate.let_go(self.places, list(able), able)}
        return able, [place for place, first in enumerate(firsts) if first and sale[place]]

    def _order(self, candidate: Candidate, payers: int) -> tuple[Fraction, tuple[int, str]]:
        """Most payers first, for each unit of cost where satisfaction is cardinality."""
        return Fraction(-payers * candidate.divisor, candidate.cost), candidate.tie

    def _last_payer(self, queue: Queue) -> int:
        """The place in the queue of the last who pays; -1 where nobody can."""
        share = float(self.share)
        places: list[int] = np.flatnonzero(queue.needed <= share + DOUBT * share).tolist()
        for place in reversed(places):
            if queue.needed[place] < share - DOUBT * share or self._needed(queue, place) <= self.share:
                return place
        return -1

    def _first_to_overtake(self, queue: Queue, ahead: Candidate, payers: int) -> int:
        """From which place in the queue on this work would have been bought instead."""
        worth, tie = self._order(ahead, payers)
        enough = -worth * queue.candidate.cost / queue.candidate.divisor
        count = math.ceil(enough)
        if count == enough and queue.candidate.tie > tie:
            count += 1
        place: int = np.searchsorted(queue.people, count).item()
        return place

    def _needed(self, queue: Queue, place: int) -> Fraction:
        """Exactly the share that lets the queue pay up to a place: what the last has spent, and the even part of the cost."""
        group = queue.groups[place]
        costs = ((self.electorate.candidates[step.place].cost, step.payers) for step in self.steps if step.paid[group])
        return sum((Fraction(cost, payers) for cost, payers in costs), Fraction(queue.candidate.cost, int(queue.people[place])))

    def _soonest(self, begins: dict[int, int], queues: dict[int, Queue]) -> Limit:
        """The least share that brings some queue to its place in `begins` or beyond; exact."""
        soonest = NEVER
        near: list[tuple[float, Queue, int]] = []
        for place, begin in begins.items():
            queue = queues[place]
            if begin >= len(queue.needed):
                continue
            end = begin + int(np.argmin(queue.needed[begin:]))
            near.append((float(queue.needed[end]), queue, begin))
            soonest = min(soonest, near[-1][0])
        if not near:
            return NEVER
        close = soonest * (1 + DOUBT)
        exact = (
            self._needed(queue, begin + int(end))
            for least, queue, begin in near
            if least <= close
            for end in np.flatnonzero(queue.needed[begin:] <= close)
        )
        return min(exact)


def _queue(candidate: Candidate, spent: Floats) -> Queue:
    order = np.argsort(spent[candidate.voters], kind="stable")
    groups = candidate.voters[order]
    people = np.cumsum(candidate.weights[order])
    return Queue(candidate, groups, people, spent[groups] + candidate.cost / people)
