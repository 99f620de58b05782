"""All lists of works that keep their constraints and of which none costs less and gives more: the proof under `max_welfare`. Pure.

Works are looked at one after the other. Of two lists the one that costs more and gives no more is dropped only where both leave the
same open: the same of those works that a later one excludes or needs, as many of the group at hand, as much for each share that later works
may still add to. A list that cannot bring a share up to what it asks is dropped, too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from budgeting.rules.welfare_bound import Whole, most_more

Words = NDArray[np.uint64]
WORD = 64
#: Sums of worth stay below this, so that 64 bits hold them.
WORTH_MAX = 2**61
#: So many lists are kept to learn quickly what is possible, before all that are needed for the proof.
PROMISING = 1000
#: Sums for shares are compared with so many amounts.
STEPS = 12


class Lists(NamedTuple):
    """Rows: what each list costs and gives, which works are in it (a bit a place), its count at hand, and its sum for each share."""

    spent: Whole
    worth: Whole
    taken: Words
    at_hand: Whole
    sums: Whole


@dataclass(frozen=True)
class Stage:
    """Works of one group, counted from `start`: at most `most`, at least `least`."""

    places: tuple[int, ...]
    start: int
    least: int
    most: int | None

    @property
    def enough(self) -> int:
        """What is more is told no further."""
        return self.least if self.most is None else self.most


@dataclass(frozen=True)
class Floor:
    """Works of one minimum share, which together cost at least so much."""

    places: frozenset[int]
    least: int

    @property
    def last(self) -> int:
        """The place after which nothing is added to it."""
        return max(self.places)


@dataclass(frozen=True)
class Search:
    """Works by place, in an order in which every stage is contiguous; pairs by place."""

    costs: Sequence[int]
    values: Sequence[int]
    budget: int
    partners: Mapping[int, frozenset[int]]
    needs: Mapping[int, frozenset[int]]
    stages: Sequence[Stage]
    floors: Sequence[Floor] = ()
    #: Lists that give more are not looked for (for the most that a share can use).
    worth_max: int | None = None

    def best(self, states_max: int, known: int = -1) -> tuple[int, list[int]] | None:
        """The welfare and places of the best list, of equal ones the cheapest; None where no list keeps everything and gives at least `known`.

        Raises OverflowError where more than `states_max` lists would have to be kept.
        """
        some = self._walked(known, PROMISING, states_max)
        if some and some[0] == self.worth_max:
            return some
        return self._walked(max(known, some[0]) if some else known, None, states_max)

    def _walked(self, known: int, width: int | None, states_max: int) -> tuple[int, list[int]] | None:
        """`width`: keep only the most promising lists, to learn what is possible."""
        words, none = (len(self.costs) + WORD - 1) // WORD or 1, np.zeros(1, np.int64)
        lists = Lists(none, none, np.zeros((1, words), np.uint64), none, np.zeros((1, len(self.floors)), np.int64))
        for stage in self.stages:
            lists = lists._replace(at_hand=np.full(len(lists.spent), stage.start, dtype=np.int64))
            for place in stage.places:
                lists = self._reaching(self._with(lists, place, stage), place)
                lists = _rows(lists, self._promising(lists, place, known, width))
                if len(lists.spent) > states_max:
                    raise OverflowError
            lists = _rows(lists, lists.at_hand >= stage.least)
            lists = _rows(lists, _undominated(lists._replace(at_hand=np.zeros_like(lists.at_hand)), self._open_after(stage.places[-1], words)))
        if not len(lists.spent):
            return None
        first = int(np.lexsort((lists.spent, -lists.worth))[0])
        return int(lists.worth[first]), [place for place in range(len(self.costs)) if _bit(lists.taken[first : first + 1], place)[0]]

    def _reaching(self, lists: Lists, place: int) -> Lists:
        """The lists that can still bring every share up to what it asks; of shares that nothing is added to any more no sum is told."""
        for number, floor in enumerate(self.floors):
            more = sum(self.costs[other] for other in floor.places if other > place)
            lists = _rows(lists, lists.sums[:, number] + np.minimum(more, self.budget - lists.spent) >= (floor.least if place < floor.last else 0))
            if place == floor.last:
                lists = _rows(lists, lists.sums[:, number] >= floor.least)
                lists.sums[:, number] = 0
        return lists

    def _with(self, lists: Lists, place: int, stage: Stage) -> Lists:
        """The lists without and with a work, as far as they keep the pairs."""
        without, may = np.ones(len(lists.spent), np.bool_), lists.spent + self.costs[place] <= self.budget
        if self.worth_max is not None:
            may &= lists.worth + self.values[place] <= self.worth_max
        if stage.most is not None:
            may &= lists.at_hand < stage.most
        for other in self.partners.get(place, ()):
            may &= ~_bit(lists.taken, other) if other < place else True
        for other in self.needs.get(place, ()):
            may &= _bit(lists.taken, other) if other < place else True
        for other, needed in self.needs.items():
            if place in needed and other < place:
                without &= ~_bit(lists.taken, other)
        old, new = _rows(lists, without), _rows(lists, may)
        new.taken[:, place // WORD] |= np.uint64(1 << (place % WORD))
        own = np.array([self.costs[place] if place in floor.places else 0 for floor in self.floors], np.int64)
        least = np.array([floor.least for floor in self.floors], np.int64)
        more = Lists(
            new.spent + self.costs[place],
            new.worth + self.values[place],
            new.taken,
            np.minimum(new.at_hand + 1, stage.enough),
            np.minimum(new.sums + own, least),
        )
        spent, worth, taken, at_hand, sums = (np.concatenate(pair) for pair in zip(old, more, strict=True))
        return Lists(spent, worth, taken, at_hand, sums)

    def _promising(self, lists: Lists, place: int, known: int, width: int | None) -> NDArray[np.int64]:
        possible = lists.worth + self._with_the_rest(self.budget - lists.spent, place + 1)
        able = np.flatnonzero(possible >= known)
        lists, possible, open_bits = _rows(lists, able), possible[able], self._open_after(place, lists.taken.shape[1])
        keep = _undominated(lists, open_bits)
        if self.floors:
            keep = keep[~_outdone(_rows(lists, keep), open_bits)]
        able, possible = able[keep], possible[keep]
        return able if width is None or len(able) <= width else able[np.argsort(-possible, kind="stable")[:width]]

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
        """What the works from this place on could add to lists with so much left."""
        rest = [place for place in self._by_worth if place >= begin]
        costs, values = (np.array([of[place] for place in rest], dtype=np.int64) for of in (self.costs, self.values))
        return most_more(left, costs, values)


def _bit(taken: Words, place: int) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (taken[:, place // WORD] >> np.uint64(place % WORD)) & np.uint64(1) == 1
    return found


def _rows(lists: Lists, which: NDArray[np.int64] | NDArray[np.bool_]) -> Lists:
    return Lists(lists.spent[which], lists.worth[which], lists.taken[which], lists.at_hand[which], lists.sums[which])


def _undominated(lists: Lists, open_bits: Words) -> NDArray[np.int64]:
    """Lists that give more than all of the same kind that cost no more; of equal ones the first."""
    if not len(lists.spent):
        return np.zeros(0, np.int64)
    order, kind, height = _heights(lists, (*lists.sums.T, *_open(lists, open_bits)))
    best_before = np.concatenate([[-1], np.maximum.accumulate(height)[:-1]])
    keep: NDArray[np.int64] = order[height > np.maximum(best_before, kind * (len(order) + 1) - 1)]
    return keep


def _outdone(lists: Lists, open_bits: Words) -> NDArray[np.bool_]:
    """Lists beside which another costs less and gives no less, or costs no more and gives more, and has at least as much for every share.

    Such a list never becomes the best one, so that dropping it changes no choice among equals. Some are overlooked: sums are compared
    with a few amounts between them only.
    """
    if not len(lists.spent):
        return np.zeros(0, np.bool_)
    order, kind, height = _heights(lists, _open(lists, open_bits))
    spent, sums, number = lists.spent[order], lists.sums[order], np.arange(len(order))
    begins = np.concatenate([[True], (spent[1:] != spent[:-1]) | (kind[1:] != kind[:-1])])
    cheaper = np.maximum.accumulate(np.where(begins, number, 0)) - 1
    found = np.zeros(len(order), np.bool_)
    for amounts in product(*(_steps(column, STEPS // sums.shape[1]) for column in sums.T)):
        best = np.concatenate([np.maximum.accumulate(np.where((sums >= amounts).all(axis=1), height, -1)), [-1]])
        found |= (sums <= amounts).all(axis=1) & ((best[number - 1] > height) | (best[cheaper] >= height))
    outdone = np.zeros(len(order), np.bool_)
    outdone[order] = found
    return outdone


def _steps(column: Whole, most: int) -> Whole:
    """A few amounts between the smallest and the largest, which is always one of them."""
    return np.unique(np.quantile(column, np.linspace(0, 1, max(2, most)), method="nearest"))


def _open(lists: Lists, open_bits: Words) -> list[Words]:
    return [lists.taken[:, word] & open_bits[word] for word in np.flatnonzero(open_bits)]


def _heights(lists: Lists, columns: Iterable[NDArray[Any]]) -> tuple[NDArray[np.int64], Whole, Whole]:
    """Lists of the same kind together, cheaper first: their order, the number of each one's kind, and a height that grows with kind and worth."""
    kinds = (lists.at_hand, *columns)
    order = np.lexsort((np.arange(len(lists.spent)), -lists.worth, lists.spent, *kinds))
    changes = [(column[order][1:] != column[order][:-1]) for column in kinds]
    kind = np.concatenate([[0], np.cumsum(np.logical_or.reduce(changes))])
    ranks = np.unique(lists.worth, return_inverse=True)[1][order]
    return order, kind, kind * (len(order) + 1) + ranks
