"""Numbers as they are written here, and read from what people type."""

from decimal import Decimal
from uuid import UUID

from proposals.money import MINUS
from proposals.shares import per_mille


def number(value: float | Decimal | None) -> str:
    """`1.180`, `8,6`, `−3`: dots between thousands, a decimal comma, no trailing zeros, a true minus; a dash for nothing."""
    if value is None:
        return "–"
    whole, _dot, rest = f"{Decimal(str(value)):,f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".").replace("-", MINUS) + (f",{rest}" if rest else "")


def percent(thousandths: int) -> str:
    """`12,5` of 125 per mille."""
    return number(Decimal(thousandths) / 10)


def share(part: int, of: int) -> str:
    """`12,5%`: one decimal, half rounded up from whole numbers; a dash of nothing."""
    return f"{percent(per_mille(part, of))}%" if of else "–"


def whole(text: str) -> int | None:
    """What an address or a hidden field holds as a whole number from 0, at most nine digits; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def version(text: str) -> int | None:
    """The version that a form was made from; None where none was sent, and one that never stands where it is no number."""
    return (whole(text) or 0) if text else None


def key(text: str) -> UUID | None:
    """The UUID in a hidden field; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def plain(text: str) -> str:
    """What a person typed as the bare figure: `Rp 481.000.000` is 481000000, `8,6` is 8.6, `1.180` is 1180.

    A lone dot before one or two digits is decimal, as phones type it. Anything else is left as it is.
    """
    bare = text.strip().removeprefix("Rp").replace(" ", "").replace("\u00a0", "")
    whole, comma, rest = bare.partition(",")
    groups = whole.split(".")
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):
        whole = "".join(groups)
    elif len(groups) == 2 and not comma:
        whole, comma, rest = groups[0], ",", groups[1]
    return f"{whole}.{rest}" if comma else whole
