"""What one unit of a work costs each of its supporters, in floats with a bound of their error. Pure.

All supporters pay the same for a unit, except those who hold less: they give all they hold. So the price t solves
`sum of weight x min(left, t x units) = cost`. Left-overs are straight lines in the voters' share of the budget as long as the
same people are short of money, and so is t; t is convex in the share, so that its line is never above it.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from budgeting.rules.shares.electorate import Candidate, Floats

Mask = NDArray[np.bool_]
#: A float operation errs by less than this, with room for sums of a hundred thousand terms.
EPSILON = 4e-15


class Price(NamedTuple):
    """`price` of a unit, its `slope` in the share, who is `poor` among the supporters, and how far `price` may be off."""

    price: float
    slope: float
    poor: Mask
    error: float


def held(candidate: Candidate, left: Floats, noise: Floats) -> tuple[float, float]:
    """What the supporters hold together, and how far that may be off. `left`: what one of each supporting group holds."""
    total = float(candidate.weights @ left)
    return total, EPSILON * (total + candidate.cost) + float(candidate.weights @ noise)


def price_of(candidate: Candidate, left: Floats, slopes: Floats, floor: float, noise: Floats) -> Price | None:
    """The price of a unit. `floor` is a price that it is not below; None where floats cannot tell that it can be paid.

    `left` and `slopes` of one voter of each supporting group; `noise` bounds the errors of `left`.
    """
    ratio = left / candidate.units
    gifts, poor, given = candidate.weights * left, ratio < floor, 0.0
    rich_mass, count = candidate.total_mass, 0
    while True:
        now = int(np.count_nonzero(poor))
        if now > count:
            rich_mass = candidate.total_mass - float(candidate.mass @ poor)
            given, count = float(gifts @ poor), now
        if rich_mass <= 0:
            return None
        price = (candidate.cost - given) / rich_mass
        poor |= ratio < price
        if int(np.count_nonzero(poor)) == count:
            break
    slope = -float((candidate.weights * slopes) @ poor) / rich_mass if count else 0.0
    doubt = float((candidate.weights * noise) @ poor) if count else 0.0
    return Price(price, slope, poor, (EPSILON * (candidate.cost + given) + doubt) / rich_mass + EPSILON * price)
