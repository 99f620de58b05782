"""What was drawn beside what was claimed: the measure in the claimed unit, and how far the two are apart. Never a block."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from proposals import units
from proposals.models import Proposal
from proposals.units import Kind

_AREAS = ("Polygon", "MultiPolygon")
#: Shorter ones keep their decimals.
_TOLD_WHOLE = Decimal(10)
_HUNDREDTH, _TENTH = Decimal("0.01"), Decimal("0.1")


@dataclass(frozen=True)
class Measured:
    """A drawn length (m) or area (m2). `deviation_percent` says how far it is from the claimed volume: +10 is a tenth more.

    `in_unit` is the measure in the unit of the volume; it and the deviation are None where that unit is no length or area.
    """

    kind: Kind
    size: Decimal
    unit: str
    in_unit: Decimal | None = None
    deviation_percent: Decimal | None = None
    is_beyond: bool = False

    @property
    def told(self) -> Decimal:
        """The size as a page tells it: whole metres, for nobody walks to the centimetre."""
        return self.size.quantize(Decimal(1)) if self.size >= _TOLD_WHOLE else self.size

    @property
    def is_more(self) -> bool:
        """More was drawn than claimed."""
        return self.deviation_percent is not None and self.deviation_percent > 0

    @property
    def apart_percent(self) -> Decimal:
        """The deviation without its sign."""
        return abs(self.deviation_percent or Decimal(0))


def measured_of(proposal: Proposal) -> Measured | None:
    """The measure of a proposal's line or area beside its volume; None where nothing was drawn. Reads `cycle`."""
    if proposal.shape is None or proposal.shape_measure is None:
        return None
    is_area = proposal.shape.geom_type in _AREAS
    return compare(
        proposal.shape_measure,
        Kind.AREA if is_area else Kind.LENGTH,
        volume=proposal.volume,
        unit=proposal.unit,
        tolerance_percent=proposal.cycle.measure_tolerance_percent,
    )


def compare(size: Decimal, kind: Kind, *, volume: Decimal | None, unit: str, tolerance_percent: int) -> Measured:
    """A length in metres or an area in square metres, and the volume that was claimed."""
    own = "m2" if kind is Kind.AREA else "m"
    inside = units.measured(size, kind, unit) if volume else None
    if inside is None or not volume:
        return Measured(kind, size, own)
    deviation = (inside / Fraction(volume) - 1) * 100
    return Measured(kind, size, own, _decimal(inside, _HUNDREDTH), _decimal(deviation, _TENTH), is_beyond=abs(deviation) > tolerance_percent)


def _decimal(value: Fraction, step: Decimal) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, rounding=ROUND_HALF_UP)
