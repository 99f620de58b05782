"""What the form of a plan offers, and what the printed invitation says."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from deliberation.meetings import agenda
from deliberation.models import AgendaItem, Meeting
from deliberation.words import ItemKind
from frontend import overview
from frontend.answers import asked
from frontend.forms.meetings import PlanForm, initial_of
from frontend.meetings.convening import callable_by
from geo import codes
from geo.codes import Level
from proposals.models import Cycle


def key_of(text: str) -> UUID | None:
    """The UUID that a form was given; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def new_form(request: HttpRequest) -> PlanForm:
    """An empty form with what this person may call, or as it was sent; the region of the address is chosen already."""
    choices = callable_by(request.user)
    districts = {codes.ancestor(choice.region.pk, Level.DISTRICT) or choice.region.pk for choice in choices}
    years = list(Cycle.objects.filter(region__in=districts).order_by("-plan_year").values_list("plan_year", flat=True).distinct()[:20])
    region = asked(request, "region")
    first = next((choice.value for choice in choices if choice.region.pk == region), choices[0].value if len(choices) == 1 else "")
    running = overview.cycle_of(min(districts)) if districts else None
    data = request.POST if request.method == "POST" else None
    return PlanForm(data, choices=choices, years=years, initial={"what": first, "plan_year": str(running.plan_year) if running else ""})


def change_form(request: HttpRequest, meeting: Meeting) -> PlanForm:
    """The form with the plan as it stands, or as it was sent."""
    data = request.POST if request.method == "POST" else None
    return PlanForm(data, choices=[], years=[], standing=meeting, initial=initial_of(meeting))


def invitation_of(meeting: Meeting) -> dict[str, Any]:
    """The agenda as a letter tells it: the standing items, and the proposals as one line."""
    items = AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk")
    standing = [item for item in items.only("position", "kind", "title") if item.kind != ItemKind.PROPOSAL]
    proposals = items.filter(kind=ItemKind.PROPOSAL).count()
    return {"standing": standing, "proposals": proposals or (agenda.waiting(meeting).count() if meeting.stage else 0)}
