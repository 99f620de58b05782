"""What the computed criteria measure and how a measure becomes a value from 1 to 5. Pure law: no Django, no database.

Codes, anchors and weights are DOMAIN section 6; the limits of the bands are a set's own data, these are only what they mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

LOWEST, MIDDLE, HIGHEST = 1, 3, 5
BANDS = HIGHEST - LOWEST
#: Criteria that break ties, in their order; after them the earlier submission, then the seeded order.
TIE_BREAKERS = ("POV", "URG")
#: Places between villages are told in fifths.
FIFTHS = (20, 40, 60, 80)
#: Sizes of villages by inhabitants that compare their support: up to the first, the second, the third, and above.
SIZE_CLASSES = (1500, 3000, 6000)


@dataclass(frozen=True)
class Measure:
    """What a computed criterion measures: its unit, and whether more is better."""

    unit: str
    rising: bool = True


#: The codes that can be computed from what the platform holds.
MEASURES = MappingProxyType(
    {
        "BEN": Measure("percent"),
        "POV": Measure("percent"),
        "RDY": Measure("percent"),
        "COST": Measure("percent", rising=False),
        "SUP": Measure("percent"),
        "EQU": Measure("years"),
    }
)


def band(measured: Fraction, limits: Sequence[int], *, rising: bool = True) -> int:
    """The value from 1 to 5: rising, each limit that is reached adds one; falling, each limit that is passed takes one off."""
    if rising:
        return LOWEST + sum(measured >= limit for limit in limits)
    return HIGHEST - sum(measured > limit for limit in limits)


def middle_rank(less: int, equal: int, total: int) -> Fraction:
    """The percentile of something among `total`, itself counted: equals share the middle of their places; alone it is 50."""
    return Fraction(100 * (2 * less + equal), 2 * total)


def size_class(inhabitants: int | None) -> int | None:
    """The number of the class of a village, from 0; None where nobody knows how many live there."""
    return None if inhabitants is None else sum(inhabitants > limit for limit in SIZE_CLASSES)
