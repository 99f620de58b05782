"""The road of a plan year, as the pages tell it: what is past, now, ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts import clock
from proposals.models import Cycle, StageWindow


@dataclass(frozen=True)
class Post:
    """One stage of a plan year: `state` is past, now or ahead."""

    stage: str
    title: str
    when: str
    state: str


def year_of(cycle: Cycle) -> list[Post]:
    """The posts of the year weave, in the cycle's own order."""
    windows = sorted(cycle.windows.all(), key=lambda window: window.position)
    here = current_window(windows)
    states = ["past" if here and window.position < here.position else "now" if window is here else "ahead" for window in windows]
    return [Post(window.stage, window.title, period(window), state) for window, state in zip(windows, states, strict=True)]


def current_window(windows: Sequence[StageWindow]) -> StageWindow | None:
    """Where the year stands: the first stage that takes input, else the next to open, else the last one that opened."""
    now = clock.now()
    ordered = sorted(windows, key=lambda window: window.position)
    open_now = [window for window in ordered if is_open(window, now)]
    if open_now:
        return open_now[0]
    begun = [window for window in ordered if window.opens_at and window.opens_at <= now]
    return begun[-1] if begun else (ordered[0] if ordered else None)


def is_open(window: StageWindow, now: datetime) -> bool:
    """Whether a stage takes input at a moment."""
    begun = window.opens_at is not None and window.opens_at <= now
    ended = window.closed_at or window.closes_at
    return begun and (ended is None or now < ended)


class Timed(Protocol):
    """Anything that opens and closes."""

    @property
    def opens_at(self) -> datetime | None:
        """When it begins to take input."""

    @property
    def closes_at(self) -> datetime | None:
        """When input ends."""


def period(window: Timed) -> str:
    """`1–12 Feb 2027`, `Jul–Sep 2026`, or nothing."""
    if not window.opens_at or not window.closes_at:
        return ""
    start, end = localtime(window.opens_at), localtime(window.closes_at)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{date_format(end, 'j M Y')}"
    if start.year == end.year:
        return f"{date_format(start, 'j M')} – {date_format(end, 'j M Y')}"
    return f"{date_format(start, 'M Y')} – {date_format(end, 'M Y')}"


def next_window(cycle: Cycle, window: StageWindow | None) -> StageWindow | None:
    """The stage after this one."""
    if window is None:
        return None
    later = [other for other in cycle.windows.all() if other.position > window.position]
    return min(later, key=lambda other: other.position, default=None)
