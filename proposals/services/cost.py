"""How much is asked for: volume x unit price, or another amount for a reason that everybody reads."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from proposals import units
from proposals.services import entries
from proposals.services.reading import Entry, written

#: Shorter reasons explain nothing (DOMAIN 7.2).
REASON_SHORTEST, REASON_LONGEST = 20, 300
_UNIT_LONGEST = 30
WRITABLE = ("volume", "unit", "unit_price", "amount", "amount_reason")


def read_unit(entry: Entry, sent: Mapping[str, Any]) -> None:
    """The unit as it was written; `read_cost` gives it its one spelling."""
    entry.take("unit", partial(written, sent.get("unit"), "unit", _UNIT_LONGEST))


def read_cost(entry: Entry, sent: Mapping[str, Any]) -> None:
    """Unit, volume, price and amount: "meter", "M1" and "m'" are one metre; the dictionary's price stands where none was typed."""
    if unit := entry.values.get("unit"):
        entry.values["unit"] = units.normal(unit)  # also where the dictionary brought it, in its own spelling
    volume = entry.take("volume", lambda: entries.volume(sent.get("volume")))
    known = entry.values.get("dictionary_entry")
    price = entry.take("unit_price", lambda: entries.rupiah(sent.get("unit_price")))
    if price is None and known is not None and "unit_price" not in entry.errors:
        price = entry.values["unit_price"] = known.unit_price
    told = entry.take("amount", lambda: entries.rupiah(sent.get("amount")))
    reason = entry.take("amount_reason", partial(written, sent.get("amount_reason"), "amount_reason", REASON_LONGEST))
    amount = entry.take("amount", lambda: entries.cost(volume, price))
    if amount is None or told is None or amount == told:
        # a reason explains a difference; without one it would only puzzle
        entry.values["amount_reason"] = ""
        return
    entry.values["amount"] = told
    if reason is not None and len(reason) < REASON_SHORTEST:
        _ask_why(entry, amount, given=bool(reason))


def _ask_why(entry: Entry, amount: int, *, given: bool) -> None:
    if given:
        entry.wrong("amount_reason", _("Write a reason of at least 20 characters. Citizens read it."))
    else:
        sentence = _("Volume times unit price is %(amount)s. Correct one of the three, or say why the amount is another.")
        entry.wrong("amount", sentence % {"amount": f"Rp{amount:,}".replace(",", ".")})
