"""What a device captured without signal, and when: whether it still counts once it arrives. Pure.

A device's clock is never believed by itself: with what it captured it tells what its clock shows at the moment of sending,
and the server knows its own. The difference is the clock's error, and every captured moment is put right by it. A clock
that is far off was set by nobody or set on purpose; what it says of the past proves nothing, so it saves nothing from
a closed window. Source: DOMAIN 8, rule 7.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: A clock off by less is put right silently: minutes pass on the way, and phones drift.
CLOCK_BOUND = timedelta(hours=1)
#: How far a captured moment may lie ahead of the server's after it was put right: rounding and a slow line.
AHEAD_BOUND = timedelta(minutes=5)


class Verdict(StrEnum):
    """What becomes of a capture."""

    ON_TIME = "on_time"
    #: Captured before the end, arrived after it, within the grace: taken and flagged.
    LATE_SYNC = "late_sync"
    TOO_EARLY = "too_early"
    #: Captured after the end, or arrived after the grace.
    TOO_LATE = "too_late"
    #: Captured at a moment that has not come yet.
    AHEAD = "ahead"
    #: The device's clock is so far off that its word about the past decides nothing.
    CLOCK_OFF = "clock_off"


@dataclass(frozen=True)
class Capture:
    """A capture that was judged. `at` is the moment by the server's clock that counts for it."""

    verdict: Verdict
    at: datetime
    #: Server's clock less the device's; positive where the device is slow. Zero where the device told no time.
    clock_offset: timedelta = timedelta(0)
    #: Until when captures were taken: the end with its grace; None where there is no end.
    taken_until: datetime | None = None

    @property
    def is_taken(self) -> bool:
        """Whether it counts."""
        return self.verdict in (Verdict.ON_TIME, Verdict.LATE_SYNC)

    @property
    def is_late(self) -> bool:
        """Whether it counts though it came after the end: to be flagged `late_sync` and shown."""
        return self.verdict is Verdict.LATE_SYNC


def accepted_capture(
    *,
    received_at: datetime,
    captured_at: datetime | None = None,
    device_now: datetime | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    grace: timedelta = timedelta(0),
    moment_matters: bool = False,
) -> Capture:
    """Judge a capture against a window; every moment with its offset, None where the window has no such side.

    `captured_at` and `device_now` are by the device's clock, `device_now` at the moment of sending; without `captured_at` it was
    made when it arrived. Before the end whatever arrives is on time, whatever its device's clock says, and a clock far off
    makes `at` the server's moment; with `moment_matters` (a roll's arriving and leaving) a clock far off is refused then too.
    A window that a person closed has no grace: the caller passes `grace=0` and that moment as `closes_at`.
    """
    offset = received_at - device_now if captured_at is not None and device_now is not None else timedelta(0)
    until = closes_at + grace if closes_at is not None else None
    at = captured_at + offset if captured_at is not None else received_at
    ahead, off = at > received_at + AHEAD_BOUND, abs(offset) > CLOCK_BOUND
    in_time = closes_at is None or received_at < closes_at
    if ahead or off:
        if moment_matters or not in_time:
            return Capture(Verdict.CLOCK_OFF if off else Verdict.AHEAD, received_at, offset, until)
        at = received_at
    return Capture(_against_window(min(at, received_at), received_at, opens_at, closes_at, grace), min(at, received_at), offset, until)


def _against_window(at: datetime, received_at: datetime, opens_at: datetime | None, closes_at: datetime | None, grace: timedelta) -> Verdict:
    if opens_at is not None and received_at < opens_at:
        return Verdict.TOO_EARLY
    if closes_at is None or received_at < closes_at:
        return Verdict.ON_TIME
    if at < closes_at and received_at < closes_at + grace:
        return Verdict.LATE_SYNC
    return Verdict.TOO_LATE
