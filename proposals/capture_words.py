"""A device's own word about when something was captured: read from what was sent, and why a capture is not taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.refusals import Denied, Invalid
from proposals.captures import Capture, Verdict
from proposals.year import days


@dataclass(frozen=True)
class Told:
    """What the device told: when it captured, and what its clock shows while it sends."""

    captured_at: datetime
    device_now: datetime | None = None


def read(sent: Mapping[str, Any]) -> Told | None:
    """`captured_at` and `device_time`, ISO 8601 with offset; None where nothing was captured before. Raises Invalid by field."""
    errors: dict[str, list[str]] = {}
    captured_at, device_now = (_moment(sent.get(name), name, errors) for name in ("captured_at", "device_time"))
    if captured_at is not None and device_now is None and "device_time" not in errors:
        errors["device_time"] = [_("Send with it what the device's clock shows now.")]
    if errors:
        raise Invalid(errors)
    return Told(captured_at, device_now) if captured_at is not None else None


def _moment(value: Any, name: str, errors: dict[str, list[str]]) -> datetime | None:
    if value is None or value == "":
        return None
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
        # a phone with an empty battery wakes up in 1970; beyond these years the sums of moments leave the calendar
        usable = moment is not None and is_aware(moment) and 1970 <= moment.year <= 2200
    except ValueError:
        usable, moment = False, None
    if not usable:
        errors[name] = [_("Write a moment with its offset, for example 2026-09-30T16:45:00+07:00.")]
        return None
    return moment


def why_not(capture: Capture, *, closes_at: datetime | None = None, opens_at: datetime | None = None) -> Denied | None:
    """Why the capture is not taken, in words; None where it is."""
    if capture.is_taken:
        return None
    if capture.verdict is Verdict.CLOCK_OFF:
        sentence = _("This device's clock is %(error)s, so its dates prove nothing. Set the clock, keep what you wrote, and ask the village office.")
        return Denied(sentence % {"error": _error(capture.clock_offset)}, code="device_clock", status=409)
    if capture.verdict is Verdict.AHEAD:
        sentence = _("It says that it was captured at a moment that has not come yet. Set the device's clock and write the time by hand.")
        return Denied(sentence, code="captured_ahead", status=409)
    if capture.verdict is Verdict.TOO_EARLY:
        return Denied(_("Input opens on %(date)s.") % {"date": _day(opens_at)}, code="not_yet_open", status=409)
    if capture.taken_until is None or capture.taken_until == closes_at:
        return Denied(
            _("Input closed on %(date)s. Ask the village office about next year.") % {"date": _last_day(closes_at)}, code="window_closed", status=409
        )
    sentence = _("Input closed on %(date)s. What was captured before was taken until %(until)s. Ask the village office about next year.")
    return Denied(sentence % {"date": _last_day(closes_at), "until": _when(capture.taken_until)}, code="window_closed", status=409)


def _error(offset: timedelta) -> str:
    """How far off, in words: 2 days ahead, 3 hours behind."""
    # to the nearest: the seconds that sending takes must not make two days one
    hours = max(1, round(abs(offset) / timedelta(hours=1)))
    count, days = (round(hours / 24), True) if hours >= 24 else (hours, False)
    if offset < timedelta(0):
        words = (
            ngettext("%(count)d day ahead", "%(count)d days ahead", count)
            if days
            else ngettext("%(count)d hour ahead", "%(count)d hours ahead", count)
        )
    else:
        words = (
            ngettext("%(count)d day behind", "%(count)d days behind", count)
            if days
            else ngettext("%(count)d hour behind", "%(count)d hours behind", count)
        )
    return words % {"count": count}


def _day(moment: datetime | None) -> str:
    return date_format(localtime(moment), "j F Y") if moment else ""


def _last_day(closes_at: datetime | None) -> str:
    """The last day that took input: an end at midnight belongs to the day before."""
    last = days.last_day(closes_at)
    return date_format(last, "j F Y") if last else ""


def _when(moment: datetime) -> str:
    local = localtime(moment)
    return f"{date_format(local, 'j F Y, H.i')} {clock.zone(local)}".strip()
