"""The same purchases in exact fractions, asked only where floats cannot tell two numbers apart. Pure.

A number here is a straight line in the voters' share b of the budget: (at zero, slope), both fractions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from budgeting.rules.shares.electorate import Candidate, Floats, Indices
from budgeting.rules.shares.prices import Mask

#: So many times fewer groups than there are, and they are looked for one by one.
FEW = 50


class Line(NamedTuple):
    """`zero + slope x b`."""

    zero: Fraction
    slope: Fraction

    def at(self, share: Fraction) -> Fraction:
        """The value at a share."""
        return self.zero + self.slope * share

    def times(self, factor: Fraction | int) -> "Line":
        """The line of so many."""
        return Line(self.zero * factor, self.slope * factor)

    def meets(self, other: "Line") -> Fraction | None:
        """The share at which both are equal; None for parallels."""
        return None if self.slope == other.slope else (other.zero - self.zero) / (self.slope - other.slope)


def alone(candidate: Candidate, mass: int) -> Line:
    """The price of a unit where the poor have nothing to give, for so many units."""
    return Line(Fraction(candidate.cost, mass), Fraction(0))


class Paid(NamedTuple):
    """One purchase: the groups that paid by units, with their units, and the price of a unit."""

    groups: Indices
    units: Floats
    price: Line

    def units_of(self, groups: Indices) -> Floats:
        """What one of each of these paid for by units; 0 of those who did not. The groups that paid are in order."""
        places = np.searchsorted(self.groups, groups)
        places[places == len(self.groups)] = 0
        return np.where(self.groups[places] == groups, self.units[places], 0.0)


class Split(NamedTuple):
    """Of the supporters of a work: who still holds something, who is surely poor, and of whom floats cannot tell."""

    alive: Mask
    poor: Mask
    doubtful: Mask


@dataclass(frozen=True)
class Books:
    """The purchases so far, of an electorate with so many groups."""

    purchases: Sequence[Paid]
    groups: int

    def held_by(self, groups: Indices, counts: Floats) -> Line:
        """What `counts` people of each of `groups` hold together. Only groups that never gave all they had."""
        few = len(groups) < self.groups / FEW
        vector = np.zeros(0 if few else self.groups)
        if not few:
            vector[groups] = counts
        zero, slope = Fraction(0), Fraction(int(counts.sum()))
        for paid in self.purchases:
            if times := int(paid.units_of(groups) @ counts if few else vector[paid.groups] @ paid.units):
                zero -= times * paid.price.zero
                slope -= times * paid.price.slope
        return Line(zero, slope)

    def price_of(self, candidate: Candidate, split: Split, share: Fraction) -> tuple[Line, Mask, list[tuple[Line, int]]]:
        """The price of a unit, who is poor (holds strictly less), and what each poor one of the doubtful holds, with its units.

        Only the doubtful are looked at one by one; everybody else stands where floats put them, far from the border. The
        price only rises as more are found poor, so at first none of the doubtful is.
        """
        poor = split.poor & ~split.doubtful
        lines = self._lines_of(candidate, split.doubtful)
        while True:
            given = poor & split.alive
            mass = int(candidate.mass[~poor].sum())
            line = alone(candidate, mass)
            if given.any():
                gifts = self.held_by(candidate.voters[given], candidate.weights[given])
                line = Line((candidate.cost - gifts.zero) / mass, -gifts.slope / mass)
            price = line.at(share)
            short = [place for place, own in lines.items() if not poor[place] and own.at(share) < price * int(candidate.units[place])]
            if not short:
                return line, poor, [(own, int(candidate.units[place])) for place, own in lines.items() if poor[place]]
            poor[short] = True

    def _lines_of(self, candidate: Candidate, doubtful: Mask) -> dict[int, Line]:
        """What one voter of each doubtful group holds; voters who paid for the same hold the same."""
        places = np.flatnonzero(doubtful)
        paid_units = np.zeros((len(self.purchases), len(places)))
        for row, paid in enumerate(self.purchases if len(places) else ()):
            paid_units[row] = paid.units_of(candidate.voters[places])
        known: dict[bytes, Line] = {}
        lines: dict[int, Line] = {}
        for column, place in enumerate(places.tolist()):
            key = paid_units[:, column].tobytes()
            if key not in known:
                known[key] = self.held_by(candidate.voters[[place]], np.ones(1))
            lines[place] = known[key]
        return lines
