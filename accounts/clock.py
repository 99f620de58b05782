"""The platform's one clock. Services ask it instead of the system, so that a story may be told on its own dates."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told_moment", default=None)


def now() -> datetime:
    """The moment with its offset: the told one inside `telling`, the system's otherwise."""
    return _told.get() or timezone.now()


def today() -> date:
    """The local date of `now()`."""
    return timezone.localdate(now())


def next_at(hour: int, moment: datetime | None = None) -> datetime:
    """When it is this hour next, local time, counted from `now()` or from a moment."""
    local = timezone.localtime(moment or now())
    day = local.date() if local.hour < hour else local.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(hour)))


def zone(local: datetime) -> str:
    """WIB, WITA or WIT, the letters people put behind a time, by its offset; empty anywhere else."""
    offset = local.utcoffset()
    return {7: "WIB", 8: "WITA", 9: "WIT"}.get(int(offset.total_seconds() // 3600) if offset else 0, "")


@contextmanager
def telling(moment: datetime) -> Iterator[None]:
    """Let `now()` answer this moment, in this context only: demonstration data and tests of deadlines."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
