"""The road of a plan year, as the pages tell it: what is past, now, ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import clock
from proposals.models import Cycle, StageWindow
from proposals.stages import DECIDING
from proposals.year.days import first_day, last_day


@dataclass(frozen=True)
class Post:
    """One stage of a plan year: `state` is past, now or ahead."""

    stage: str
    title: str
    when: str
    state: str


@dataclass(frozen=True)
class Season:
    """Where a plan year stands: the stages that take input now, in order, and the one that takes it next."""

    open: list[StageWindow]
    next: StageWindow | None

    @property
    def name(self) -> str:
        """`Desa`, `Desa sampai Anggaran` where all between are open as well, else the names one by one."""
        titles = [window.title for window in self.open]
        if len(titles) > 2 and self.open[-1].position - self.open[0].position == len(titles) - 1:
            return _("%(first)s to %(last)s") % {"first": titles[0], "last": titles[-1]}
        return ", ".join(titles)

    @property
    def closing(self) -> StageWindow | None:
        """The open stage whose time ends first."""
        ending = [window for window in self.open if _end(window)]
        return min(ending, key=lambda window: (_end(window), window.position), default=None)


def season_of(windows: Sequence[StageWindow]) -> Season:
    """What is open now. While any stage still decides, the works of the year are not told as its present."""
    now = clock.now()
    ordered = sorted(windows, key=lambda window: window.position)
    taking = [window for window in ordered if is_open(window, now)]
    here = [window for window in taking if window.stage in DECIDING] or taking
    later = [window for window in ordered if window not in taking and (window.opens_at is None or window.opens_at > now)]
    return Season(here, next(iter(later), None))


def year_of(cycle: Cycle) -> list[Post]:
    """The posts of the year weave, in the cycle's own order: now is every stage that is open, past what has ended."""
    windows = sorted(cycle.windows.all(), key=lambda window: window.position)
    season, now = season_of(windows), clock.now()
    return [Post(window.stage, window.title, period(window), _state(window, season, now)) for window in windows]


def _state(window: StageWindow, season: Season, now: datetime) -> str:
    if window in season.open:
        return "now"
    end = _end(window)
    return "past" if end is not None and end <= now else "ahead"


def _end(window: StageWindow) -> datetime | None:
    return window.closed_at or window.closes_at


def is_open(window: StageWindow, now: datetime) -> bool:
    """Whether a stage takes input at a moment."""
    begun = window.opens_at is not None and window.opens_at <= now
    ended = _end(window)
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
    start, end = first_day(window.opens_at), last_day(window.closes_at)
    if start is None or end is None:
        return ""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{date_format(end, 'j M Y')}"
    if start.year == end.year:
        return f"{date_format(start, 'j M')} – {date_format(end, 'j M Y')}"
    return f"{date_format(start, 'M Y')} – {date_format(end, 'M Y')}"
