"""The purchases of Equal Shares at one share of the budget, and up to which share they stay the same. Pure.

Rule. Every voter holds the share. As long as some work can be paid by those who want it: buy the one whose unit is cheapest for its
supporters (price of a unit, divided by its cost where satisfaction is cost); everybody pays the same for a unit, or all they hold.
At the same price: `Ties.CHEAPER` the lower cost; then the text order of the id. Source: Peters, Pierczyński and Skowron,
"Proportional Participatory Budgeting with Additive Utilities", NeurIPS 2021.

Floats decide where their error bound allows, exact fractions otherwise: no outcome hangs on rounding. Prices only rise during a
walk, so a work is looked at again only when its last price is the lowest (as the rule's authors do). Each step keeps the share
from which on it may go otherwise (`limit`, never too late); a walk at a larger share begins again at the first step whose limit it passes.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from budgeting.rules.shares.books import Books, Paid, Split
from budgeting.rules.shares.choice import Choice, Limit, State
from budgeting.rules.shares.electorate import Electorate
from budgeting.rules.shares.prices import EPSILON, Price
from budgeting.rules.shares.raisable import Raisable

#: A slope is a sum of a hundred sums of positive numbers.
SLOPES_ARE_OFF = 100


@dataclass(eq=False)
class Step:
    """One purchase (`place` of the work among the candidates), or the end (`place` -1)."""

    before: State
    place: int
    bought: Price | None
    limit: Limit
    paid: Paid | None = None


class Walk(Raisable):
    """All purchases at `share`, kept so that the walk at a larger share need not begin anew."""

    def __init__(self, electorate: Electorate, *, near: float = 0.0) -> None:
        """`near` (a part of the share): changes as near as that are computed exactly, for those who go from change to change."""
        self.electorate, self._near = electorate, near
        self.steps: list[Step] = []
        self.share = electorate.share
        self.to(self.share)

    @property
    def limit(self) -> Limit:
        """The least limit of a step: exact where it is near, otherwise rather too low."""
        return min(step.limit for step in self.steps)

    def to(self, share: Fraction, *, after: bool = False) -> None:
        """Walk at a share, from the first step that may differ. `after`: at a share larger by as little as one likes."""
        state = self._again(share)
        self.share = share
        while True:
            choice = Choice(self.electorate, state, self.books, self.places, after=after, near=self._near)
            place = choice.made()
            self.steps.append(Step(state, place, choice.found.get(place), choice.limit))
            if place < 0:
                return
            state = self._buy(state, place, choice)

    def holdings(self) -> State:
        """What everybody holds at the end."""
        return self.steps[-1].before

    def _again(self, share: Fraction) -> State:
        for number, step in enumerate(self.steps):
            if step.limit <= share:
                del self.steps[number:]
                return _based(step.before, share)
        if self.steps:
            return _based(self.steps.pop().before, share)
        count = len(self.electorate.candidates)
        start = float(share)
        # what a unit costs where nobody is short of money: no price is below it
        prices = np.array([candidate.cost / float(candidate.mass.sum()) for candidate in self.electorate.candidates])
        return State(
            base=share,
            left=np.full(self.electorate.groups, start),
            slopes=np.ones(self.electorate.groups),
            noise=np.full(self.electorate.groups, EPSILON * start),
            prices=prices,
            price_slopes=np.zeros(count),
            errors=EPSILON * prices,
            open=np.ones(count, dtype=np.bool_),
        )

    def _buy(self, before: State, place: int, choice: Choice) -> State:
        """Take the money: the poor give all, the others the price of their units."""
        price, candidate = choice.found[place], self.electorate.candidates[place]
        left, slopes, noise, still_open = before.left.copy(), before.slopes.copy(), before.noise.copy(), choice.open
        poor, rich, units = candidate.voters[price.poor], candidate.voters[~price.poor], candidate.units[~price.poor]
        left[poor] = slopes[poor] = noise[poor] = 0.0
        left[rich] -= price.price * units
        slopes[rich] -= price.slope * units
        noise[rich] += price.error * units + EPSILON * float(before.base)
        still_open[place] = False
        return State(
            base=before.base,
            left=left,
            slopes=slopes,
            noise=noise,
            prices=before.prices.copy(),
            price_slopes=before.price_slopes.copy(),
            errors=before.errors.copy(),
            open=still_open,
        )

    def books(self) -> Books:
        """The exact side of the purchases made so far, each computed once."""
        found: list[Paid] = []
        for step in self.steps:
            if step.bought is None:
                break
            if step.paid is None:
                step.paid = self._exactly(step, step.bought, Books(tuple(found), self.electorate.groups))
            found.append(step.paid)
        return Books(found, self.electorate.groups)

    def _exactly(self, step: Step, price: Price, books: Books) -> Paid:
        candidate = self.electorate.candidates[step.place]
        alive = step.before.slopes[candidate.voters] > 0
        line, _, _ = books.price_of(candidate, Split(alive, price.poor, np.zeros_like(alive)), self.share)
        return Paid(candidate.voters[~price.poor], candidate.units[~price.poor], line)


def _based(state: State, share: Fraction) -> State:
    """The same state at another share: everything in it is a straight line."""
    by = float(share - state.base)
    return replace(
        state,
        base=share,
        left=state.left + state.slopes * by,
        noise=np.where(state.slopes > 0, state.noise + EPSILON * (float(share) + SLOPES_ARE_OFF * state.slopes * by), 0.0),
        prices=state.prices + state.price_slopes * by,
        errors=state.errors + EPSILON * np.abs(state.prices),
    )
