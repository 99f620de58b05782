"""A figure's value as numbers for programs and files: rounded once, half away from zero, from exact fractions."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from budgeting.figures.figure import Figure, Unit

#: Digits behind the point that a unit is told with.
_DIGITS = {Unit.PERCENT: 1, Unit.PER_THOUSAND: 1, Unit.YEARS: 1, Unit.SECONDS: 0, Unit.RUPIAH: 0, Unit.INDEX: 3}


def rounded(figure: Figure) -> Decimal | None:
    """The value as it is told; None where there is none."""
    if figure.value is None:
        return None
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(figure.value.numerator) / Decimal(figure.value.denominator)
        return exact.quantize(Decimal(1).scaleb(-_DIGITS[figure.unit]), rounding=ROUND_HALF_UP)
