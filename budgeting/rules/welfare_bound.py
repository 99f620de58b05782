"""How much welfare lists could still gain: those that can no longer become the best are left out by it. Pure."""

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


def most_more(left: Whole, costs: Whole, values: Whole) -> Whole:
    """What works, the last of them in part, could add to lists with so much money left; rather too much, never too little.

    `costs` and `values` are whole and above zero, the works sorted by value for each unit of cost, best first: the relaxation of
    Dantzig (1957), Discrete-variable extremum problems, Operations Research 5(2), rounded up and never more than all of the last work.
    """
    count = len(costs)
    if not count:
        return np.zeros(len(left), dtype=np.int64)
    cost_sums, value_sums = np.concatenate([[0], np.cumsum(costs)]), np.concatenate([[0], np.cumsum(values)])
    whole = np.searchsorted(cost_sums, left, side="right") - 1
    part = np.minimum(whole, count - 1)
    fraction = (left - cost_sums[whole]) * (values[part] / costs[part])
    some = value_sums[whole] + np.ceil(fraction * (1 + 1e-12)).astype(np.int64) + 1
    found: Whole = np.minimum(value_sums[np.minimum(whole + 1, count)], some)
    return found
