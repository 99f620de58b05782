"""First and last days of a stage, and the moments they stand for in the zone of the platform."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import localtime, make_aware


def morning(day: date | None) -> datetime | None:
    """The moment at which a first day begins."""
    return make_aware(datetime.combine(day, time())) if day else None


def evening(day: date | None) -> datetime | None:
    """Midnight after the last day: input is taken until that day is over."""
    return make_aware(datetime.combine(day + timedelta(days=1), time())) if day else None


def first_day(opens_at: datetime | None) -> date | None:
    """The day on which a window opens."""
    return localtime(opens_at).date() if opens_at else None


def last_day(closes_at: datetime | None) -> date | None:
    """The last day on which a window takes input, whole or in part."""
    return localtime(closes_at - timedelta(microseconds=1)).date() if closes_at else None
