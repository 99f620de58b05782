"""What is told of runs beside each other. Pure: no Django, whole rupiah, exact shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from proposals.small_groups import LEAST_TOLD

#: Villages are divided into so many groups by how poor they are.
FIFTHS = 5


@dataclass(frozen=True)
class Sum:
    """Some lines of one run: how many there are, how many are given money, whole rupiah."""

    lines: int = 0
    funded: int = 0
    amount: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.lines + other.lines, self.funded + other.funded, self.amount + other.amount)


@dataclass(frozen=True)
class Reached:
    """How many people want something of a run, and how many of them get at least one thing that they want."""

    total: int = 0
    reached: int = 0

    @property
    def share(self) -> Fraction | None:
        """None where nobody wants anything, or where they are too few to be told."""
        return Fraction(self.reached, self.total) if self.total >= LEAST_TOLD else None


@dataclass(frozen=True)
class Column:
    """One run: what it gives in all and by group. Groups are named by codes; a group without a line is not there."""

    total: Sum = Sum()
    by_hand: int = 0
    villages: Mapping[str, Sum] = field(default_factory=dict)
    sectors: Mapping[str, Sum] = field(default_factory=dict)
    origins: Mapping[str, Sum] = field(default_factory=dict)
    #: Lines raised by `women`, `youth`, `disabled`, `poor`, and those that are no `physical` work.
    marks: Mapping[str, Sum] = field(default_factory=dict)
    supporters: Reached = Reached()
    #: Voters of a published ballot, by the ballot's key.
    voters: Mapping[str, Reached] = field(default_factory=dict)

    @property
    def villages_reached(self) -> int:
        """How many regions have at least one funded line."""
        return sum(one.funded > 0 for one in self.villages.values())

    def money_share(self, group: Sum) -> Fraction | None:
        """The part of the money that a group is given; None where nothing is given to anybody."""
        return Fraction(group.amount, self.total.amount) if self.total.amount else None

    def line_share(self, group: Sum) -> Fraction | None:
        """The part of the funded lines that are of a group."""
        return Fraction(group.funded, self.total.funded) if self.total.funded else None


@dataclass(frozen=True)
class Place:
    """What is known of a village; None is unknown. `poor` is the largest number of poor households that a proposal of the year names."""

    code: str
    name: str = ""
    population: int | None = None
    households: int | None = None
    poor: int | None = None

    @property
    def poverty(self) -> Fraction | None:
        """The part of its households that is poor, at most all of them."""
        if self.poor is None or not self.households:
            return None
        return min(Fraction(self.poor, self.households), Fraction(1))


@dataclass(frozen=True)
class Fifth:
    """Some villages by how poor they are: 1 is the poorest fifth; 0 are those of which nobody knows."""

    index: int
    villages: tuple[Place, ...]

    @property
    def population(self) -> int:
        """Inhabitants of those whose number is known."""
        return sum(place.population or 0 for place in self.villages)

    def per_head(self, sums: Mapping[str, Sum]) -> Fraction | None:
        """Rupiah for each inhabitant, of the villages whose inhabitants are known; None where none are."""
        known = [place for place in self.villages if place.population]
        people = sum(place.population or 0 for place in known)
        given = sum(sums[place.code].amount for place in known if place.code in sums)
        return Fraction(given, people) if people else None


def nearest(value: Fraction) -> int:
    """The nearest whole rupiah, halves upwards: for reading, never for deciding."""
    return int((value * 2 + 1) // 2)


def fifths(places: Sequence[Place]) -> list[Fifth]:
    """Five groups of villages, as even in number as can be, the poorest first; those without data last, if there are any.

    Among equally poor ones the lower code goes first. Fewer than five known villages are not divided.
    """
    known = sorted((place for place in places if place.poverty is not None), key=lambda place: (-(place.poverty or 0), place.code))
    unknown = tuple(place for place in places if place.poverty is None)
    groups: list[Fifth] = []
    if len(known) >= FIFTHS:
        for index in range(FIFTHS):
            part = tuple(place for at, place in enumerate(known) if at * FIFTHS // len(known) == index)
            groups.append(Fifth(index + 1, part))
    else:
        unknown = tuple(sorted(places, key=lambda place: place.code))
    return [*groups, Fifth(0, unknown)] if unknown else groups


@dataclass(frozen=True)
class Moved:
    """What one village is given in the first run and in another."""

    code: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """Above zero: it gains."""
        return self.after - self.before


def moved(first: Column, other: Column) -> list[Moved]:
    """Regions that are not given the same, who gains most first, who loses most last; among equals by code."""
    regions = sorted({*first.villages, *other.villages})
    found = [Moved(code, first.villages.get(code, Sum()).amount, other.villages.get(code, Sum()).amount) for code in regions]
    return sorted((one for one in found if one.change), key=lambda one: (-one.change, one.code))
