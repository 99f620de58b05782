"""The list of meetings: what is in session and what comes first, then what is over; filters by plain links."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from deliberation.meetings import rows
from deliberation.models import Meeting
from deliberation.words import MeetingKind, MeetingState
from frontend import figures
from frontend.answers import asked
from frontend.paging import page_of
from geo import codes
from geo.lookup import lineage_of
from geo.models import Region
from proposals.models import Cycle

IN_SESSION = (MeetingState.OPEN, MeetingState.ADJOURNED)


def context_of(request: HttpRequest) -> dict[str, Any]:
    """Everything on the page, with the filters that the address holds."""
    region = _region(asked(request, "region"))
    kind, year = asked(request, "kind"), figures.whole(asked(request, "plan_year"))
    found = filtered(rows.known(), region=region.pk if region else "", kind=kind, year=year)
    state = asked(request, "state")
    live = list(found.filter(state__in=IN_SESSION).order_by("starts_at", "id")[:20]) if not state else []
    coming = list(found.filter(state=MeetingState.PLANNED).order_by("starts_at", "id")[:50]) if not state else []
    rest = found.filter(state=state) if state in MeetingState.values else found.filter(state__in=[MeetingState.CLOSED, MeetingState.CANCELLED])
    return {
        "live": live,
        "coming": coming,
        "page": page_of(request, rest.order_by("-starts_at", "-id")),
        "region": region,
        "lineage": lineage_of(region) if region else [],
        "kind": kind if kind in MeetingKind.values else "",
        "state": state if state in MeetingState.values else "",
        "year": year,
        "kinds": MeetingKind.choices,
        "states": MeetingState.choices,
        "years": list(Cycle.objects.filter(meetings__isnull=False).order_by("-plan_year").values_list("plan_year", flat=True).distinct()),
    }


def filtered(found: QuerySet[Meeting], *, region: str = "", kind: str = "", year: int | None = None) -> QuerySet[Meeting]:
    """Those of a region and everything below it, of a kind, of a plan year; what is empty filters nothing."""
    if region:
        found = found.filter(region_id__startswith=region)
    if kind in MeetingKind.values:
        found = found.filter(kind=kind)
    return found.filter(cycle__plan_year=year) if year else found


def _region(code: str) -> Region | None:
    return Region.objects.defer("boundary", "outline", "search_text").filter(pk=code).first() if codes.is_code(code) else None
