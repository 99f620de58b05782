"""The computed criteria of one proposal from its facts. Pure: no Django, no database.

Every input is written down beside the value, also where nothing comes of it; an unknown input gives None, and the set's rule
says what then counts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from deliberation.scoring.law import FIFTHS, MEASURES, band, middle_rank

#: A name of an input and what was found; None where nobody knows.
Input = tuple[str, int | str | None]


@dataclass(frozen=True)
class Standing:
    """Where something stands among others: how many have less, how many the same (itself counted), how many there are."""

    less: int
    equal: int
    total: int

    @property
    def percentile(self) -> Fraction:
        """From 0 to 100."""
        return middle_rank(self.less, self.equal, self.total)


@dataclass(frozen=True)
class Facts:
    """What is known of a proposal on one day. Rupiah, people and years are whole; None is unknown."""

    households: int | None = None
    village_households: int | None = None
    poor_households: int | None = None
    papers_there: int | None = None
    papers_asked: int | None = None
    amount: int | None = None
    volume: Fraction | None = None
    reference_price: int | None = None
    supports: int = 0
    support: Standing | None = None
    size_class: int | None = None
    years_waiting: int = 0
    funded: int | None = None
    inhabitants: int | None = None
    #: Among the villages of the kabupaten by what they were given per head in the last three years.
    per_head: Standing | None = None


@dataclass(frozen=True)
class Computed:
    """A value from 1 to 5, exact, or None; with everything that it was made from."""

    value: Fraction | None
    inputs: tuple[Input, ...]


def computed(code: str, facts: Facts, limits: Sequence[int]) -> Computed:
    """The value of one computed criterion."""
    return _BY_CODE[code](facts, limits)


def _banded(code: str, measured: Fraction, limits: Sequence[int]) -> Fraction:
    return Fraction(band(measured, limits, rising=MEASURES[code].rising))


def _share(code: str, part: int | None, whole: int | None, names: tuple[str, str], limits: Sequence[int]) -> Computed:
    inputs: list[Input] = [(names[0], part), (names[1], whole)]
    if part is None or not whole:
        return Computed(None, tuple(inputs))
    share = min(Fraction(100 * part, whole), Fraction(100))
    return Computed(_banded(code, share, limits), (*inputs, ("percent", _tenths(share))))


def _beneficiaries(facts: Facts, limits: Sequence[int]) -> Computed:
    return _share("BEN", facts.households, facts.village_households, ("households", "village_households"), limits)


def _poor(facts: Facts, limits: Sequence[int]) -> Computed:
    return _share("POV", facts.poor_households, facts.households, ("poor_households", "households"), limits)


def _readiness(facts: Facts, limits: Sequence[int]) -> Computed:
    return _share("RDY", facts.papers_there, facts.papers_asked, ("papers_there", "papers_asked"), limits)


def _cost(facts: Facts, limits: Sequence[int]) -> Computed:
    price = Fraction(facts.amount) / facts.volume if facts.amount and facts.volume else None
    inputs: tuple[Input, ...] = (("unit_price", round(price) if price else None), ("reference_price", facts.reference_price))
    if price is None or not facts.reference_price:
        return Computed(None, inputs)
    share = 100 * price / facts.reference_price
    return Computed(_banded("COST", share, limits), (*inputs, ("percent", _tenths(share))))


def _support(facts: Facts, limits: Sequence[int]) -> Computed:
    inputs: tuple[Input, ...] = (("supports", facts.supports), ("size_class", facts.size_class))
    if facts.support is None:
        return Computed(None, inputs)
    found = facts.support
    more: tuple[Input, ...] = (("compared_with", found.total), ("percentile", _tenths(found.percentile)))
    return Computed(_banded("SUP", found.percentile, limits), (*inputs, *more))


def _equity(facts: Facts, limits: Sequence[int]) -> Computed:
    """Years waiting; where the funding per head is known, the mean of both: who was given least has 5."""
    waited = _banded("EQU", Fraction(facts.years_waiting), limits)
    inputs: tuple[Input, ...] = (("years_waiting", facts.years_waiting), ("funded_three_years", facts.funded), ("inhabitants", facts.inhabitants))
    if facts.per_head is None:
        return Computed(waited, inputs)
    given = facts.per_head.percentile
    value = (waited + Fraction(band(100 - given, FIFTHS))) / 2
    return Computed(value, (*inputs, ("per_head_percentile", _tenths(given))))


def _tenths(number: Fraction) -> str:
    """A percentage with one decimal, rounded half up, as text: `12.5`. For display; the value is made from the exact one."""
    tenths = (number * 20 + 1) // 2
    return f"{tenths // 10}.{tenths % 10}"


_BY_CODE: Mapping[str, Callable[[Facts, Sequence[int]], Computed]] = MappingProxyType(
    {"BEN": _beneficiaries, "POV": _poor, "RDY": _readiness, "COST": _cost, "SUP": _support, "EQU": _equity}
)
