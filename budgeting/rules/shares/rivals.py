"""After the same purchases: for each other work a share below which it is surely not the one that is bought next. Pure.

A walk at another share comes to the same purchases again, with payments that are a little different: nearly everybody has spent a
hair less, and a few have not paid at all what they paid then. Who pays for a work is not looked up again for that. If all but J people
have spent at most D less than when a queue was looked at, then K people who can pay at a share now were K - J people at least who
could have paid, together with J others, at a share that is D larger. So a queue that was looked at once for fewer people than needed, with
some to spare, gives a bound that stays true until the spare ones are used up, and only falls by D.
"""

from copy import copy

import numpy as np

from budgeting.rules.shares.electorate import Candidate, Floats
from budgeting.rules.shares.queues import Queue

#: Bounds are learned so far above the share where people can be spared, so that purses may rise.
AHEAD = 1.03
#: This part of the people who are needed is spared, so that some may change.
SPARED = 1 / 20
#: How often the crowd that can pay together is narrowed down without a queue.
GLANCES = 3
#: Bounds this near to the share are not trusted but looked at.
NEARLY = 1 + 1e-9


class Rivals:
    """Bounds by place of the works among the candidates; `first` is the work that was bought last time (-1: none)."""

    def __init__(self, count: int, spent: Floats) -> None:
        self.first = -1
        self._spent = spent
        #: How far purses rose since the beginning, and of how many people that is not true.
        self._sunk, self._jumped = 0.0, 0.0
        self._low = np.full(count, -np.inf)
        self._need, self._spare = np.zeros(count), np.full(count, -1.0)
        self._sunk_then, self._jumped_then = np.zeros(count), np.zeros(count)

    def seen(self, spent: Floats, weights: Floats, hair: float) -> None:
        """The purchases were made again and took these amounts. What is less by more than a `hair` is a jump."""
        if spent is self._spent:
            return
        less = self._spent - spent
        most = float(less.max(initial=0.0))
        if most > hair:
            jumps = less > hair
            self._jumped += float(weights[jumps].sum())
            most = float(less[~jumps].max(initial=0.0))
        self._sunk += max(0.0, most)
        self._spent = spent

    def jumps(self, spent: Floats, weights: Floats, hair: float) -> float:
        """How many people have spent less by more than a `hair` where these amounts are spent."""
        return float(weights[self._spent - spent > hair].sum())

    def again(self) -> "Rivals":
        """The same knowledge, for other purchases: what somebody has spent is all that bounds ask for."""
        other = copy(self)
        for name in ("_low", "_need", "_spare", "_sunk_then", "_jumped_then"):
            setattr(other, name, getattr(self, name).copy())
        return other

    def bounds(self, need: Floats) -> Floats:
        """By work, where so many people are needed; -inf where nothing is known any more."""
        spare = self._spare - (self._jumped - self._jumped_then) - np.maximum(0.0, self._need - need)
        return np.where(spare >= 0, self._low - (self._sunk - self._sunk_then), -np.inf)

    def glance(self, place: int, candidate: Candidate, spent: Floats, need: float, share: float) -> bool:
        """Whether a work is far from being bought, without its queue: too few people could pay even the least part of it."""
        low, own = share * AHEAD, spent[candidate.voters]
        crowd, spare = candidate.people, need
        for _narrower in range(GLANCES):
            able = float(candidate.weights @ (own <= low - candidate.cost / crowd))
            if able < need:
                self._keep(place, low, need, min(spare, max(0.0, need - 1 - able)))
                return True
            # no more than these can pay together, and a few who may change
            spare = need * SPARED
            crowd = min(crowd, able + spare)
        return False

    def learn(self, place: int, queue: Queue, need: float, share: float) -> None:
        """Look at a work whose queue is this, where so many people are needed, at this share."""
        last = queue.last(share)
        able = queue.people[last] if last >= 0 else 0.0
        spare = max(0.0, float((max(need, queue.candidate.cost / share) - able) / 2 // 1))
        low = queue.least(need - spare, spare)
        while low <= share * AHEAD and spare:
            spare //= 2
            low = queue.least(need - spare, spare)
        self._keep(place, low, need, spare)

    def _keep(self, place: int, low: float, need: float, spare: float) -> None:
        self._low[place], self._need[place], self._spare[place] = low, need, spare
        self._sunk_then[place], self._jumped_then[place] = self._sunk, self._jumped
