"""When a hall without signal decided, and whether it still counts once it arrives."""

from datetime import datetime, timedelta

from accounts import clock
from accounts.refusals import Denied
from deliberation.models import Meeting
from proposals.capture_words import Told, why_not
from proposals.captures import CLOCK_BOUND, Capture, accepted_capture


def judged(meeting: Meeting, told: Told | None) -> Capture | Denied:
    """The captured moment against the window of the meeting's stage; a refusal that says why where it came too late.

    A clock that is far off, and a moment before the meeting was opened, tell nothing: then the server's moment counts.
    """
    now = clock.now()
    window = meeting.cycle.window(meeting.decides_at) if meeting.decides_at else None
    capture = accepted_capture(
        received_at=now,
        captured_at=told.captured_at if told else None,
        device_now=told.device_now if told else None,
        opens_at=window.opens_at if window else None,
        closes_at=window.closes_at if window else None,
        grace=timedelta(hours=window.late_grace_hours if window else 0),
    )
    refused = why_not(capture, closes_at=window.closes_at if window else None, opens_at=window.opens_at if window else None)
    return capture if refused is None else refused


def decided_at(meeting: Meeting, capture: Capture) -> datetime:
    """The moment that stands beside the decision."""
    believable = abs(capture.clock_offset) <= CLOCK_BOUND and (meeting.opened_at is None or capture.at >= meeting.opened_at)
    return min(capture.at, clock.now()) if believable else clock.now()
