"""Lists of meetings and of what belongs to one, as pages and API read them."""

from django.db.models import Q, QuerySet

from deliberation.models import Decision, Mandate, Meeting
from deliberation.words import MeetingKind, MeetingState
from geo import codes


def filtered(found: QuerySet[Meeting], *, region: str = "", kind: str = "", year: int | None = None, state: str = "") -> QuerySet[Meeting]:
    """Those of a region and everything below it, of a kind, a plan year, a state; what is empty filters nothing."""
    if region:
        below = Q(region=region) | Q(region__code__startswith=f"{region}.")
        found = found.filter(below) if codes.is_code(region) else found.none()
    if kind in MeetingKind.values:
        found = found.filter(kind=kind)
    if state in MeetingState.values:
        found = found.filter(state=state)
    return found.filter(cycle__plan_year=year) if year else found


def decisions_of(meeting: Meeting) -> QuerySet[Decision]:
    """What was decided, newest first, with what a row shows."""
    related = ("proposal", "proposal__village", "agency", "target", "decided_by", "recorded_by")
    heavy = (f"proposal__village__{field}" for field in ("boundary", "outline", "search_text"))
    return Decision.objects.filter(meeting=meeting).select_related(*related).defer(*heavy).order_by("-number")


def mandates_of(meeting: Meeting) -> QuerySet[Mandate]:
    """Those who speak in the meeting, and those whom it elected, also the ended ones."""
    below = Q(region=meeting.region_id) | Q(region__code__startswith=f"{meeting.region_id}.")
    here = below & Q(cycle=meeting.cycle_id, stage=meeting.stage or "-")
    found = Mandate.objects.filter(here | Q(meeting=meeting)).select_related("region", "user")
    return found.defer("region__boundary", "region__outline", "region__search_text").order_by("stage", "region_id", "name", "id")
