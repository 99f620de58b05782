"""Stays: when somebody was there, in the hall or online. Pure where it can be; a line has at most one stay that goes on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from deliberation.models import Attendance, Meeting, Presence

#: An online participant of whom nothing was heard for so long has left when last heard of.
SILENCE = timedelta(minutes=4)


@dataclass(frozen=True)
class Stay:
    """One stay; `left_at` is None while it goes on."""

    mode: str
    arrived_at: datetime
    left_at: datetime | None
    heard_at: datetime | None = None


def union(stays: Iterable[Stay]) -> list[Stay]:
    """The stays of one person that two lines told: in order, none overlapping, at most the last going on.

    Where two of one mode meet they become one. Where modes contradict each other, the later arrival ends the earlier stay.
    """
    joined: list[Stay] = []
    for stay in sorted(stays, key=lambda one: (one.arrived_at, one.left_at is None, one.mode)):
        last = joined[-1] if joined else None
        if last is None or (last.left_at is not None and last.left_at < stay.arrived_at):
            joined.append(stay)
        elif last.mode == stay.mode:
            joined[-1] = Stay(last.mode, last.arrived_at, _later(last.left_at, stay.left_at), _later_heard(last, stay))
        else:
            joined[-1] = Stay(last.mode, last.arrived_at, stay.arrived_at, last.heard_at)
            joined.append(stay)
    return joined


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)


def _later_heard(one: Stay, other: Stay) -> datetime | None:
    """A page that tells proves less than a note-taker who wrote the person down."""
    return max(one.heard_at, other.heard_at) if one.heard_at and other.heard_at else None


def open_stay(row: Attendance) -> Presence | None:
    """The stay that goes on, if any."""
    return Presence.objects.filter(attendance=row, left_at__isnull=True).first()


def begin(row: Attendance, mode: str, at: datetime, *, heard_at: datetime | None = None) -> bool:
    """The person is there from now on; another mode ends at that moment. Returns whether anything changed."""
    now = open_stay(row)
    if now is not None and now.mode == mode:
        if heard_at is None and now.heard_at is not None:
            # a note-taker vouches for whom only a page had told of
            Presence.objects.filter(pk=now.pk).update(heard_at=None)
        return False
    if now is not None:
        Presence.objects.filter(pk=now.pk).update(left_at=max(at, now.arrived_at))
        at = max(at, now.arrived_at)
    Presence.objects.create(attendance=row, mode=mode, arrived_at=at, heard_at=heard_at)
    return True


def end(row: Attendance, at: datetime) -> bool:
    """The person left; nothing where they had not come or had left before. Returns whether anything changed."""
    return bool(Presence.objects.filter(attendance=row, left_at__isnull=True).update(left_at=Greatest("arrived_at", at)))


def silent(meeting: Meeting, now: datetime) -> QuerySet[Presence]:
    """Stays that go on in name only: nothing was heard of their page for a while."""
    return Presence.objects.filter(attendance__meeting=meeting, left_at__isnull=True, heard_at__lte=now - SILENCE)


def end_silent(meeting: Meeting, now: datetime) -> int:
    """End the silent ones when they were last heard of. How many."""
    return silent(meeting, now).update(left_at=Greatest("arrived_at", F("heard_at")))


def end_all(meeting: Meeting, at: datetime) -> int:
    """Everybody leaves: the meeting is adjourned or closed. How many were there."""
    end_silent(meeting, at)
    there = Presence.objects.filter(attendance__meeting=meeting, left_at__isnull=True)
    return there.update(left_at=Greatest("arrived_at", at))


def there_at(moment: datetime) -> Q:
    """Stays that cover a moment; a silent page covers only so long after it was last heard of."""
    heard = Q(heard_at__isnull=True) | Q(heard_at__gt=moment - SILENCE)
    return Q(arrived_at__lte=moment) & (Q(left_at__gt=moment) | (Q(left_at__isnull=True) & heard))
