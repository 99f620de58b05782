"""Who paid for what, as it is drawn: per work how many paid how much, each level of payment a bar with its figures as text."""

from dataclasses import dataclass
from typing import Any

from budgeting.models import AllocationRun
from budgeting.sentences import share_word

#: So many works are drawn; the bundle holds all of them.
WORKS_MAX = 60
_WIDTH = 1000


@dataclass(frozen=True)
class Level:
    """So many people paid between these amounts; the bar's width is their part of the work's price."""

    least: int
    most: int
    people: int
    width: str
    at: str


@dataclass(frozen=True)
class Work:
    """One work that was bought: by how many of those who want it, the smallest and the largest payment."""

    number: str
    cost: int
    supporters: int
    payers: int
    smallest: int
    largest: int
    levels: list[Level]
    by_votes: bool


@dataclass(frozen=True)
class Purse:
    """One round of buying: the money, how many voters, what each held (0 where money comes with time), and the works."""

    share: str
    money: int
    voters: int
    each: int
    works: list[Work]
    more: int


@dataclass(frozen=True)
class Payments:
    """The whole account of a run; `is_too_large` where the rule told none."""

    purses: list[Purse]
    is_too_large: bool = False


def payments_of(run: AllocationRun) -> Payments | None:
    """What the run's account tells; None for rules in which nobody pays."""
    if "too_large" in run.account:
        return Payments([], is_too_large=True)
    told = run.account.get("runs")
    return Payments([_purse(one) for one in told]) if told else None


def _purse(told: dict[str, Any]) -> Purse:
    works = told["works"]
    share = share_word(told["share"]) if told["share"] else ""
    return Purse(share, told["money"], told["voters"], told.get("each", 0), [_work(one) for one in works[:WORKS_MAX]], max(0, len(works) - WORKS_MAX))


def _work(told: dict[str, Any]) -> Work:
    facts = (told["project"], told["cost"], told["supporters"], told["payers"], told.get("smallest", 0), told.get("largest", 0))
    return Work(*facts, _levels(told.get("levels", []), told["payers"]), told["how"] == "votes")


def _levels(told: list[list[int]], payers: int) -> list[Level]:
    """Bars by people: the width is the part of all payers, in thousandths."""
    levels, before = [], 0
    for least, most, people in told:
        at, end = _WIDTH * before // payers, _WIDTH * (before + people) // payers
        levels.append(Level(least, most, people, str(max(1, end - at)), str(at)))
        before += people
    return levels
