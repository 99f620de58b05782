"""All lists of works that keep their constraints and of which none costs less and gives more: the proof under `max_welfare`. Pure.

Works are looked at one after the other. Of two lists the one that costs more and gives no more is dropped only where both leave the
same open: the same of those works that a later one excludes or needs, as many of the group at hand, as much for the share at hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Words = NDArray[np.uint64]
WORD = 64
#: Sums of worth stay below this, so that 64 bits hold them.
WORTH_MAX = 2**61
#: So many lists are kept to learn quickly what is possible, before all that are needed for the proof.
PROMISING = 1000


class Lists(NamedTuple):
    """Rows: what each list costs and gives, which works are in it (a bit a place), and its count or sum at hand."""

    spent: Whole
    worth: Whole
    taken: Words
    extra: Whole


@dataclass(frozen=True)
class Stage:
    """Works that stand together: of one group (counted, at most `most`, at least `least`), or of one minimum share (summed, at least `least`)."""

    places: tuple[int, ...]
    counts: bool
    start: int
    least: int
    most: int | None

    @property
    def enough(self) -> int:
        """What is more is told no further."""
        return self.least if self.most is None else self.most


@dataclass(frozen=True)
class Search:
    """Works by place, in an order in which every stage is contiguous; pairs by place."""

    costs: Sequence[int]
    values: Sequence[int]
    budget: int
    partners: Mapping[int, frozenset[int]]
    needs: Mapping[int, frozenset[int]]
    stages: Sequence[Stage]
    #: Lists that give more are not looked for (for the most that a share can use).
    worth_max: int | None = None

    def best(self, states_max: int) -> tuple[int, list[int]] | None:
        """The welfare and places of the best list, of equal ones the cheapest; None where no list keeps everything.

        Raises OverflowError where more than `states_max` lists would have to be kept.
        """
        some = self._walked(-1, PROMISING, states_max)
        return self._walked(some[0] if some else -1, None, states_max)

    def _walked(self, known: int, width: int | None, states_max: int) -> tuple[int, list[int]] | None:
        """`width`: keep only the most promising lists, to learn what is possible."""
        words = (len(self.costs) + WORD - 1) // WORD or 1
        lists = Lists(np.zeros(1, np.int64), np.zeros(1, np.int64), np.zeros((1, words), np.uint64), np.zeros(1, np.int64))
        for stage in self.stages:
            lists = lists._replace(extra=np.full(len(lists.spent), stage.start, dtype=np.int64))
            for place in stage.places:
                lists = self._with(lists, place, stage)
                lists = _rows(lists, self._promising(lists, place, known, width))
                if len(lists.spent) > states_max:
                    raise OverflowError
            lists = _rows(lists, lists.extra >= stage.least)
            lists = _rows(lists, _undominated(lists._replace(extra=np.zeros_like(lists.extra)), self._open_after(stage.places[-1], words)))
        if not len(lists.spent):
            return None
        first = int(np.lexsort((lists.spent, -lists.worth))[0])
        return int(lists.worth[first]), [place for place in range(len(self.costs)) if _bit(lists.taken[first : first + 1], place)[0]]

    def _with(self, lists: Lists, place: int, stage: Stage) -> Lists:
        """The lists without and with a work, as far as they keep the pairs."""
        without, may = np.ones(len(lists.spent), np.bool_), lists.spent + self.costs[place] <= self.budget
        if self.worth_max is not None:
            may &= lists.worth + self.values[place] <= self.worth_max
        if stage.most is not None:
            may &= lists.extra < stage.most
        for other in self.partners.get(place, ()):
            may &= ~_bit(lists.taken, other) if other < place else True
        for other in self.needs.get(place, ()):
            may &= _bit(lists.taken, other) if other < place else True
        for other, needed in self.needs.items():
            if place in needed and other < place:
                without &= ~_bit(lists.taken, other)
        old, new = _rows(lists, without), _rows(lists, may)
        new.taken[:, place // WORD] |= np.uint64(1 << (place % WORD))
        more = Lists(new.spent + self.costs[place], new.worth + self.values[place], new.taken, new.extra + (1 if stage.counts else self.costs[place]))
        spent, worth, taken, extra = (np.concatenate(pair) for pair in zip(old, more, strict=True))
        return Lists(spent, worth, taken, np.minimum(extra, stage.enough))

    def _promising(self, lists: Lists, place: int, known: int, width: int | None) -> NDArray[np.int64]:
        keep = _undominated(lists, self._open_after(place, lists.taken.shape[1]))
        possible = lists.worth[keep] + self._with_the_rest(self.budget - lists.spent[keep], place + 1)
        keep, possible = keep[possible >= known], possible[possible >= known]
        return keep if width is None or len(keep) <= width else keep[np.argsort(-possible, kind="stable")[:width]]

    def _open_after(self, place: int, words: int) -> Words:
        """The bits of works looked at that matter to later ones."""
        mask = np.zeros(words, np.uint64)
        for one, others in (*self.partners.items(), *self.needs.items()):
            for other in others:
                if min(one, other) <= place < max(one, other):
                    mask[min(one, other) // WORD] |= np.uint64(1 << (min(one, other) % WORD))
        return mask

    @cached_property
    def _by_worth(self) -> list[int]:
        return sorted(range(len(self.costs)), key=lambda place: (-Fraction(self.values[place], self.costs[place]), place))

    def _with_the_rest(self, left: Whole, begin: int) -> Whole:
        """What the remaining works, the last of them in part, could add to lists with so much left; rather too much."""
        rest = [place for place in self._by_worth if place >= begin]
        costs = np.concatenate([[0], np.cumsum([self.costs[place] for place in rest], dtype=np.int64)]).astype(np.int64)
        values = np.concatenate([[0], np.cumsum([self.values[place] for place in rest], dtype=np.int64)]).astype(np.int64)
        whole = np.searchsorted(costs, left, side="right") - 1
        # a work that does not fit whole is counted whole: too much, but never too little, and without a division
        found: Whole = values[np.minimum(whole + 1, len(rest))]
        return found


def _bit(taken: Words, place: int) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (taken[:, place // WORD] >> np.uint64(place % WORD)) & np.uint64(1) == 1
    return found


def _rows(lists: Lists, which: NDArray[np.int64] | NDArray[np.bool_]) -> Lists:
    return Lists(lists.spent[which], lists.worth[which], lists.taken[which], lists.extra[which])


def _undominated(lists: Lists, open_bits: Words) -> NDArray[np.int64]:
    """Lists that give more than all of the same kind that cost no more; of equal ones the first."""
    if not len(lists.spent):
        return np.zeros(0, np.int64)
    columns = [lists.taken[:, word] & open_bits[word] for word in np.flatnonzero(open_bits)]
    order = np.lexsort((np.arange(len(lists.spent)), -lists.worth, lists.spent, lists.extra, *columns))
    changes = [(column[order][1:] != column[order][:-1]) for column in (lists.extra, *columns)]
    kind = np.concatenate([[0], np.cumsum(np.logical_or.reduce(changes))])
    ranks = np.unique(lists.worth, return_inverse=True)[1][order]
    height = kind * (len(order) + 1) + ranks
    best_before = np.concatenate([[-1], np.maximum.accumulate(height)[:-1]])
    keep: NDArray[np.int64] = order[height > np.maximum(best_before, kind * (len(order) + 1) - 1)]
    return keep
