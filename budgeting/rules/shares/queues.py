"""The supporters of a work in the order of what they have spent, and who of them can pay together. Pure.

The first of the queue can pay together once the share is `needed`: what the last of them has spent, and the even part of the cost. Floats
order the queue; where they cannot tell two supporters, or a payment and the share, apart, `Ledger` says it in fractions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, Protocol

import numpy as np

from budgeting.rules.shares.choice import NEVER
from budgeting.rules.shares.electorate import Candidate, Electorate, Floats, Indices
from budgeting.rules.shares.prices import Mask

#: Sums of at most a few hundred payments err by less than this part of the share.
DOUBT = 1e-12


@dataclass(frozen=True, eq=False)
class Queue:
    """`own`: what each group that wants the work has spent, in the work's order; the rest by place in the queue, those who spent least first."""

    candidate: Candidate
    own: Floats
    spent: Floats
    people: Floats
    needed: Floats

    def last(self, share: float) -> int:
        """The last place that can pay at a share, -1 where nobody can. The first of a queue are not always able where more are."""
        able = self.needed <= share
        backwards = int(np.argmax(able[::-1]))
        return len(able) - 1 - backwards if able[len(able) - 1 - backwards] else -1

    def last_before(self, spent: float, share: float) -> int:
        """The same among those who have spent less."""
        able = np.flatnonzero((self.needed <= share) & (self.spent < spent))
        return int(able[-1]) if len(able) else -1

    def least(self, enough: float, more: float = 0.0) -> float:
        """A share below which no `enough` people can pay together, where `more` unknown people who have spent nothing might help them."""
        begin = int(np.searchsorted(self.people, enough))
        needed = self.needed[begin:] if not more else self.spent[begin:] + self.candidate.cost / (self.people[begin:] + more)
        least = float(needed.min()) if len(needed) else NEVER
        return min(least, self.candidate.cost / more) if more and enough <= more else least


def queue_of(candidate: Candidate, spent: Floats) -> Queue:
    """`spent` by group. Among equals the order says nothing: only the last of them can be a border."""
    own = spent[candidate.voters]
    if candidate.heads is not None:
        ordered = np.sort(own)
        return Queue(candidate, own, ordered, candidate.heads, ordered + candidate.parts)
    order = np.argsort(own)
    ordered, people = own[order], np.cumsum(candidate.weights[order])
    return Queue(candidate, own, ordered, people, ordered + candidate.cost / people)


class Payment(Protocol):
    """What a purchase took: from which groups, and the cost that was shared by how many people."""

    @property
    def place(self) -> int:
        """Of the work among the candidates."""

    @property
    def payers(self) -> int:
        """How many people."""

    @property
    def paid(self) -> Mask:
        """By group."""


class Able(NamedTuple):
    """So many people can pay together, and which of the groups that want the work these are."""

    people: int
    who: Mask


class End(NamedTuple):
    """A place in a queue where somebody who spent more follows: people up to there, exactly the share that they need, and who they are."""

    people: int
    needed: Fraction
    who: Mask


@dataclass(frozen=True)
class Ledger:
    """The purchases before a step, exactly."""

    electorate: Electorate
    payments: Sequence[Payment]

    def able(self, queue: Queue, share: Fraction) -> Able:
        """The largest group that can pay at a share."""
        amount = float(share)
        doubt = amount * DOUBT
        place = queue.last(amount + doubt)
        while place >= 0 and queue.needed[place] >= amount - doubt:
            may = [end for end in self._ends(queue, place, doubt) if end.needed <= share]
            if may:
                return Able(may[-1].people, may[-1].who)
            place = queue.last_before(queue.spent[place] - doubt, amount + doubt)
        if place < 0:
            return Able(0, np.zeros(len(queue.own), dtype=np.bool_))
        return Able(int(queue.people[place]), queue.own <= queue.spent[place])

    def least(self, queue: Queue, enough: int, share: float) -> Fraction | None:
        """The least share, among those that floats put at or below `share`, at which `enough` can pay."""
        places = np.flatnonzero((queue.needed <= share) & (queue.people >= enough))
        found: list[Fraction] = []
        seen = -1.0
        for place in places.tolist():
            if queue.spent[place] > seen:
                seen = queue.spent[place] + share * DOUBT
                found += [end.needed for end in self._ends(queue, place, share * DOUBT) if end.people >= enough]
        return min(found, default=None)

    def _ends(self, queue: Queue, place: int, doubt: float) -> list[End]:
        """The ends of the queue near a place, in the exact order of those whom floats do not tell apart."""
        at, candidate = queue.spent[place], queue.candidate
        who = queue.own < at - doubt
        near = np.flatnonzero((queue.own >= at - doubt) & (queue.own <= at + doubt))
        people, ends = int(candidate.weights[who].sum()), list[End]()
        for spent, alike in self._spent(candidate.voters[near]):
            who = who.copy()
            who[near[alike]] = True
            people += int(candidate.weights[near[alike]].sum())
            ends.append(End(people, spent + Fraction(candidate.cost, people), who))
        return ends

    def _spent(self, groups: Indices) -> list[tuple[Fraction, Indices]]:
        """What groups have spent, and which of them: less first, equals together."""
        if len(groups) == 1 or not self.payments:
            return [(self._paid_by(int(groups[0])), np.arange(len(groups)))]
        table = np.packbits(np.stack([payment.paid[groups] for payment in self.payments]), axis=0)
        _, ones, which = np.unique(table, axis=1, return_index=True, return_inverse=True)
        found: dict[Fraction, list[Indices]] = {}
        for kind, one in enumerate(ones.tolist()):
            found.setdefault(self._paid_by(int(groups[one])), []).append(np.flatnonzero(which.ravel() == kind))
        return [(spent, np.concatenate(found[spent])) for spent in sorted(found)]

    def _paid_by(self, group: int) -> Fraction:
        paid = ((self.electorate.candidates[payment.place].cost, payment.payers) for payment in self.payments if payment.paid[group])
        return sum((Fraction(cost, payers) for cost, payers in paid), Fraction(0))
