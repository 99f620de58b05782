"""Lists of panels for their own page and for the pages of others."""

from typing import Any

from django.http import HttpRequest

from accounts.scope import Person, offices_of
from deliberation.meetings import policy as meetings
from deliberation.models import Meeting, Panel, Sheet
from deliberation.scoring import reading
from deliberation.scoring.words import PanelState
from deliberation.words import STAGE_OF
from frontend import paging
from frontend.answers import asked
from geo import codes
from geo.models import Region


def context_of(request: HttpRequest) -> dict[str, Any]:
    """What is scored now, the closed ones page by page; of a region everything at and below it and above it."""
    code = asked(request, "region", 13)
    region = Region.objects.filter(pk=code).defer("boundary", "outline", "search_text").first() if codes.is_code(code) else None
    found = reading.visible(request.user)
    if region is not None:
        found = found.filter(region__code__startswith=region.pk)
    running = found.exclude(state=PanelState.CLOSED).order_by("-created_at", "id")
    over = paging.page_of(request, found.filter(state=PanelState.CLOSED).order_by("-created_at", "-id"), filled=True)
    return {"region": region, "running": running[:50], "page": over, "makes": makes(request.user)}


def makes(reader: Person) -> list[tuple[str, str, str]]:
    """Region, stage and title of the panels without a meeting that a person may make; no query beyond the offices."""
    found = []
    for office in offices_of(reader):
        for kind, stage in STAGE_OF.items():
            if meetings.may_convene(reader, kind, office.region_code) and (office.region_code, stage.value) not in found:
                found.append((office.region_code, stage.value))
    names = dict(Region.objects.filter(pk__in=[code for code, _stage in found]).values_list("code", "name")) if found else {}
    return [(code, stage, names.get(code, code)) for code, stage in found]


def of_meeting(meeting: Meeting, reader: Person) -> list[Panel]:
    """For the meeting's page."""
    return reading.of_meeting(meeting, reader)


def waiting(reader: Person) -> list[Sheet]:
    """For the desk."""
    return reading.waiting_sheets(reader)
