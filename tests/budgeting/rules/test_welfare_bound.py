"""The bound by which lists are left out: never less than what could still be gained, never much more."""

import random
from fractions import Fraction
from itertools import product

import numpy as np

from budgeting.rules.welfare_bound import most_more


def best_by_trying(left, works):
    return max(
        sum(value for (_cost, value), taken in zip(works, choice, strict=True) if taken)
        for choice in product((False, True), repeat=len(works))
        if sum(cost for (cost, _value), taken in zip(works, choice, strict=True) if taken) <= left
    )


def test_it_is_never_less_than_the_best_that_fits_and_never_more_than_one_work_above_what_fits_in_order():
    luck = random.Random(20261122)  # noqa: S311 - the same numbers in every run
    for _turn in range(300):
        works = [(luck.randint(1, 10 ** luck.randint(1, 12)), luck.randint(1, 10 ** luck.randint(1, 6))) for _work in range(luck.randint(0, 9))]
        works.sort(key=lambda work: -Fraction(work[1], work[0]))
        costs, values = (np.array([work[place] for work in works], dtype=np.int64) for place in (0, 1))
        lefts = [0, sum(cost for cost, _value in works), *(luck.randint(0, 2 * sum(cost for cost, _value in works) + 1) for _more in range(4))]
        for left, bound in zip(lefts, most_more(np.array(lefts, dtype=np.int64), costs, values).tolist(), strict=True):
            assert bound >= best_by_trying(left, works)
            in_order, gained = left, 0
            for cost, value in works:
                if cost > in_order:
                    assert bound <= gained + value
                    break
                in_order, gained = in_order - cost, gained + value
            else:
                assert bound == gained
