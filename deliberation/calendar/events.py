"""What a region's calendar holds. Read only; three queries, however much there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import clock
from deliberation.models import Meeting
from deliberation.words import MeetingState
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle, StageWindow
from proposals.year.days import first_day, last_day

#: How far back a calendar goes, and how much of it there is at most.
BACK = timedelta(days=366)
MOST = 1500
#: A meeting whose end nobody wrote down stands in a phone's calendar for so long.
UNSAID_LENGTH = timedelta(hours=3)
_HEAVY = ("region__boundary", "region__outline", "region__search_text")


@dataclass(frozen=True)
class Stretch:
    """A stage of a plan year, in whole days; the last one is included."""

    window: StageWindow
    cycle: Cycle
    first: date
    last: date


@dataclass(frozen=True)
class Calendar:
    """The plan years of a region's kabupaten, newest first, their dated stages, and the meetings by their time."""

    region: Region
    cycles: list[Cycle]
    stretches: list[Stretch]
    meetings: list[Meeting]


def calendar_of(region: Region, *, whole: bool = False) -> Calendar:
    """Stages of its kabupaten and the meetings held in the region, above it and, with `whole`, everywhere below it.

    A year ago and everything ahead, cancelled meetings too: a phone takes them off its own calendar.
    """
    district = codes.ancestor(region.pk, Level.DISTRICT)
    since = clock.now() - BACK
    found = Cycle.objects.filter(region_id=district).select_related("verified_by").prefetch_related("windows").order_by("-plan_year")
    cycles = list(found) if district else []
    return Calendar(region, cycles, list(_stretches(cycles, since)), _meetings(region, since, whole=whole) if district else [])


def _stretches(cycles: Iterable[Cycle], since: datetime) -> Iterable[Stretch]:
    """A stage with only one of its days stands on that day; without any it is in no calendar."""
    for cycle in sorted(cycles, key=lambda one: one.plan_year):
        for window in sorted(cycle.windows.all(), key=lambda one: one.position):
            first, last = first_day(window.opens_at), last_day(window.closes_at)
            if (first or last) and not (window.closes_at and window.closes_at < since):
                yield Stretch(window, cycle, first or last, last or first)  # type: ignore[arg-type]


def _meetings(region: Region, since: datetime, *, whole: bool) -> list[Meeting]:
    concerned = Q(region_id__in=codes.lineage(region.pk))
    if whole:
        concerned |= Q(region__code__startswith=f"{region.pk}.")
    rows = Meeting.objects.filter(concerned, starts_at__gte=since).select_related("region", "cycle", "agency").defer(*_HEAVY)
    return list(rows.order_by("starts_at", "pk")[:MOST])


def ends_at(meeting: Meeting) -> datetime:
    """When a meeting ends or ended, or a time that fits where nobody said."""
    ended = meeting.closed_at if meeting.state == MeetingState.CLOSED else None
    end = meeting.ends_at or ended
    return end if end and end > meeting.starts_at else meeting.starts_at + UNSAID_LENGTH


def stage_title(stretch: Stretch) -> str:
    """`Desa · rencana 2028`."""
    return _("%(stage)s · plan %(year)s") % {"stage": stretch.window.title, "year": stretch.cycle.plan_year}
