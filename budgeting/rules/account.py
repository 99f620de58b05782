"""Who paid for what where supporters buy: exact payments, told as whole units by level and never by voter. Pure.

    {"mandatory": rupiah paid before anybody held a part,
     "runs": [{"share": name of the minimum share or "", "money", "voters", "each": what a voter held at most (Equal Shares),
               "works": [{"project", "how": "shares" | "votes" | "time", "cost", "supporters", "payers",
                          "smallest", "largest", "levels": [[from, to, payers], ...]}]}],
     "rest": [{"project", "amount", "cost"}]: paid from what all of this left, and by nobody; only where there is such a payment}

Amounts are rounded down, levels at most `LEVELS_MAX`; a work bought by votes has no payers. Where voters' groups times works are more than
`PAIRS_MAX`, purses are not paid again in fractions (`many_payers`), and `rounded` says so where an amount may be one unit too low. Where
the money is too much even for that, there is no account but `{"too_large": pairs of voters' groups and works}`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from budgeting.rules import many_payers
from budgeting.rules.many_payers import Payments
from budgeting.rules.parts import Part
from budgeting.rules.problem import Project
from budgeting.rules.sections import Section

LEVELS_MAX = 8
#: Payments are fractions with large denominators: so many are a few seconds.
PAIRS_MAX = 200_000


@dataclass(frozen=True)
class Bought:
    """What one run bought: by its own way in order, then by votes; `share` what each voter held, None where money comes with time."""

    section: Section
    projects: Sequence[Project]
    share: Fraction | None = None
    evenly: bool = False
    by_votes: Sequence[Project] = ()

    @cached_property
    def alike(self) -> dict[tuple[tuple[str, int], ...], int]:
        """How many voters gain the same from the works that were bought: they pay the same."""
        by_points = self.section.problem.satisfaction.by_points and self.share is not None
        bought = {project.id for project in self.projects}
        found: Counter[tuple[tuple[str, int], ...]] = Counter()
        for ballot in self.section.problem.ballots:
            gains = ballot.points if by_points else (1,) * len(ballot.approved)
            found[tuple((key, gain) for key, gain in zip(ballot.approved, gains, strict=True) if gain and key in bought)] += ballot.times
        return dict(sorted(found.items()))


def account(mandatory: int, runs: Sequence[Bought], rest: Sequence[Part] = ()) -> dict[str, Any]:
    """The whole account, as JSON."""
    pairs = sum(len(run.alike) * len(run.projects) for run in runs)
    left_over = [{"project": part.project.id, "amount": part.amount, "cost": part.project.cost} for part in rest]
    many = pairs > PAIRS_MAX
    shared = [run.share * run.section.problem.people for run in runs if run.share is not None and not run.evenly]
    if many and max(shared, default=0) > many_payers.MONEY_MAX:
        return {"too_large": pairs}
    told: dict[str, Any] = {"mandatory": mandatory, "runs": [_told(run, many=many) for run in runs]}
    if many and shared:
        told["rounded"] = True
    return {**told, "rest": left_over} if left_over else told


def _paid_by_many(run: Bought) -> Iterator[Payments]:
    if run.share is None:
        return many_payers.paid_by_time(run.section, run.projects)
    if run.evenly:
        return many_payers.paid_evenly(run.section, run.share)
    return many_payers.paid_by_shares(run.section, run.projects, run.share)


def _paid(run: Bought) -> Iterator[Payments]:
    return _by_time(run) if run.share is None else _by_shares(run, run.share)


def _told(run: Bought, *, many: bool) -> dict[str, Any]:
    problem = run.section.problem
    paid = _paid_by_many(run) if many else _paid(run)
    how = "time" if run.share is None else "shares"
    works = [_work(project, how, payments) for project, payments in zip(run.projects, paid, strict=True)]
    works += [_work(project, "votes", []) for project in run.by_votes]
    each = {} if run.share is None else {"each": int(run.share)}
    return {"share": run.section.share, "money": problem.budget, "voters": problem.people, **each, "works": works}


def _work(project: Project, how: str, payments: Payments) -> dict[str, Any]:
    given = sorted((int(amount), people) for amount, people in payments if amount > 0)
    told = {"project": project.id, "how": how, "cost": project.cost, "supporters": project.votes, "payers": sum(people for _, people in given)}
    return {**told, "smallest": given[0][0], "largest": given[-1][0], "levels": _levels(given)} if given else told


def _levels(given: list[tuple[int, int]]) -> list[list[int]]:
    """Amounts in their order, neighbours put together so that each level has about as many payers as the others."""
    amounts = Counter[int]()
    for amount, people in given:
        amounts[amount] += people
    if len(amounts) <= LEVELS_MAX:
        return [[amount, amount, people] for amount, people in sorted(amounts.items())]
    enough = -(-sum(amounts.values()) // LEVELS_MAX)
    levels: list[list[int]] = []
    for amount, people in sorted(amounts.items()):
        if levels and levels[-1][2] < enough:
            levels[-1][1] = amount
            levels[-1][2] += people
        else:
            levels.append([amount, amount, people])
    return levels


@dataclass
class _Purse:
    gains: dict[str, int]
    people: int
    #: What one of them still holds; with time: when they last paid.
    left: Fraction


def _purses(run: Bought, start: Fraction) -> list[_Purse]:
    return [_Purse(dict(gains), people, start) for gains, people in run.alike.items()]


def _by_shares(run: Bought, share: Fraction) -> Iterator[Payments]:
    purses = _purses(run, share)
    for project in run.projects:
        wanting = [purse for purse in purses if project.id in purse.gains]
        if run.evenly:
            least = _even_price(project.cost, wanting)
            paying = [(purse, least if purse.left >= least else Fraction(0)) for purse in wanting]
        else:
            unit = _unit_price(project, wanting)
            paying = [(purse, min(purse.left, unit * purse.gains[project.id])) for purse in wanting]
        for purse, amount in paying:
            purse.left -= amount
        yield [(amount, purse.people) for purse, amount in paying]


def _unit_price(project: Project, wanting: list[_Purse]) -> Fraction:
    """What all pay for a unit, who have less give all."""
    left, units = Fraction(project.cost), sum(purse.people * purse.gains[project.id] for purse in wanting)
    for purse in sorted(wanting, key=lambda purse: purse.left / purse.gains[project.id]):
        if purse.left * units >= left * purse.gains[project.id]:
            return left / units
        left, units = left - purse.left * purse.people, units - purse.people * purse.gains[project.id]
    raise AssertionError(f"project {project.id} was bought, so its supporters hold its cost")


def _even_price(cost: int, wanting: list[_Purse]) -> Fraction:
    """What each payer pays where all pay the same and as many as can do."""
    people = sum(purse.people for purse in wanting)
    for purse in sorted(wanting, key=lambda purse: purse.left):
        if purse.left * people >= cost:
            break
        people -= purse.people
    return Fraction(cost, people)


def _by_time(run: Bought) -> Iterator[Payments]:
    purses, now = _purses(run, Fraction(0)), Fraction(0)
    for project in run.projects:
        wanting = [purse for purse in purses if project.id in purse.gains]
        held = sum(purse.left * purse.people for purse in wanting)
        now = max(now, (project.cost + held) / Fraction(sum(purse.people for purse in wanting)))
        # one that comes on sale late is bought by supporters who hold more than its cost: each gives the same part of what is held
        part = Fraction(project.cost) / (sum((now - purse.left) * purse.people for purse in wanting))
        yield [((now - purse.left) * part, purse.people) for purse in wanting]
        for purse in wanting:
            purse.left = now
