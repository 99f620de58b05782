"""Works that are late or silent surface by themselves: each is told once for each planned end and each silence."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from accounts import clock
from budgeting.models import FundedWork
from budgeting.works import telling

_AT_ONCE = 200
#: Told in the morning, before offices open.
_HOUR = 5


def watch() -> int:
    """Tell the agency and the planner of every work that became late or silent since the last time; answers how many were told.

    Called daily, or later: what a stop left out is told then, by state and not by the day. Twice does no harm.
    """
    return _tell_all("work_late", "late_told_for", "planned_end") + _tell_all("work_silent", "silent_told_for", "heard_on")


def next_morning(now: datetime | None = None) -> datetime:
    """The next morning at five."""
    return clock.next_at(_HOUR, now)


def _tell_all(kind: str, told: str, since: str) -> int:
    count = 0
    while batch := _tell_some(kind, told, since):
        count += batch
    return count


@transaction.atomic
def _tell_some(kind: str, told: str, since: str) -> int:
    """A few works, their notices and the mark that they were told: together or not at all. Two watchers share the rows."""
    rows = FundedWork.objects.late() if kind == "work_late" else FundedWork.objects.silent()
    untold = rows.filter(Q(**{f"{told}__isnull": True}) | ~Q(**{told: F(since)})).order_by(since, "id")
    works = list(untold.select_for_update(skip_locked=True, of=("self",), no_key=True)[:_AT_ONCE])
    telling.surfaced(works, kind, since)
    FundedWork.objects.filter(pk__in=[work.pk for work in works]).update(**{told: F(since)})
    return len(works)
