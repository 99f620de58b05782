"""One step of Equal Shares: which work is bought next, and up to which share of the budget it would be. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from budgeting.rules.shares.books import Books, Line, Split, alone
from budgeting.rules.shares.electorate import Electorate, Floats
from budgeting.rules.shares.prices import Mask, Price, held, price_of

#: A share from which on something changes: exact where it is near, otherwise a float that is rather too low.
Limit = Fraction | float
NEVER = float("inf")
#: Distances computed in floats are taken a little too short.
CAUTION = 1 - 1e-9


@dataclass(frozen=True, eq=False)
class State:
    """Before a step: what each group holds at the share `base` and how it grows with it; what is known of prices there."""

    base: Fraction
    left: Floats
    slopes: Floats
    #: How far each number in `left` may be off.
    noise: Floats
    #: Of each work the last price of a unit, its slope and its error: a line that the true price is never below.
    prices: Floats
    price_slopes: Floats
    errors: Floats
    #: Works that are not bought and may still be paid for.
    open: Mask


class Choice:
    """Finds the work whose unit is cheapest, and keeps what it learns about prices in the state."""

    def __init__(self, electorate: Electorate, state: State, books: Callable[[], Books], bought: Sequence[int], *, after: bool, near: float) -> None:
        self.electorate, self.state, self.after = electorate, state, after
        self.open = state.open.copy()
        self._bought = bought
        #: What is this near is looked at exactly, so that its share is met and not approached for ever.
        self._nearness = near * float(state.base)
        self._near: Fraction | None = None
        self._far = NEVER
        #: What a unit of each work costs that was looked at; exactly, where that was asked for.
        self.found: dict[int, Price] = {}
        self._lines: dict[int, Line] = {}
        self._short: dict[int, list[tuple[Line, int]]] = {}
        self._settled_ones: dict[int, Mask] = {}
        self._books = books
        #: What may be bought in this step at all, as far as those who hold it can pay.
        self._sale = self._on_sale()

    @property
    def limit(self) -> Limit:
        """From this share on the step may go otherwise."""
        far = self.state.base + Fraction(self._far * CAUTION) if self._far < NEVER else NEVER
        return far if self._near is None else min(self._near, far)

    def made(self) -> int:
        """The place of the work among the candidates, -1 where none can be paid for."""
        rivals = self._cheapest()
        if not rivals:
            return -1
        place = rivals[0] if len(rivals) == 1 else min(rivals, key=self._order)
        self._keep_until_poor_are_not(place)
        self._keep_until_overtaken(place, rivals)
        return place

    def _order(self, place: int) -> tuple[Fraction, Fraction, tuple[int, str]]:
        candidate = self.electorate.candidates[place]
        line = self._exact(place)
        slope = line.slope / candidate.divisor if self.after else Fraction(0)
        return line.at(self.state.base) / candidate.divisor, slope, candidate.tie

    def _on_sale(self) -> Mask:
        """By the constraints. Whether a group without a work can pay for one is asked here, so that its limit is kept."""
        if self.electorate.gate is None:
            return np.ones_like(self.open)
        sale = np.array(self.electorate.gate.on_sale(self._bought), dtype=np.bool_)
        firsts = np.array(self.electorate.gate.firsts(self._bought), dtype=np.bool_) & sale & self.open
        able = [self._look(place) for place in np.flatnonzero(firsts).tolist()]
        return sale & ~np.array(self.electorate.gate.full(self._bought), dtype=np.bool_) if any(able) else sale

    def _cheapest(self) -> list[int]:
        """Those that floats cannot tell from the cheapest."""
        state, divisors = self.state, self.electorate.divisors
        may = self.open & self._sale
        low = np.where(may, (state.prices - state.errors - self._nearness) / divisors, NEVER)
        best = NEVER
        for place in np.argsort(low, kind="stable").tolist():
            if low[place] > best or not may[place]:
                break
            if self._look(place):
                price = self.found[place]
                low[place] = (price.price - price.error - self._nearness) / divisors[place]
                best = min(best, (price.price + price.error) / divisors[place])
        return [place for place in self.found if low[place] <= best]

    def _look(self, place: int) -> bool:
        """Work out what a unit costs; False where its supporters cannot pay, which closes it for this walk."""
        state, candidate = self.state, self.electorate.candidates[place]
        left, slopes, noise = state.left[candidate.voters], state.slopes[candidate.voters], state.noise[candidate.voters]
        total, doubt = held(candidate, left, noise)
        doubt += self._nearness * candidate.people
        if total < candidate.cost - doubt:
            self._keep_until((candidate.cost - total) - doubt, float(candidate.weights @ slopes))
            self.open[place] = False
            return False
        if total <= candidate.cost + doubt:
            return self._look_exactly(place, left, slopes, doubt)
        price = price_of(candidate, left, slopes, state.prices[place] - state.errors[place], noise)
        if price is None:
            return self._look_exactly(place, left, slopes, doubt)
        doubtful = np.abs(left - price.price * candidate.units) <= (price.error + self._nearness) * candidate.units + noise
        if doubtful.any():
            price = self._settled(place, price, slopes, doubtful & (slopes > 0))
        self._learn(place, price)
        return True

    def _look_exactly(self, place: int, left: Floats, slopes: Floats, doubt: float) -> bool:
        """The supporters hold its cost very nearly, all together: only fractions can tell."""
        candidate, alive = self.electorate.candidates[place], slopes > 0
        total = self._books().held_by(candidate.voters[alive], candidate.weights[alive])
        if total.at(self.state.base) < candidate.cost:
            self._keep_until_exactly((candidate.cost - total.zero) / total.slope if total.slope else None)
            self.open[place] = False
            return False
        ratio, noise = left / candidate.units, self.state.noise[candidate.voters]
        top = float(ratio.max())
        doubtful = (left >= top * candidate.units - 2 * (doubt + noise * candidate.units)) & alive
        price = Price(top, 0.0, ~doubtful, 2 * doubt)
        self._learn(place, self._settled(place, price, slopes, doubtful))
        return True

    def _settled(self, place: int, price: Price, slopes: Floats, doubtful: Mask) -> Price:
        """The price with the doubtful supporters put on the right side."""
        candidate = self.electorate.candidates[place]
        line, poor, short = self._books().price_of(candidate, Split(slopes > 0, price.poor, doubtful), self.state.base)
        self._lines[place], self._short[place], self._settled_ones[place] = line, short, doubtful
        exact = float(line.at(self.state.base))
        return Price(exact, float(line.slope), poor, 1e-15 * exact)

    def _learn(self, place: int, price: Price) -> None:
        self.found[place] = price
        self.state.prices[place], self.state.price_slopes[place], self.state.errors[place] = price.price, price.slope, price.error

    def _exact(self, place: int) -> Line:
        if place not in self._lines:
            candidate, price = self.electorate.candidates[place], self.found[place]
            split = Split(self.state.slopes[candidate.voters] > 0, price.poor, np.zeros_like(price.poor))
            if (split.poor & split.alive).any():
                self._lines[place], _, _ = self._books().price_of(candidate, split, self.state.base)
            else:
                self._lines[place] = alone(candidate, int(candidate.mass[~price.poor].sum()))
        return self._lines[place]

    def _keep_until(self, distance: float, speed: float = 1.0) -> None:
        """Something at a distance (rather too small) comes nearer with the share."""
        if speed > 0:
            self._far = min(self._far, distance / speed)

    def _keep_until_exactly(self, share: Fraction | None) -> None:
        if share is not None and (share > self.state.base or (share == self.state.base and not self.after)):
            self._near = share if self._near is None else min(self._near, share)

    def _keep_until_poor_are_not(self, place: int) -> None:
        """With a larger share somebody who gave all would keep something. Those who have nothing left never will."""
        candidate, price, state = self.electorate.candidates[place], self.found[place], self.state
        line = self._lines.get(place)
        for own, times in self._short.get(place, ()):
            self._keep_until_exactly(own.meets(line.times(times)) if line else None)
        poor = price.poor & (state.slopes[candidate.voters] > 0)
        if place in self._settled_ones:
            poor &= ~self._settled_ones[place]
        if not poor.any():
            return
        units, groups = candidate.units[poor], candidate.voters[poor]
        distance = price.price * units - state.left[groups] - price.error * units - state.noise[groups]
        speed = state.slopes[groups] - price.slope * units
        far = distance > 0
        if far.any():
            self._keep_until(float((distance[far] / speed[far]).min()))

    def _keep_until_overtaken(self, place: int, rivals: list[int]) -> None:
        """With a larger share another work would be cheaper. The lines of those not looked at are never above their prices."""
        state, divisors = self.state, self.electorate.divisors
        own = self.found[place]
        near = set(rivals) - {place}
        for rival in near:
            self._keep_until_exactly(self._overtakes(rival, place))
        others = self.open & self._sale
        others[[place, *near]] = False
        distance = (state.prices - state.errors) / divisors - (own.price + own.error) / divisors[place]
        speed = own.slope / divisors[place] - state.price_slopes / divisors
        coming = others & (speed > 0)
        if coming.any():
            self._keep_until(float((distance[coming] / speed[coming]).min()))

    def _overtakes(self, rival: int, place: int) -> Fraction | None:
        line, own = self._exact(rival), self._exact(place)
        by, mine = self.electorate.candidates[rival].divisor, self.electorate.candidates[place].divisor
        theirs, ours = line.times(Fraction(1, by)), own.times(Fraction(1, mine))
        return theirs.meets(ours) if theirs.slope < ours.slope else None
