"""What the calendar of a region shows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts import clock
from accounts.scope import Person
from deliberation.calendar.events import Calendar, calendar_of
from deliberation.closing import policy
from deliberation.models import Meeting
from deliberation.words import DocumentKind, MeetingState
from frontend.road import Season, season_of
from frontend.year.days import period
from geo import codes
from geo.lookup import lineage_of
from geo.models import Region
from proposals.models import Cycle, StageClosure, StageWindow
from proposals.stages import DECIDING
from proposals.windows import state_of
from proposals.year.days import last_day

#: Meetings of a page; the feed has all of them.
SHOWN = 60


@dataclass(frozen=True)
class Row:
    """A stage as the page tells it."""

    window: StageWindow
    when: str
    #: How it stands now (`proposals.windows.state_of`), or `here` where the region closed it for itself.
    state: str
    papers: list[str]
    #: The closing in force that covers this region.
    closure: StageClosure | None
    may_close: bool = False

    @property
    def asks(self) -> bool:
        """Whether it has a rule that a meeting must meet."""
        window = self.window
        return any(rule is not None for rule in (window.quorum_people, window.quorum_regions_percent, window.quorum_elements, window.women_percent))


def context_of(region: Region, user: Person, year: int | None) -> dict[str, Any]:
    """Everything on the page, in a constant number of queries; the year asked for, or the newest that has begun."""
    calendar = calendar_of(region)
    cycle = _cycle(calendar.cycles, year)
    rows = _rows(cycle, region, user) if cycle else []
    season = season_of(list(cycle.windows.all())) if cycle else Season([], None)
    now = clock.now()
    meetings = [meeting for meeting in calendar.meetings if meeting.state != MeetingState.CANCELLED]
    coming = [meeting for meeting in meetings if meeting.starts_at >= now or meeting.state in (MeetingState.OPEN, MeetingState.ADJOURNED)]
    return {
        "region": region,
        "lineage": lineage_of(region),
        "cycle": cycle,
        "cycles": calendar.cycles,
        "rows": rows,
        "season": season,
        "closing_on": last_day(season.closing.closes_at) if season.closing else None,
        "coming": coming[:SHOWN],
        "over": _over(calendar, coming)[:SHOWN],
        "unverified": sum(row.window.verified_at is None for row in rows),
    }


def _over(calendar: Calendar, coming: list[Meeting]) -> list[Meeting]:
    """Past and cancelled ones, the latest first."""
    ahead = {meeting.pk for meeting in coming}
    return [meeting for meeting in reversed(calendar.meetings) if meeting.pk not in ahead]


def _cycle(cycles: list[Cycle], year: int | None) -> Cycle | None:
    """The year asked for; else the newest that takes or has taken input; else the newest."""
    now = clock.now()
    begun = [one for one in cycles if any(window.opens_at and window.opens_at <= now for window in one.windows.all())]
    asked = [one for one in cycles if one.plan_year == year]
    return next(iter([*asked, *begun, *cycles]), None)


def _rows(cycle: Cycle, region: Region, user: Person) -> list[Row]:
    now = clock.now()
    closures = {closure.stage: closure for closure in in_force(cycle, region)}
    rows = []
    for window in sorted(cycle.windows.select_related("verified_by"), key=lambda one: one.position):
        window.cycle = cycle
        closure = closures.get(window.stage)
        state = "here" if closure and window.closed_at is None else state_of(window, now)
        papers = [str(kind.label) for kind in DocumentKind if kind in window.required_documents]
        closable = window.stage in DECIDING and closure is None and state not in ("ahead", "waiting")
        rows.append(Row(window, period(window), state, papers, closure, closable and bool(policy.may_close(user, window.stage, region.pk))))
    return rows


def in_force(cycle: Cycle, region: Region) -> QuerySet[StageClosure]:
    """Closings that cover the region, the widest last so that it is the one shown."""
    covering = StageClosure.objects.filter(cycle=cycle, region__in=codes.lineage(region.pk), reopened_at__isnull=True)
    return covering.select_related("closed_by", "region", "reopen_asked_by").defer("region__boundary", "region__outline").order_by("-region_id")
