"""What a valid ballot is: one engine a kind. Pure: no Django.

A ballot is a list of marks: pairs of a candidate's number and a value, which is 1 for a mark, the place for a rank, and the
points for points. No mark at all is an abstention, which the voter has to say.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Mark = tuple[int, int]
Marks = tuple[Mark, ...]


class Kind(StrEnum):
    """The kinds by name."""

    APPROVAL = "approval"
    KNAPSACK = "knapsack"
    RANKING = "ranking"
    POINTS = "points"


@dataclass(frozen=True)
class Rules:
    """The limits of one ballot; those of other kinds are None. Amounts in whole rupiah."""

    kind: Kind
    most: int | None = None
    budget: int | None = None
    points_total: int | None = None
    points_each: int | None = None


@dataclass(frozen=True)
class Standee:
    """A candidate as it was frozen at opening."""

    number: int
    title: str
    cost: int
    village: str = ""
    village_code: str = ""
    proposal: str = ""
    withdrawn: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong with a ballot, by a name, with the figures a sentence needs."""

    code: str
    number: int = 0
    limit: int = 0
    given: int = 0


Standees = Mapping[int, Standee]


def faults_of(rules: Rules, standees: Standees, marks: Sequence[Mark], *, abstains: bool = False) -> list[Fault]:
    """Everything that is wrong, in a fixed order; empty for a valid ballot."""
    if abstains or not marks:
        return [] if abstains != bool(marks) else [Fault("abstains_and_marks" if abstains else "empty", given=len(marks))]
    return _naming(standees, marks) or _LIMITS[rules.kind](rules, standees, marks)


def canonical(marks: Sequence[Mark]) -> Marks:
    """The marks in the order of the candidates, so that the order of pressing is kept nowhere."""
    return tuple(sorted((number, value) for number, value in marks))


def counted(rules: Rules, standees: Standees, marks: Sequence[Mark]) -> Marks:
    """The marks as they count: without candidates that were withdrawn meanwhile; lower ranks move up."""
    left = [(number, value) for number, value in marks if not standees[number].withdrawn]
    if rules.kind is Kind.RANKING:
        left = [(number, place) for place, (_value, number) in enumerate(sorted((value, number) for number, value in left), start=1)]
    return canonical(left)


def _naming(standees: Standees, marks: Sequence[Mark]) -> list[Fault]:
    """Who is named: nobody unknown, nobody withdrawn, nobody twice."""
    found = []
    for number, times in sorted(Counter(number for number, _value in marks).items()):
        if number not in standees:
            found.append(Fault("unknown", number))
        elif standees[number].withdrawn:
            found.append(Fault("withdrawn", number))
        elif times > 1:
            found.append(Fault("twice", number))
    return found


def _plain(marks: Sequence[Mark]) -> list[Fault]:
    return [Fault("value", number) for number, value in marks if value != 1]


def _approval(rules: Rules, _standees: Standees, marks: Sequence[Mark]) -> list[Fault]:
    most = rules.most or 0
    return _plain(marks) or ([Fault("too_many", limit=most, given=len(marks))] if len(marks) > most else [])


def _knapsack(rules: Rules, standees: Standees, marks: Sequence[Mark]) -> list[Fault]:
    budget, total = rules.budget or 0, sum(standees[number].cost for number, _value in marks)
    return _plain(marks) or ([Fault("over_budget", limit=budget, given=total)] if total > budget else [])


def _ranking(rules: Rules, _standees: Standees, marks: Sequence[Mark]) -> list[Fault]:
    most, places = rules.most or 0, Counter(value for _number, value in marks)
    wrong = [Fault("value", number) for number, value in marks if value < 1]
    if wrong or len(marks) > most:
        return wrong or [Fault("too_many", limit=most, given=len(marks))]
    if twice := sorted(place for place, times in places.items() if times > 1):
        return [Fault("place_twice", given=place) for place in twice]
    return [Fault("gap", given=place) for place in range(1, len(marks) + 1) if place not in places][:1]


def _points(rules: Rules, _standees: Standees, marks: Sequence[Mark]) -> list[Fault]:
    total, each, given = rules.points_total or 0, rules.points_each or 0, sum(value for _number, value in marks)
    if wrong := [Fault("value", number) for number, value in marks if value < 1]:
        return wrong
    if over := [Fault("too_many_each", number, limit=each, given=value) for number, value in marks if value > each]:
        return over
    return [Fault("too_many_points", limit=total, given=given)] if given > total else []


_LIMITS: dict[Kind, Callable[[Rules, Standees, Sequence[Mark]], list[Fault]]] = {
    Kind.APPROVAL: _approval,
    Kind.KNAPSACK: _knapsack,
    Kind.RANKING: _ranking,
    Kind.POINTS: _points,
}
