"""The list of meetings: what is in session and what comes first, then what is over; filters by plain links."""

from datetime import datetime, time
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.timezone import get_current_timezone, localdate

from accounts import clock
from accounts.scope import offices_of
from deliberation.meetings import rows
from deliberation.meetings.listing import filtered
from deliberation.meetings.policy import CONVENERS
from deliberation.words import MeetingKind, MeetingState
from frontend import figures
from frontend.answers import asked
from frontend.paging import page_of
from geo import codes
from geo.lookup import lineage_of
from geo.models import Region
from proposals.models import Cycle

#: Offices that call meetings of some kind.
_CALLERS = frozenset(role for roles in CONVENERS.values() for role in roles)
IN_SESSION = (MeetingState.OPEN, MeetingState.ADJOURNED)


def context_of(request: HttpRequest) -> dict[str, Any]:
    """Everything on the page, with the filters that the address holds."""
    region = _region(asked(request, "region"))
    kind, year = asked(request, "kind"), figures.whole(asked(request, "plan_year"))
    found = filtered(rows.known(), region=region.pk if region else "", kind=kind, year=year)
    state = asked(request, "state")
    live = list(found.filter(state__in=IN_SESSION).order_by("starts_at", "id")[:20]) if not state else []
    planned = list(found.filter(state=MeetingState.PLANNED, starts_at__gte=_midnight()).order_by("starts_at", "id")[:50]) if not state else []
    today = [meeting for meeting in planned if localdate(meeting.starts_at) == clock.today()]
    over = Q(state__in=[MeetingState.CLOSED, MeetingState.CANCELLED]) | Q(state=MeetingState.PLANNED, starts_at__lt=_midnight())
    rest = found.filter(state=state) if state in MeetingState.values else found.filter(over)
    return {
        "live": live,
        "today": today,
        "coming": [meeting for meeting in planned if meeting not in today],
        "page": page_of(request, rest.order_by("-starts_at", "-id")),
        "region": region,
        "lineage": lineage_of(region) if region else [],
        "kind": kind if kind in MeetingKind.values else "",
        "state": state if state in MeetingState.values else "",
        "state_word": dict(MeetingState.choices).get(state, ""),
        "regions": _held_somewhere(),
        "may_plan": any(office.role in _CALLERS for office in offices_of(request.user)),
        "year": year,
        "kinds": MeetingKind.choices,
        "states": MeetingState.choices,
        "years": list(Cycle.objects.filter(meetings__isnull=False).order_by("-plan_year").values_list("plan_year", flat=True).distinct()),
    }


def _region(code: str) -> Region | None:
    return Region.objects.defer("boundary", "outline", "search_text").filter(pk=code).first() if codes.is_code(code) else None


def _held_somewhere() -> list[tuple[str, str]]:
    """Regions that have a meeting, for the filter."""
    found = Region.objects.filter(meetings__isnull=False).only("code", "name", "kind", "level").order_by("code").distinct()[:500]
    return [(region.pk, region.title) for region in found]


def _midnight() -> datetime:
    """The beginning of today."""
    return datetime.combine(clock.today(), time.min, tzinfo=get_current_timezone())
