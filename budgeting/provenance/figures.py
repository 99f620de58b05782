"""How much of a year's money came from whom. Whole rupiah; shares are per mille, from whole numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, Max, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce, Left

from accounts import clock
from budgeting.models import FundedWork
from budgeting.words import Origin
from proposals.shares import per_mille

#: `61.12.09` of `61.12.09.2010`.
SUBDISTRICT_SIGNS = 8
#: What citizens asked for, by their village or by their council member. All other money is the ghost share's numerator (DOMAIN 11).
ASKED_BY_CITIZENS = (Origin.VILLAGE, Origin.CARRIED_OVER, Origin.COUNCIL)


@dataclass(frozen=True)
class OriginSum:
    """The lines of one origin. `share` is per mille of the money, half rounded up; 0 where there is none."""

    origin: Origin
    lines: int
    amount: int
    share: int


@dataclass(frozen=True)
class Share:
    """A part of the money with what it is a part of."""

    amount: int
    lines: int
    of_amount: int
    of_lines: int

    @property
    def per_mille(self) -> int:
        """The part of the money, half rounded up."""
        return per_mille(self.amount, self.of_amount)


@dataclass(frozen=True)
class Money:
    """A year's money in a region by origin, every origin named, and what nobody asked for."""

    rows: list[OriginSum]
    amount: int
    lines: int
    #: Without a citizen's or a council member's wish behind it.
    ghost: Share
    #: Without a proposal in the register, whatever is said about it.
    never_proposed: Share
    #: Of these, nobody has said where they come from.
    unexplained: Share
    as_of: datetime
    #: When a line was last entered or changed; None where there is no line.
    last_change: datetime | None = None


def by_origin(works: QuerySet[FundedWork]) -> Money:
    """The money of these lines by origin; one query."""
    bare = Q(proposal__isnull=True)
    found = (
        works.order_by()
        .values("origin")
        .annotate(
            n=Count("pk"),
            total=Sum("amount"),
            bare_n=Count("pk", filter=bare),
            bare_total=Coalesce(Sum("amount", filter=bare), 0),
            last=Max("changed_at"),
        )
    )
    by_code = {row["origin"]: row for row in found}
    amount, lines = sum(row["total"] for row in by_code.values()), sum(row["n"] for row in by_code.values())
    rows = [_sum(origin, by_code.get(origin), amount) for origin in Origin]
    ghosts = [row for row in rows if row.origin not in ASKED_BY_CITIZENS]
    unknown = next(row for row in rows if row.origin is Origin.UNKNOWN)
    bare_amount, bare_lines = sum(row["bare_total"] for row in by_code.values()), sum(row["bare_n"] for row in by_code.values())
    return Money(
        rows,
        amount,
        lines,
        Share(sum(row.amount for row in ghosts), sum(row.lines for row in ghosts), amount, lines),
        Share(bare_amount, bare_lines, amount, lines),
        Share(unknown.amount, unknown.lines, amount, lines),
        clock.now(),
        max((row["last"] for row in by_code.values()), default=None),
    )


@dataclass(frozen=True)
class PlaceSum:
    """The lines of one sub-district with its villages; the empty name: those of the whole kabupaten."""

    code: str
    name: str
    lines: int
    amount: int


def by_subdistrict(works: QuerySet[FundedWork], district: str) -> list[PlaceSum]:
    """These lines of a kabupaten by sub-district, the most money first, those of no sub-district last; one query.

    Every line stands in one row, so that the rows add up to the whole.
    """
    named = Case(When(region_id=F("place"), then="region__name"), default="region__parent__name")
    placed = works.order_by().annotate(place=Left("region_id", SUBDISTRICT_SIGNS), named=named).values("place")
    rows = placed.annotate(n=Count("pk"), total=Sum("amount"), name=Max("named"))
    told = [_place(row, district) for row in rows]
    return sorted(told, key=lambda row: (not row.code, -row.amount, row.code))


def _place(row: Mapping[str, Any], district: str) -> PlaceSum:
    is_whole = row["place"] == district
    return PlaceSum("" if is_whole else row["place"], "" if is_whole else row["name"] or "", row["n"], row["total"])


def _sum(origin: Origin, row: Mapping[str, Any] | None, whole: int) -> OriginSum:
    amount, lines = (row["total"], row["n"]) if row else (0, 0)
    return OriginSum(origin, lines, amount, per_mille(amount, whole))
