"""The purchases of Exact Equal Shares: who pays for a work pays exactly as much as everybody else who does. Pure.

Rule. Every voter holds the share. A work can be bought by the largest group of its supporters who each hold its cost divided by their
number. Buy the one with the most payers (for each unit of cost, where satisfaction is cardinality); go on until none can be bought.
At equality: `Ties.CHEAPER` the lower cost; then the text order of the id. What somebody has spent does not depend on the share, so
the share at which a larger group of payers could overtake is a plain sum: Kraiczy, Robinson and Elkind, "Streamlining Equal
Shares" (arXiv 2502.11797), whose ADD-OPT goes from one such share to the next. Needs ballots without weights.

Where every ballot differs there are thousands of such shares, and each changes all purchases after it by a hair. So a step looks only
at the queues of works that might be bought instead (`rivals`), and the share of the next change is computed exactly only where no
bound says that it comes later.
"""

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from budgeting.rules.shares.choice import NEVER, Limit
from budgeting.rules.shares.electorate import Electorate, Floats
from budgeting.rules.shares.prices import Mask
from budgeting.rules.shares.queues import DOUBT, Able, Ledger, Queue, queue_of
from budgeting.rules.shares.raisable import Raisable
from budgeting.rules.shares.rivals import NEARLY, Rivals

#: So many sets of purchases are remembered beside those of the walk.
KNOWN_MAX = 400
#: Two payments differ by a hair where they differ by less than this part of the share.
HAIR = 1 / 50


@dataclass(eq=False)
class EvenStep:
    """One purchase by `payers` people, or the end (`place` -1), after `spent`."""

    spent: Floats
    rivals: Rivals
    place: int
    payers: int
    #: Which groups pay.
    paid: Mask
    #: By work about how many people it needs to be bought instead, not too many; `first`: those that need only be payable.
    need: Floats
    first: Mask
    #: By work a share below which it is not bought instead; of `looked` ones the very share, rounded.
    bounds: Floats
    looked: set[int] = field(default_factory=set)
    #: The queue of the bought work, and the share at which more of it could pay.
    queue: Queue | None = None
    more: float = NEVER
    #: Below this share the step stays as it is.
    bound: float = NEVER


class EvenWalk(Raisable):
    """All purchases at `share`, kept so that the walk at a larger share need not begin anew."""

    def __init__(self, electorate: Electorate, *, near: float = 0.0) -> None:  # noqa: ARG002 - its changes are always exact
        self.electorate = electorate
        self.steps: list[EvenStep] = []
        self.share = electorate.share
        self._costs = np.array([float(candidate.cost) for candidate in electorate.candidates]) / electorate.divisors
        self._known: dict[int, Rivals] = {}
        #: The steps of the last walk that are made again.
        self._former: list[EvenStep] = []
        self._kept = 0
        self._limit: Limit | None = None
        self.to(self.share)

    @property
    def limit(self) -> Limit:
        """Exactly the share from which on a step is another."""
        if self._limit is None:
            self._limit = self._soonest()
        return self._limit

    def to(self, share: Fraction, *, after: bool = False) -> None:  # noqa: ARG002 - at a share is always just above it, too
        """Walk at a share, from the first step that may differ."""
        self.share, self._limit = share, None
        close = float(share) * (1 + DOUBT)
        first = next((number for number, step in enumerate(self.steps) if step.bound <= close), max(0, len(self.steps) - 1))
        spent = self.steps[first].spent if self.steps else np.zeros(self.electorate.groups)
        self._former, self._kept = self.steps[first:], first
        del self.steps[first:]
        while True:
            step = self._step(spent)
            self.steps.append(step)
            if step.place < 0:
                return
            spent = step.spent + step.paid * (self.electorate.candidates[step.place].cost / step.payers)

    def _step(self, spent: Floats) -> EvenStep:
        rivals = self._rivals(spent)
        looks = dict[int, tuple[Queue, Able]]()
        sale, first = self._on_sale(spent, looks)
        if rivals.first >= 0 and sale[rivals.first]:
            self._look(rivals.first, spent, looks)
        need = self._need(rivals.first, looks, first)
        share = float(self.share)
        for place in np.flatnonzero(sale & (rivals.bounds(need) <= share * NEARLY)).tolist():
            if place not in looks and not rivals.glance(place, self.electorate.candidates[place], spent, float(need[place]), share):
                self._look(place, spent, looks)
        able = [place for place, (_, who) in looks.items() if who.people and sale[place]]
        rivals.first = min(able, key=lambda place: self._order(place, looks[place][1].people), default=-1)
        need = self._need(rivals.first, looks, first)
        paid = np.zeros(self.electorate.groups, dtype=np.bool_)
        step = EvenStep(spent, rivals, rivals.first, 0, paid, need, first, rivals.bounds(need))
        self._bound(step, looks, sale)
        return step

    def _bound(self, step: EvenStep, looks: dict[int, tuple[Queue, Able]], sale: Mask) -> None:
        """Who pays, and up to which share the step stays as it is."""
        if step.place >= 0:
            step.queue, (step.payers, who) = looks.pop(step.place)
            step.paid[step.queue.candidate.voters[who]] = True
            step.more = step.queue.least(step.payers + 1)
        for other, (queue, _) in looks.items():
            self._learn(step, other, queue)
        step.bounds[~sale] = NEVER
        if step.place >= 0:
            step.bounds[step.place] = NEVER
        step.bound = min(step.more, float(step.bounds.min(initial=NEVER)))

    def _rivals(self, spent: Floats) -> Rivals:
        """What is known of the works after the same purchases."""
        key, hair = sum(1 << place for place in self.places), HAIR * float(self.share)
        if key not in self._known:
            if len(self._known) > KNOWN_MAX:
                walked = {id(step.rivals) for step in self.steps}
                self._known = {known: rivals for known, rivals in self._known.items() if id(rivals) in walked}
            self._known[key] = self._likely(spent, hair)
        self._known[key].seen(spent, self.electorate.weights, hair)
        return self._known[key]

    def _likely(self, spent: Floats, hair: float) -> Rivals:
        """What is known after almost the same purchases: at this place of the last walk, or one before or after."""
        place = len(self.steps) - self._kept
        near = [step.rivals for step in self._former[max(0, place - 1) : place + 2]]
        if not near:
            return Rivals(len(self.electorate.candidates), spent)
        return min(near, key=lambda rivals: rivals.jumps(spent, self.electorate.weights, hair)).again()

    def _look(self, place: int, spent: Floats, looks: dict[int, tuple[Queue, Able]]) -> Able:
        if place not in looks:
            queue = queue_of(self.electorate.candidates[place], spent)
            looks[place] = queue, Ledger(self.electorate, self.steps).able(queue, self.share)
        return looks[place][1]

    def _on_sale(self, spent: Floats, looks: dict[int, tuple[Queue, Able]]) -> tuple[Mask, Mask]:
        """What may be bought; and the works of groups without one, where their ability to pay would decide that."""
        gate, places = self.electorate.gate, self.places
        sale, nobody = np.ones(len(self.electorate.candidates), dtype=np.bool_), np.zeros(len(self.electorate.candidates), dtype=np.bool_)
        if gate is None:
            sale[places] = False
            return sale, nobody
        sale &= np.array(gate.on_sale(places), dtype=np.bool_)
        first = sale & np.array(gate.firsts(places), dtype=np.bool_)
        if any(self._look(place, spent, looks).people for place in np.flatnonzero(first).tolist()):
            return sale & ~np.array(gate.full(places), dtype=np.bool_), nobody
        return sale, first

    def _need(self, ahead: int, looks: dict[int, tuple[Queue, Able]], first: Mask) -> Floats:
        """By work about how many people it needs to be bought instead of the one ahead; not too many."""
        worth = looks[ahead][1].people / self._costs[ahead] if ahead in looks else 0.0
        need = np.maximum(1.0, worth * self._costs * (1 - DOUBT))
        need[first] = 1.0
        return need

    def _order(self, place: int, payers: int) -> tuple[Fraction | int, tuple[int, str]]:
        """Most payers first, for each unit of cost where satisfaction is cardinality."""
        candidate = self.electorate.candidates[place]
        return -payers if candidate.divisor == candidate.cost else Fraction(-payers * candidate.divisor, candidate.cost), candidate.tie

    def _enough(self, step: EvenStep, place: int) -> int:
        """How many people who pay for this work would have it bought instead."""
        if step.place < 0 or step.first[place]:
            return 1
        ahead, candidate = self.electorate.candidates[step.place], self.electorate.candidates[place]
        # payers for each unit of cost, without a fraction: this is asked hundreds of thousands of times
        count, more = divmod(step.payers * ahead.divisor * candidate.cost, ahead.cost * candidate.divisor)
        return count + 1 if more or candidate.tie > ahead.tie else count

    def _learn(self, step: EvenStep, place: int, queue: Queue) -> None:
        step.rivals.learn(place, queue, float(step.need[place]), float(self.share))
        step.bounds[place] = queue.least(self._enough(step, place))
        step.looked.add(place)

    def _soonest(self) -> Limit:
        """The least share at which some step is another: bounds are looked at until the least of them is none."""
        while True:
            close = min(step.bound for step in self.steps) * (1 + DOUBT)
            if close == NEVER:
                return NEVER
            near = [(number, step) for number, step in enumerate(self.steps) if step.bound <= close]
            guessed = [(step, place) for _, step in near for place in np.flatnonzero(step.bounds <= close).tolist() if place not in step.looked]
            if not guessed:
                return min(share for number, step in near for share in self._exactly(number, step, close))
            for step, place in guessed:
                self._learn(step, place, queue_of(self.electorate.candidates[place], step.spent))
                step.bound = min(step.more, float(step.bounds.min()))

    def _exactly(self, number: int, step: EvenStep, close: float) -> list[Fraction]:
        ledger = Ledger(self.electorate, self.steps[:number])
        others = [(place, queue_of(self.electorate.candidates[place], step.spent)) for place in np.flatnonzero(step.bounds <= close).tolist()]
        found = [ledger.least(queue, self._enough(step, place), close) for place, queue in others]
        if step.queue and step.more <= close:
            found.append(ledger.least(step.queue, step.payers + 1, close))
        return [share for share in found if share is not None]
