"""A region's calendar as iCalendar (RFC 5545), for the calendar of a phone. The library writes, folds and escapes.

Times are UTC, which every calendar turns into its own zone: no zone rules travel along, and none can be out of date. Stages are
whole days. The same facts are the same bytes, so an ETag holds.
"""

from datetime import UTC, datetime, timedelta
from zlib import crc32

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar as Written
from icalendar import Event

from deliberation.calendar.events import Calendar, Stretch, ends_at, stage_title
from deliberation.models import Meeting
from deliberation.words import MeetingState
from proposals.models import Cycle

PRODUCT = "-//Musrenbang//Kalender//ID"
#: A phone asks again this often.
REFRESH = timedelta(hours=6)
_STATUS = {MeetingState.CANCELLED: "CANCELLED", MeetingState.PLANNED: "TENTATIVE"}


def written(calendar: Calendar, *, origin: str) -> bytes:
    """The feed. `origin` is `https://host`, for links; it is no part of a UID, so a moved server keeps its events."""
    feed = Written()
    feed.add("prodid", PRODUCT)
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", _("Musrenbang %(region)s") % {"region": calendar.region.title})
    feed.add("x-wr-timezone", settings.TIME_ZONE)
    feed.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", "PT6H")
    for stretch in calendar.stretches:
        feed.add_component(_of_stage(stretch, calendar.region, origin))
    for meeting in calendar.meetings:
        feed.add_component(_of_meeting(meeting, origin))
    return bytes(feed.to_ical())


def _of_stage(stretch: Stretch, region: object, origin: str) -> Event:
    window, cycle = stretch.window, stretch.cycle
    event = _begun(f"stage-{cycle.region_id}-{cycle.plan_year}-{window.stage}", window.version, window.changed_at or _stamp_of(cycle))
    event.add("summary", stage_title(stretch))
    event.add("dtstart", stretch.first)
    event.add("dtend", stretch.last + timedelta(days=1))  # the day after, as the standard has it
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED" if window.verified_at else "TENTATIVE")
    event.add("description", _resting_on(window.legal_basis or cycle.legal_basis, is_verified=window.verified_at is not None))
    event.add("url", f"{origin}/wilayah/{getattr(region, 'pk', cycle.region_id)}/kalender/")
    return event


def _of_meeting(meeting: Meeting, origin: str) -> Event:
    event = _begun(f"meeting-{meeting.pk}", meeting.version, meeting.changed_at)
    event.add("summary", meeting.title)
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", ends_at(meeting).astimezone(UTC))
    event.add("location", f"{meeting.place}, {meeting.region.title}")
    event.add("status", _STATUS.get(MeetingState(meeting.state), "CONFIRMED"))
    event.add("description", "\n".join(line for line in (meeting.purpose, meeting.cancelled_reason) if line) or meeting.get_kind_display())
    event.add("url", f"{origin}/rapat/{meeting.pk}/")
    return event


def _begun(name: str, version: int, changed_at: datetime) -> Event:
    """An event under a name that stays, with how often it changed. The stamp is the change's, or no two answers were alike."""
    event = Event()
    event.add("uid", f"{name}@musrenbang")
    event.add("sequence", max(0, version - 1))
    event.add("dtstamp", changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", changed_at.astimezone(UTC).replace(microsecond=0))
    return event


def _stamp_of(cycle: Cycle) -> datetime:
    """For a stage that nobody changed since years had versions: its year's confirmation, or a fixed moment."""
    return cycle.verified_at or datetime(2000, 1, 1, tzinfo=UTC)


def _resting_on(basis: str, *, is_verified: bool) -> str:
    told = _("confirmed by the kabupaten") if is_verified else _("not confirmed yet: dates may change")
    return f"{basis} ({told})" if basis else told


def etag(content: bytes) -> str:
    """A strong validator of these bytes."""
    return f'"{len(content):x}-{crc32(content):08x}"'
