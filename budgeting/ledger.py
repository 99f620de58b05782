"""Where the money of a ceiling is. Computed from the ledger and the ceilings below every time, never stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import Coalesce

from budgeting.models import Ceiling, LedgerEntry

Kind = LedgerEntry.Kind


def _signed(plus: str, minus: str = "") -> Any:
    whens = [When(kind=plus, then=F("amount")), *([When(kind=minus, then=-F("amount"))] if minus else [])]
    return Coalesce(Sum(Case(*whens, default=0)), 0)


_COMMITTED = _signed(Kind.COMMIT, Kind.RELEASE)
_MOVED = _signed(Kind.TRANSFER_IN, Kind.TRANSFER_OUT)
_RELEASED = _signed(Kind.RESERVE_RELEASE)
_NOTHING = (0, 0, 0)


@dataclass(frozen=True)
class Standing:
    """Where the money of one ceiling is, in whole rupiah."""

    #: As it was set; `moved` is what transfers brought minus what they took.
    amount: int
    set_aside: int
    moved: int = 0
    #: Of the reserve, what two people released already.
    released: int = 0
    #: What the ceilings below hold together, their transfers counted, and how many they are.
    handed: int = 0
    parts: int = 0
    committed: int = 0

    @property
    def size(self) -> int:
        """The ceiling with its transfers."""
        return self.amount + self.moved

    @property
    def reserve(self) -> int:
        """What is still set aside."""
        return self.set_aside - self.released

    @property
    def bound(self) -> int:
        """What the ceiling may not fall below."""
        return self.reserve + self.handed + self.committed

    @property
    def free(self) -> int:
        """What may still be committed here, or handed down."""
        return self.size - self.bound

    def with_figures(self, *, amount: int, reserve: int) -> "Standing":
        """The same ceiling if it were set to other figures."""
        return replace(self, amount=amount, set_aside=reserve)


def committed(ceiling: Ceiling) -> int:
    """Whole rupiah committed and not released. Exact for a decision only under the ceiling's row lock."""
    total: int = LedgerEntry.objects.filter(ceiling=ceiling).aggregate(total=_COMMITTED)["total"]
    return total


def balance(ceiling: Ceiling) -> int:
    """Whole rupiah that may still be committed at this ceiling itself. As `committed` for the lock. Two queries."""
    return standing(ceiling).free


def standing(ceiling: Ceiling) -> Standing:
    """Where the money of one ceiling is. Two queries."""
    return standings([ceiling])[ceiling.pk]


def standings(ceilings: Iterable[Ceiling]) -> dict[int, Standing]:
    """The same for many in two queries: their own entries with those of their parts, and the parts."""
    rows = {ceiling.pk: ceiling for ceiling in ceilings}
    handed, parts = dict.fromkeys(rows, 0), dict.fromkeys(rows, 0)
    above: dict[int, int] = {}
    for pk, parent, amount in Ceiling.objects.filter(parent__in=rows).order_by().values_list("pk", "parent_id", "amount"):
        above[pk] = parent
        handed[parent] += amount
        parts[parent] += 1
    entries = LedgerEntry.objects.filter(Q(ceiling__in=rows) | Q(ceiling__parent__in=rows)).order_by().values_list("ceiling_id")
    sums = {pk: figures for pk, *figures in entries.annotate(committed=_COMMITTED, moved=_MOVED, released=_RELEASED)}
    for pk, parent in above.items():
        handed[parent] += sums.get(pk, _NOTHING)[1]
    return {pk: _standing(ceiling, sums.get(pk, _NOTHING), handed[pk], parts[pk]) for pk, ceiling in rows.items()}


def _standing(ceiling: Ceiling, sums: Sequence[int], handed: int, parts: int) -> Standing:
    spent, moved, released = sums
    return Standing(ceiling.amount, ceiling.reserve, moved, released, handed, parts, spent)


def committed_by_ceiling(ceilings: Iterable[Ceiling]) -> dict[int, int]:
    """Whole rupiah committed under each of many ceilings in one query; a ceiling without entries has 0."""
    keys = [ceiling.pk for ceiling in ceilings]
    rows = LedgerEntry.objects.filter(ceiling__in=keys).order_by().values_list("ceiling_id").annotate(total=_COMMITTED)
    return {**dict.fromkeys(keys, 0), **dict(rows)}
