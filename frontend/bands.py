"""Classes of a choropleth: quantiles whose limits are round numbers that a person can repeat. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from math import floor, log10

#: More classes than five cannot be told apart by their lightness.
MOST = 5


def limits(values: Sequence[Fraction], most: int = MOST) -> list[Fraction]:
    """The lowest value of each class from the second on, rising; empty where there is nothing to divide.

    Zeros are no part of it: what has none is told apart before. Each limit is a quantile, rounded to as few digits as
    keep it above the limit before and within the values.
    """
    ranked = sorted(value for value in values if value > 0)
    found: list[Fraction] = []
    for part in range(1, most):
        if not ranked:
            break
        least = found[-1] if found else ranked[0]
        quantile = ranked[len(ranked) * part // most]
        if quantile <= least:
            continue
        limit = next((value for digits in (1, 2, 3, 4) if least < (value := rounded(quantile, digits)) <= ranked[-1]), quantile)
        # a class that nobody is in would only make the legend longer
        if bisect_right(ranked, limit) and any(least <= value < limit for value in ranked):
            found.append(limit)
    return found


def rounded(value: Fraction, digits: int) -> Fraction:
    """The nearest number with so many digits that count: 0.0347 with two is 0.035."""
    if value <= 0:
        return Fraction(0)
    unit = Fraction(10) ** (floor(log10(value)) - digits + 1)
    return Fraction(round(value / unit)) * unit


def band(value: Fraction | None, found: Sequence[Fraction]) -> int | None:
    """0 for none at all, then 1 for the lowest class upwards; None where nobody knows."""
    if value is None:
        return None
    return bisect_right(found, value) + 1 if value > 0 else 0
