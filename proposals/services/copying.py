"""What a carried-over proposal takes along: everything the village wrote, at the prices of the new year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from proposals import units
from proposals.content import TEXT
from proposals.models import Cycle, DictionaryEntry, Proposal, Recommendation
from proposals.services import entries
from proposals.services.entries import Unreadable
from proposals.services.said import ASKING

#: Written anew for the new year: its prices, and what follows from them.
_ANEW = frozenset({"plan_year", "dictionary_entry", "volume", "unit_price", "amount", "amount_reason"})
_ALONG = tuple(name for name in TEXT if name not in _ANEW)


@dataclass(frozen=True)
class Asked:
    """What a village asked for last, before any level changed it."""

    volume: Decimal | None
    amount: int | None


def asked_last(proposals: Iterable[Proposal]) -> dict[UUID, Asked]:
    """By proposal, in one query; what stands, where no submission is kept (imported rows)."""
    kept = {proposal.pk: Asked(proposal.volume, proposal.amount) for proposal in proposals}
    steps = Recommendation.objects.filter(proposal__in=kept, move__in=ASKING).order_by("proposal_id", "-version").distinct("proposal_id")
    return kept | {key: Asked(volume, amount) for key, volume, amount in steps.values_list("proposal_id", "volume", "amount")}


def entries_of(cycle: Cycle, proposals: Iterable[Proposal]) -> dict[str, DictionaryEntry]:
    """The new year's entries with the codes that the proposals have, in one query."""
    codes = {proposal.dictionary_entry.code for proposal in proposals if proposal.dictionary_entry}
    found = DictionaryEntry.objects.filter(cycle=cycle, is_locked=False, code__in=codes).select_related("agency")
    return {entry.code: entry for entry in found}


def taken_along(proposal: Proposal, asked: Asked, new: Mapping[str, DictionaryEntry]) -> dict[str, Any]:
    """The values of the new draft: text, place, shape and marks as they are, volume as it was asked for, price by the new year.

    An entry that is gone, or counts in another unit now, is left out: the village chooses anew and the old price stands.
    """
    entry = new.get(proposal.dictionary_entry.code) if proposal.dictionary_entry else None
    if entry is not None and not units.same(entry.unit, proposal.unit):
        entry = None
    price = entry.unit_price if entry is not None and entry.unit_price else proposal.unit_price
    values = {name: getattr(proposal, name) for name in _ALONG}
    return {
        **values,
        "dictionary_entry": entry,
        "agency": entry.agency if entry else None,
        "volume": asked.volume,
        "unit_price": price,
        **_amount(proposal, asked, price),
    }


def _amount(proposal: Proposal, asked: Asked, price: int | None) -> dict[str, Any]:
    """Volume x price; the asked amount where there is no price, or where the village said why it is another at the same price."""
    if price is None or (proposal.amount_reason and price == proposal.unit_price):
        return {"amount": asked.amount, "amount_reason": proposal.amount_reason}
    try:
        amount = entries.cost(asked.volume, price)
    except Unreadable:
        amount = None  # no budget could hold it at the new price: the form says so when the draft is sent
    return {"amount": amount, "amount_reason": ""}
