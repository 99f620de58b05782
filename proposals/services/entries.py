"""What somebody typed or a program sent, read into the register's own shapes: one place for pages and API.

Numbers come as JSON numbers or as text from a form, in the Indonesian way (`1.250.000`, `12,5`) or the programs' way.
Each reader returns the value, None where nothing was given, or raises `Unreadable` with the sentence for that field.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from proposals.models.proposal import AMOUNT_MAX, VOLUME_MAX

_LONGEST_NUMBER = 40
#: As ledgers print it too: `1.250.000,00`.
_GROUPED = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+(,\d{1,2})?|\d+,\d{1,2})", re.ASCII)
_VOLUME_PLACES = Decimal("0.001")


class Unreadable(Exception):  # noqa: N818 - it carries the sentence for one field
    """One field has the wrong shape."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _decimal(value: Any, sentence: str, *, grouped: bool) -> Decimal | None:
    """A finite decimal; `grouped`: dots between groups of three digits are no decimal point."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise Unreadable(sentence)
    text = str(value).strip()
    if len(text) > _LONGEST_NUMBER or "_" in text:
        raise Unreadable(sentence)
    if isinstance(value, str) and (("," in text and grouped is False) or (grouped and _GROUPED.fullmatch(text))):
        text = text.replace(".", "").replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Unreadable(sentence) from None
    if not number.is_finite():
        raise Unreadable(sentence)
    return number


def rupiah(value: Any) -> int | None:
    """Whole rupiah above zero, at most a thousand trillion."""
    number = _decimal(value, _("Amount must be whole rupiah, for example 481000000."), grouped=True)
    if number is None:
        return None
    if number <= 0:
        raise Unreadable(_("Amount must be more than zero."))
    if number > AMOUNT_MAX:
        raise Unreadable(_("This amount is larger than any budget. Check the number of zeros."))
    if number != number.to_integral_value():
        raise Unreadable(_("Amount must be whole rupiah, for example 481000000."))
    return int(number)


def volume(value: Any) -> Decimal | None:
    """A quantity above zero with at most three decimals."""
    number = _decimal(value, _("Write the volume as a number, for example 12.5."), grouped=False)
    if number is None:
        return None
    if number <= 0:
        raise Unreadable(_("Volume must be more than zero."))
    if number > VOLUME_MAX:
        raise Unreadable(_("This volume is too large. Check the unit."))
    rounded = number.quantize(_VOLUME_PLACES)
    if rounded != number:
        raise Unreadable(_("Volume can have at most three decimals."))
    return rounded


def whole(value: Any, sentence: str, *, most: int) -> int | None:
    """A whole number from zero to `most`."""
    number = _decimal(value, sentence, grouped=False)
    if number is None:
        return None
    if not 0 <= number <= most or number != number.to_integral_value():
        raise Unreadable(sentence)
    return int(number)


def cost(quantity: Decimal | None, unit_price: int | None) -> int | None:
    """Volume x unit price in whole rupiah, halves up; None where one is missing. Raises where no budget could hold it."""
    if quantity is None or unit_price is None:
        return None
    amount = int((quantity * unit_price).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if amount > AMOUNT_MAX:
        raise Unreadable(_("This amount is larger than any budget. Check the number of zeros."))
    if amount < 1:
        raise Unreadable(_("Amount must be more than zero."))
    return amount


def choice(value: Any, allowed: list[str]) -> str:
    """One of the words allowed, or nothing."""
    if value is None or value == "":
        return ""
    if not isinstance(value, str) or value not in allowed:
        raise Unreadable(_("Choose one of the list."))
    return value


#: What forms and programs send for yes and no. A box that is not ticked is not sent at all.
_FLAGS = {"": False, "0": False, "false": False, "no": False, "1": True, "true": True, "on": True, "yes": True}


def flag(value: Any) -> bool:
    """Yes or no; nothing is no."""
    if value is None or isinstance(value, bool):
        return bool(value)
    found = _FLAGS.get(str(value).strip().lower()) if isinstance(value, int | str) else None
    if found is None:
        raise Unreadable(_("Send true or false."))
    return found
