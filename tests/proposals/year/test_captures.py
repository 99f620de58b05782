"""What was captured without signal still counts for a while, and a clock that is off saves nothing from a closed window."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.refusals import Invalid
from proposals.capture_words import read, why_not
from proposals.captures import Capture, Verdict, accepted_capture

CLOSES = datetime(2026, 9, 30, 17, tzinfo=UTC)
GRACE = timedelta(hours=48)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def judged(
    *, captured: datetime | None, received: datetime, off: timedelta = timedelta(0), grace: timedelta = GRACE, matters: bool = False
) -> Capture:
    """A capture by a device whose clock is `off` ahead of the server's."""
    told = captured + off if captured else None
    return accepted_capture(received_at=received, captured_at=told, device_now=received + off, closes_at=CLOSES, grace=grace, moment_matters=matters)


@pytest.mark.parametrize(
    ("captured", "received", "verdict"),
    [
        (CLOSES - DAY, CLOSES - HOUR, Verdict.ON_TIME),
        (None, CLOSES - HOUR, Verdict.ON_TIME),
        (CLOSES - HOUR, CLOSES + HOUR, Verdict.LATE_SYNC),
        (CLOSES - HOUR, CLOSES, Verdict.LATE_SYNC),
        (CLOSES - HOUR, CLOSES + GRACE, Verdict.TOO_LATE),
        (CLOSES, CLOSES + HOUR, Verdict.TOO_LATE),
        (None, CLOSES, Verdict.TOO_LATE),
    ],
)
def test_the_end_and_the_grace_are_moments_and_the_closing_second_is_closed(captured, received, verdict):
    assert judged(captured=captured, received=received).verdict is verdict


def test_a_phone_some_minutes_off_is_put_right_because_phones_drift():
    late = judged(captured=CLOSES - timedelta(minutes=2), received=CLOSES + HOUR, off=timedelta(minutes=10))
    assert late.verdict is Verdict.LATE_SYNC
    assert late.at == CLOSES - timedelta(minutes=2)
    after = judged(captured=CLOSES + timedelta(minutes=2), received=CLOSES + HOUR, off=-timedelta(minutes=10))
    assert after.verdict is Verdict.TOO_LATE, "a clock that is slow does not make an entry early"


def test_a_clock_two_days_off_saves_nothing_from_a_closed_window():
    for off in (2 * DAY, -2 * DAY):
        late = judged(captured=CLOSES - HOUR, received=CLOSES + HOUR, off=off)
        assert late.verdict is Verdict.CLOCK_OFF
        assert not late.is_taken
    with translation.override("en"):
        assert "2 days ahead" in str(why_not(judged(captured=CLOSES - HOUR, received=CLOSES + HOUR, off=2 * DAY), closes_at=CLOSES).reason)
        sent = 2 * DAY - timedelta(seconds=3)
        assert "2 days ahead" in str(why_not(judged(captured=CLOSES - HOUR, received=CLOSES + HOUR, off=sent), closes_at=CLOSES).reason), (
            "sending takes seconds"
        )


def test_a_clock_two_days_off_loses_nothing_while_the_window_is_open_but_times_of_a_roll_must_be_right():
    draft = judged(captured=CLOSES - DAY, received=CLOSES - HOUR, off=2 * DAY)
    assert (draft.verdict, draft.at) == (Verdict.ON_TIME, CLOSES - HOUR)
    assert judged(captured=CLOSES - DAY, received=CLOSES - HOUR, off=2 * DAY, matters=True).verdict is Verdict.CLOCK_OFF


def test_what_says_it_comes_from_tomorrow_is_refused_after_the_end():
    ahead = accepted_capture(received_at=CLOSES + HOUR, captured_at=CLOSES + DAY, device_now=CLOSES + HOUR, closes_at=CLOSES, grace=GRACE)
    assert ahead.verdict is Verdict.AHEAD
    assert why_not(ahead).code == "captured_ahead"


def test_nothing_is_taken_before_the_window_opens():
    early = accepted_capture(received_at=CLOSES - DAY, captured_at=CLOSES - 2 * DAY, device_now=CLOSES - DAY, opens_at=CLOSES, closes_at=CLOSES + DAY)
    assert early.verdict is Verdict.TOO_EARLY


@given(
    captured=st.timedeltas(-5 * DAY, 5 * DAY),
    received=st.timedeltas(-5 * DAY, 5 * DAY),
    off=st.timedeltas(-3 * DAY, 3 * DAY),
    grace=st.timedeltas(timedelta(0), 3 * DAY),
)
def test_nothing_late_is_taken_unless_it_was_captured_before_the_end_by_the_servers_clock(captured, received, off, grace):
    one = judged(captured=CLOSES + captured, received=CLOSES + received, off=off, grace=grace)
    if one.is_taken and received >= timedelta(0):
        assert captured < timedelta(0)
        assert received < grace
        assert abs(off) <= HOUR
    if received < timedelta(0):
        assert one.is_taken
    assert one.at <= CLOSES + received


def test_a_device_tells_its_times_with_their_offset_and_both_of_them():
    told = read({"captured_at": "2026-09-30T16:45:00+07:00", "device_time": "2026-10-01T08:00:00+07:00"})
    assert told.captured_at == datetime(2026, 9, 30, 9, 45, tzinfo=UTC)
    assert read({"title": "Jalan"}) is None


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"captured_at": "2026-09-30T16:45:00"}, "captured_at"),
        ({"captured_at": "kemarin"}, "captured_at"),
        ({"captured_at": 1790000000}, "captured_at"),
        ({"captured_at": "2026-13-30T16:45:00+07:00"}, "captured_at"),
        ({"captured_at": "9999-12-31T23:59:59+00:00"}, "captured_at"),
        ({"captured_at": "2201-01-01T00:00:00+00:00"}, "captured_at"),
        ({"captured_at": "0001-01-01T00:00:00+14:00"}, "captured_at"),
        ({"captured_at": "2026-09-30T16:45:00+07:00"}, "device_time"),
        ({"captured_at": "2026-09-30T16:45:00+07:00", "device_time": []}, "device_time"),
    ],
)
def test_a_moment_that_is_none_is_told_by_its_field(sent, field):
    with pytest.raises(Invalid) as refused:
        read(sent)
    assert field in refused.value.fields


def test_a_refusal_names_the_day_and_until_when_late_entries_were_taken():
    late = judged(captured=CLOSES - HOUR, received=CLOSES + 3 * DAY)
    with translation.override("en"):
        assert "was taken until" in str(why_not(late, closes_at=CLOSES).reason)
    assert why_not(judged(captured=CLOSES - HOUR, received=CLOSES - HOUR)) is None
