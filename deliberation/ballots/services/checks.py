"""What limits a ballot may have, read from what was typed."""

from typing import Any

from django.utils.translation import gettext as _

from deliberation.ballots.words import BallotKind
from proposals.services.entries import Unreadable
from proposals.services.entries import rupiah as read_rupiah

Errors = dict[str, list[str]]
#: The limits of each kind that must be given; `budget` may stand on every ballot.
NEEDED: dict[str, tuple[str, ...]] = {
    BallotKind.APPROVAL: ("most",),
    BallotKind.KNAPSACK: ("budget",),
    BallotKind.RANKING: ("most",),
    BallotKind.POINTS: ("points_total", "points_each"),
}
_HIGHEST = {"most": 99, "points_total": 1000, "points_each": 1000}


def read_limits(kind: str, typed: dict[str, Any], errors: Errors) -> dict[str, int | None]:
    """The limits of a kind; others are left out. Adds to `errors` by field."""
    needed = NEEDED.get(kind, ())
    limits: dict[str, int | None] = {name: _whole(name, typed.get(name), errors) if name in needed else None for name in _HIGHEST}
    limits["budget"] = _budget(typed.get("budget"), errors, required="budget" in needed)
    total, each = limits["points_total"], limits["points_each"]
    if total is not None and each is not None and each > total:
        errors["points_each"] = [_("One candidate cannot have more points than there are.")]
    return limits


def _whole(name: str, value: Any, errors: Errors) -> int | None:
    text = str(value if value is not None else "").strip()
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= _HIGHEST[name]:
        return int(text)
    errors[name] = [_("Write a whole number from 1 to %(most)d.") % {"most": _HIGHEST[name]}]
    return None


def _budget(value: Any, errors: Errors, *, required: bool) -> int | None:
    try:
        amount = read_rupiah(value) if value not in (None, "") else None
    except Unreadable as error:
        errors["budget"] = [error.sentence]
        return None
    if amount is None and required:
        errors["budget"] = [_("Amount must be whole rupiah, for example 481000000.")]
    return amount
