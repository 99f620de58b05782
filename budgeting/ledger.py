"""How much of a ceiling is still free. Computed from the ledger every time, never stored."""

from collections.abc import Iterable

from django.db.models import Case, F, Sum, When
from django.db.models.functions import Coalesce

from budgeting.models import Ceiling, LedgerEntry

_SIGNED = Coalesce(Sum(Case(When(kind=LedgerEntry.Kind.COMMIT, then=F("amount")), default=-F("amount"))), 0)


def committed(ceiling: Ceiling) -> int:
    """Whole rupiah committed and not released. Exact for a decision only under the ceiling's row lock."""
    total: int = LedgerEntry.objects.filter(ceiling=ceiling).aggregate(total=_SIGNED)["total"]
    return total


def balance(ceiling: Ceiling) -> int:
    """Whole rupiah that may still be committed: amount - reserve - commits + releases. As `committed` for the lock."""
    return ceiling.amount - ceiling.reserve - committed(ceiling)


def committed_by_ceiling(ceilings: Iterable[Ceiling]) -> dict[int, int]:
    """The same for many ceilings in one query; a ceiling without entries has 0."""
    keys = [ceiling.pk for ceiling in ceilings]
    rows = LedgerEntry.objects.filter(ceiling__in=keys).order_by().values_list("ceiling_id").annotate(total=_SIGNED)
    return {**dict.fromkeys(keys, 0), **dict(rows)}
