"""Numbers as they are written here, and read from what people type."""

from decimal import Decimal


def number(value: float | Decimal | None) -> str:
    """`1.180`, `8,6`: dots between thousands, a decimal comma, no trailing zeros; a dash for nothing."""
    if value is None:
        return "–"
    whole, _dot, rest = f"{Decimal(str(value)):,f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")
