"""The form of a panel: where it scores, and a line for each scorer."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.refusals import Missing, Refusal
from deliberation.meetings.rows import loaded_meeting
from deliberation.models import Meeting, Panel
from deliberation.scoring import reading
from deliberation.scoring.services.making import SCORERS_AT_MOST, Asked, Draft
from frontend import figures, overview
from frontend.answers import asked
from frontend.meetings.planning import key_of
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.stages import Stage

#: Empty lines behind those that are filled.
MORE_LINES = 3


@dataclass(frozen=True)
class Place:
    """What a panel scores."""

    region: Region
    stage: str
    meeting: Meeting | None
    plan_year: int


@dataclass(frozen=True)
class Line:
    """One scorer as typed, with what is wrong about it."""

    at: int
    username: str
    capacity: str
    error: str = ""


@dataclass(frozen=True)
class Typed:
    """The form as it was sent or as it stands."""

    title: str
    scorers: list[tuple[str, str]]
    version: str = ""

    def draft(self, place: Place) -> Draft:
        """For the service."""
        people = [Asked(name, capacity) for name, capacity in self.scorers]
        meeting: UUID | None = place.meeting.pk if place.meeting else None
        return Draft(self.title, people, meeting_id=meeting, region_code=place.region.pk, stage=place.stage, plan_year=place.plan_year)

    def lines(self, refusal: Refusal | None) -> list[Line]:
        """What was filled with its errors, and some lines more."""
        wrong = (refusal.fields if refusal else None) or {}
        filled = [Line(at, name, capacity, " ".join(wrong.get(f"scorer-{at}", []))) for at, (name, capacity) in enumerate(self.scorers, start=1)]
        most = min(max(len(filled) + MORE_LINES, 5), SCORERS_AT_MOST)
        return [*filled, *(Line(at, "", "") for at in range(len(filled) + 1, most + 1))]


def place_asked(request: HttpRequest) -> Place:
    """`?rapat=<uuid>`, or `?wilayah=<code>&tahap=<stage>`; raises Missing for anything else."""
    key = key_of(asked(request, "rapat"))
    if key is not None:
        meeting = loaded_meeting(key)
        return Place(meeting.region, meeting.stage or Stage.VILLAGE.value, meeting, meeting.cycle.plan_year)
    region = Region.objects.filter(pk=asked(request, "wilayah", 13)).defer("boundary", "outline", "search_text").first()
    if region is None:
        raise Missing
    year = figures.whole(asked(request, "tahun", 4))
    running = overview.cycle_of(codes.ancestor(region.pk, Level.DISTRICT) or region.pk) if year is None else None
    return Place(region, asked(request, "tahap", 12), None, year or (running.plan_year if running else 0))


def place_of(panel: Panel) -> Place:
    """Of a draft."""
    return Place(panel.region, panel.stage, panel.meeting, panel.cycle.plan_year)


def typed(request: HttpRequest) -> Typed:
    """As it was sent; lines without a user name and a capacity are left out."""
    names, capacities = request.POST.getlist("username"), request.POST.getlist("capacity")
    pairs = [(name.strip(), capacity) for name, capacity in zip(names, capacities, strict=False) if name.strip() or capacity.strip()]
    return Typed(request.POST.get("title", ""), pairs, request.POST.get("version", ""))


def empty(place: Place) -> Typed:
    """A new one, with a title that fits."""
    return Typed(_("Scoring: %(title)s") % {"title": place.meeting.title if place.meeting else place.region.title}, [])


def standing(panel: Panel) -> Typed:
    """A draft as it is kept."""
    people = [(sheet.scorer.username, sheet.capacity) for sheet in reading.sheets_of(panel)]
    return Typed(panel.title, people, str(panel.version))
