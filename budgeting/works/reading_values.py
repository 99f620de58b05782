"""What somebody typed or a program sent about a work, read into its own shapes: one place for pages, API and sheets."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from proposals.services.entries import Unreadable
from proposals.services.entries import rupiah as positive_rupiah

_LONGEST = 20


def percent(value: Any) -> Decimal:
    """0 to 100 with at most two decimals: `45`, `12,5`, `12.5 %`. Raises Unreadable."""
    sentence = _("Write the progress as a percent from 0 to 100, for example 45.")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise Unreadable(sentence)
    bare = str(value).strip().removesuffix("%").strip()
    try:
        number = Decimal(bare.replace(",", ".")) if bare and len(bare) <= _LONGEST and "_" not in bare else Decimal("NaN")
    except InvalidOperation:
        raise Unreadable(sentence) from None
    if not number.is_finite() or not 0 <= number <= 100 or number != number.quantize(Decimal("0.01")):
        raise Unreadable(sentence)
    return number.quantize(Decimal("0.01"))


def paid(value: Any) -> int:
    """Whole rupiah from zero. Raises Unreadable."""
    bare = value.strip().removeprefix("Rp").lstrip(". ").removesuffix(",-").strip() if isinstance(value, str) else value
    if not isinstance(bare, bool) and str(bare) in {"0", "0,00", "0.0"}:
        return 0
    amount = positive_rupiah(bare)
    if amount is None:
        raise Unreadable(_("Write what was paid so far in whole rupiah; 0 where nothing was paid yet."))
    return amount


def day(value: Any) -> date:
    """`2027-03-15`, or as it is written here, `15/03/2027`. Raises Unreadable."""
    if isinstance(value, date):
        return value
    text = str(value).strip()[:10] if isinstance(value, str) else ""
    parts = text.replace("/", "-").replace(".", "-").split("-")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
        year, month, of_month = parts if len(parts[0]) == 4 else reversed(parts)
        try:
            return date(int(year), int(month), int(of_month))
        except ValueError:
            pass
    raise Unreadable(_("Write the date as year-month-day, for example 2027-03-15."))


def key(value: Any) -> UUID:
    """The sender's own UUID. Raises Unreadable."""
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        raise Unreadable(_("Send a UUID of your own, so that the same thing sent twice is one.")) from None
