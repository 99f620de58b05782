"""Who paid for what where voters' groups times works are very many: the same account, without fractions of each purse. Pure.

Exact Equal Shares: all payers of a work pay the same, so its walk says it exactly. Phragmén: who last paid at the same moment pays the same,
and moments are few, so it is exact, too. Equal Shares: purses are whole numbers of a unit so small that the whole budget still
fits into 62 bits; amounts may be off by as many of these as there are works, the same everywhere. Where the budget has up to 15
digits that is less than a fiftieth of a rupiah, so that an amount told in whole rupiah is at most one too low.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from budgeting.rules.problem import Project
from budgeting.rules.sections import Section
from budgeting.rules.shares.electorate import Candidate, Electorate, electorate_of
from budgeting.rules.shares.even_walk import EvenWalk

#: Amounts and how many paid each.
Payments = list[tuple[Fraction, int]]
Wholes = NDArray[np.int64]
_BITS = 62
#: More money than this would not fit.
MONEY_MAX = 1 << 55


def paid_evenly(section: Section, share: Fraction) -> Iterator[Payments]:
    """Of each work in the order of buying."""
    walk = EvenWalk(electorate_of(section.problem, section.in_group))
    walk.to(share)
    for step in walk.steps:
        if step.place >= 0:
            yield [(Fraction(walk.electorate.candidates[step.place].cost, step.payers), step.payers)]


def paid_by_shares(section: Section, projects: Sequence[Project], share: Fraction) -> Iterator[Payments]:
    """Of each work in the order of buying, in the small unit."""
    electorate = electorate_of(section.problem, section.in_group)
    people = section.problem.people
    unit = 1 << max(0, _BITS - int(share * people + 1).bit_length())
    left = np.full(electorate.groups, int(share * unit), dtype=np.int64)
    wanted = _wanted(electorate)
    for project in projects:
        candidate = wanted[project.id]
        weights, units = candidate.weights.astype(np.int64), candidate.units.astype(np.int64)
        holding = left[candidate.voters]
        price = _price(project.cost * unit, holding, weights, units)
        amounts = np.where(holding // units < price, holding, units * price)
        left[candidate.voters] -= amounts
        yield _added_up(np.where(amounts > 2 * len(projects) * units, amounts, 0), weights, unit)


def _wanted(electorate: Electorate) -> dict[str, Candidate]:
    return {candidate.id: candidate for candidate in electorate.candidates}


def _price(cost: int, left: Wholes, weights: Wholes, units: Wholes) -> int:
    """What all pay for a unit of gain, rounded down to the small unit; who has less gives all."""
    order = np.argsort(left / units, kind="stable")
    given = np.concatenate(([0], np.cumsum((left * weights)[order])))
    mass = np.concatenate(([0], np.cumsum((units * weights)[order])))
    low, high = 0, len(order) - 1
    while low < high:
        middle = (low + high) // 2
        poorest = int(order[middle])
        enough = int(left[poorest]) * int(mass[-1] - mass[middle]) >= (cost - int(given[middle])) * int(units[poorest])
        low, high = (low, middle) if enough else (middle + 1, high)
    return (cost - int(given[low])) // int(mass[-1] - mass[low])


def _added_up(amounts: Wholes, weights: Wholes, unit: int) -> Payments:
    whole, which = np.unique(amounts // unit, return_inverse=True)
    paying = np.bincount(which, weights=weights * (amounts > 0)).astype(np.int64)
    # what is less than a rupiah is a payment, too
    told = zip(whole.tolist(), paying.tolist(), strict=True)
    return [(Fraction(amount) if amount else Fraction(1, 2), people) for amount, people in told if people]


def paid_by_time(section: Section, projects: Sequence[Project]) -> Iterator[Payments]:
    """Of each work in the order of buying: everybody earns at the same speed and gives what was earned since the last payment."""
    electorate = electorate_of(section.problem, section.in_group)
    wanted, moments, last = _wanted(electorate), [Fraction(0)], np.zeros(electorate.groups, dtype=np.int64)
    for project in projects:
        candidate = wanted[project.id]
        people = [int(count) for count in np.bincount(last[candidate.voters], weights=candidate.weights, minlength=len(moments))]
        held = sum((moment * count for moment, count in zip(moments, people, strict=True)), Fraction(0))
        now = max(moments[-1], (project.cost + held) / sum(people))
        part = project.cost / (now * sum(people) - held)
        yield [((now - moment) * part, count) for moment, count in zip(moments, people, strict=True) if count]
        last[candidate.voters] = len(moments)
        moments.append(now)
