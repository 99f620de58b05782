"""Who paid for what, as it is drawn: per work how many paid how much, each level of payment a bar with its figures as text."""

from dataclasses import dataclass
from typing import Any

from budgeting.models import AllocationRun
from budgeting.sentences import share_word
from proposals.models import Proposal

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
    title: str
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
class Part:
    """A work paid by nobody, from what all rounds left: whole or in part."""

    number: str
    title: str
    amount: int
    cost: int


@dataclass(frozen=True)
class Payments:
    """The whole account of a run; `is_too_large` where the rule told no single payments."""

    purses: list[Purse]
    rest: list[Part]
    is_too_large: bool = False


def payments_of(run: AllocationRun) -> Payments | None:
    """What the run's account tells; None for rules in which nobody pays. One query where somebody does."""
    told, rest, is_too_large = run.account.get("runs", []), run.account.get("rest", []), "too_large" in run.account
    if not told and not is_too_large:
        return None
    numbers = {work["project"] for one in told for work in one["works"][:WORKS_MAX]} | {part["project"] for part in rest}
    titles = dict(Proposal.objects.filter(number__in=numbers).values_list("number", "title")) if numbers else {}
    parts = [Part(part["project"], titles.get(part["project"], ""), part["amount"], part["cost"]) for part in rest]
    return Payments([_purse(one, titles) for one in told], parts, is_too_large)


def _purse(told: dict[str, Any], titles: dict[str | None, str]) -> Purse:
    works = told["works"]
    share = share_word(told["share"]) if told["share"] else ""
    shown = [_work(one, titles) for one in works[:WORKS_MAX]]
    return Purse(share, told["money"], told["voters"], told.get("each", 0), shown, len(works) - len(shown))


def _work(told: dict[str, Any], titles: dict[str | None, str]) -> Work:
    number, payers = told["project"], told["payers"]
    return Work(
        number=number,
        title=titles.get(number, ""),
        cost=told["cost"],
        supporters=told["supporters"],
        payers=payers,
        smallest=told.get("smallest", 0),
        largest=told.get("largest", 0),
        levels=_levels(told.get("levels", []), payers),
        by_votes=told["how"] == "votes",
    )


def _levels(told: list[list[int]], payers: int) -> list[Level]:
    """Bars by people: the width is the part of all payers, in thousandths."""
    levels, before = [], 0
    for least, most, people in told:
        at, end = _WIDTH * before // payers, _WIDTH * (before + people) // payers
        levels.append(Level(least, most, people, str(max(1, end - at)), str(at)))
        before += people
    return levels
