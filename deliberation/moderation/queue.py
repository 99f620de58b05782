"""What waits for a moderator, and what the public may know about moderation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import TruncMonth

from accounts import clock
from accounts.roles import Role
from accounts.scope import Office
from deliberation.models import Appeal, Comment, ModerationAct, Report, SaidAppeal

#: Months of the public counts, the running one among them.
MONTHS = 12
#: What no list of meetings draws.
_HEAVY = ("said__meeting__region__boundary", "said__meeting__region__outline", "said__meeting__region__search_text")
#: What the public reads, in this order.
COUNTED = (
    ModerationAct.Kind.HELD,
    ModerationAct.Kind.APPROVED,
    ModerationAct.Kind.REPORTED,
    ModerationAct.Kind.HIDDEN,
    ModerationAct.Kind.APPEALED,
    ModerationAct.Kind.RESTORED,
)


def held(offices: Iterable[Office]) -> QuerySet[Comment]:
    """Comments that nobody but their authors has read yet, longest waiting first."""
    return _with(Comment.objects.filter(_mine(offices, "proposal__village"), seq__isnull=True, hidden_at__isnull=True)).order_by("held_at", "pk")


def reported(offices: Iterable[Office]) -> QuerySet[Comment]:
    """Public comments with reports that wait, the most reported first."""
    waiting = Report.objects.filter(_mine(offices, "comment__proposal__village"), settled_at__isnull=True, comment__hidden_at__isnull=True)
    rows = Comment.objects.filter(pk__in=waiting.values("comment"))
    counted = rows.alias(number=Count("reports", filter=Q(reports__settled_at__isnull=True)), first=Min("reports__at"))
    return _with(counted.order_by("-number", "first", "pk")).prefetch_related("reports")


def appealed(offices: Iterable[Office]) -> QuerySet[Appeal]:
    """Appeals that wait, oldest first; who hid the comment sees them too, and that another decides."""
    rows = Appeal.objects.filter(_mine(offices, "comment__proposal__village"), decided_at__isnull=True)
    return rows.select_related("comment__author", "comment__proposal", "against").order_by("at", "pk")


def appealed_in_meetings(offices: Iterable[Office]) -> QuerySet[SaidAppeal]:
    """The same about what was said in meetings."""
    rows = SaidAppeal.objects.filter(_mine(offices, "said__meeting__region"), decided_at__isnull=True)
    return rows.select_related("said__speaker", "said__meeting__region", "against").defer(*_HEAVY).order_by("at", "pk")


def waiting_for(offices: Iterable[Office]) -> list[QuerySet[Any]]:
    """What waits for a moderator, kind by kind; nothing for who is none."""
    mine = [office for office in offices if office.role == Role.MODERATOR]
    return [held(mine), reported(mine), appealed(mine), appealed_in_meetings(mine)] if mine else []


def count_for(offices: Iterable[Office]) -> int:
    """How much waits for a moderator; no query for who is none."""
    return sum(rows.count() for rows in waiting_for(offices))


@dataclass
class Month:
    """One month of moderation in a region."""

    month: date
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def in_order(self) -> list[int]:
        """The counts as `COUNTED` names them."""
        return [self.counts[kind] for kind in COUNTED]


def months_of(region_code: str) -> list[Month]:
    """Acts of moderation by month, newest first; months without any are left out. One query."""
    today = clock.today()
    first = today.replace(year=today.year - 1, day=1)
    rows = ModerationAct.objects.filter(_within("village", region_code), at__date__gte=first).order_by()
    months: dict[date, Month] = {}
    for row in rows.annotate(month=TruncMonth("at")).values("month", "kind").annotate(number=Count("pk")):
        key = row["month"].date()
        months.setdefault(key, Month(key)).counts[row["kind"]] = row["number"]
    return sorted(months.values(), key=lambda one: one.month, reverse=True)[:MONTHS]


def _with(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    return rows.select_related("author", "proposal", "proposal__village").defer("proposal__village__boundary", "proposal__village__outline")


def _mine(offices: Iterable[Office], path: str) -> Q:
    asked = Q(pk__in=[])
    for office in offices:
        if office.role == Role.MODERATOR:
            asked |= _within(path, office.region_code)
    return asked


def _within(path: str, code: str) -> Any:
    return Q(**{f"{path}_id": code}) | Q(**{f"{path}__code__startswith": f"{code}."}) if code else Q()
