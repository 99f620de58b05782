"""How the price of a proposal lies to the dictionary's: the same, above, below, or not to be compared."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from proposals import units
from proposals.models import Proposal


class Lies(StrEnum):
    """What a comparison says."""

    MATCHED = "matched"
    ABOVE = "above"
    BELOW = "below"
    #: The dictionary names no price for this work.
    NO_PRICE = "no_price"
    #: Counted in another unit than the dictionary counts in.
    OTHER_UNIT = "other_unit"
    #: No volume or amount yet.
    NOTHING_YET = "nothing_yet"
    NOT_LISTED = "not_listed"


@dataclass(frozen=True)
class Comparison:
    """`price`: rupiah for one unit as asked, `reference`: the dictionary's; `percent`: whole percent apart, never negative."""

    lies: Lies
    price: Fraction | None = None
    reference: int | None = None
    percent: int = 0


def compared(proposal: Proposal) -> Comparison:
    """The amount that stands, divided by the volume, beside the dictionary's price; less than half a percent is the same."""
    entry = proposal.dictionary_entry
    if entry is None:
        return Comparison(Lies.NOT_LISTED)
    if entry.unit_price is None:
        return Comparison(Lies.NO_PRICE)
    if not proposal.volume or not proposal.amount:
        return Comparison(Lies.NOTHING_YET, reference=entry.unit_price)
    price = Fraction(proposal.amount) / Fraction(proposal.volume)
    if not units.same(proposal.unit, entry.unit):
        return Comparison(Lies.OTHER_UNIT, price, entry.unit_price)
    apart = (price - entry.unit_price) * 100 / entry.unit_price
    percent = int(abs(apart) + Fraction(1, 2))
    lies = Lies.MATCHED if not percent else Lies.ABOVE if apart > 0 else Lies.BELOW
    return Comparison(lies, price, entry.unit_price, percent)
