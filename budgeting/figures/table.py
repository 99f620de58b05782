"""All figures in the order in which they are told: one row a figure. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from budgeting.figures import coverage, decided, money, people
from budgeting.figures.facts import Facts
from budgeting.figures.figure import Figure


@dataclass(frozen=True)
class Definition:
    """One figure: its code, the group it is told with, and how it is made of the facts."""

    code: str
    group: str
    of: Callable[[Facts], Figure]


TABLE: tuple[Definition, ...] = (
    Definition("coverage", "asking", coverage.coverage),
    Definition("geotag", "asking", coverage.geotag),
    Definition("soft", "asking", money.soft),
    Definition("accommodation", "deciding", decided.accommodation),
    Definition("answered", "deciding", decided.answered),
    Definition("rejected", "deciding", decided.rejected),
    Definition("waiting", "deciding", decided.waiting),
    Definition("waiting_long", "deciding", decided.waiting_long),
    Definition("ghost", "money", money.ghost),
    Definition("realisation", "money", decided.realisation),
    Definition("soft_money", "money", money.soft_money),
    *(Definition(f"poverty_{index}", "poverty", partial(money.fifth, index=index)) for index in range(1, money.FIFTHS + 1)),
    Definition("concentration", "poverty", money.concentration),
    Definition("women_came", "women", people.women_came),
    Definition("women_asked", "women", people.women_asked),
    Definition("women_given", "women", people.women_given),
    Definition("participation", "people", people.participation),
    Definition("quorum", "people", people.quorum),
    Definition("recount", "people", people.recount),
    Definition("delay", "people", people.delay),
)
#: Told for each region below as well: what is counted by place.
BY_PLACE = ("coverage", "geotag", "accommodation", "realisation", "ghost")


def figures_of(facts: Facts) -> list[Figure]:
    """Every figure, in order; those without data say why."""
    return [definition.of(facts) for definition in TABLE]


def by_place(facts: Facts) -> list[Figure]:
    """Those that can be told of a part of a region."""
    return [definition.of(facts) for definition in TABLE if definition.code in BY_PLACE]
