"""Where a ballot is held, and which proposals are offered for it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Missing
from deliberation.ballots.words import BallotScope
from deliberation.meetings.rows import known
from deliberation.models import Ballot, Meeting
from frontend.answers import asked
from frontend.forms.ballots import DraftForm
from geo import codes
from geo.codes import Level
from geo.models import Region
from geo.zones import zone_of
from proposals.models import Cycle, Proposal
from proposals.stages import DECIDING, Outcome

#: As many as fit on a page to tick; others are named by their number.
OFFERED = 60


@dataclass(frozen=True)
class Place:
    """The region, the meeting if it belongs to one, and the plan year."""

    region: Region
    meeting: Meeting | None
    plan_year: int | None

    @property
    def scope(self) -> str:
        """Who votes unless something else is chosen."""
        return BallotScope.ROLL if self.meeting else BallotScope.RESIDENTS

    def form(self, data: Any = None, **more: Any) -> DraftForm:
        """The form for this place."""
        return DraftForm(data, region=self.region, meeting=self.meeting, offered=self.offered(), **more)

    def offered(self) -> list[Proposal]:
        """Proposals under discussion here, the most supported first; of a meeting's stage where it decides at one."""
        found = Proposal.objects.public().within(self.region.pk).filter(plan_year=self.plan_year, amount__gt=0)
        stages = [self.meeting.stage] if self.meeting and self.meeting.stage else list(DECIDING)
        alive = found.filter(stage__in=stages, outcome__in=[Outcome.OPEN, Outcome.RETURNED, Outcome.RESERVED])
        return list(alive.select_related("village").defer("village__boundary", "village__outline").order_by("-supports", "number", "pk")[:OFFERED])


def place_asked(request: HttpRequest) -> Place:
    """The place that the address names: `?rapat=` a meeting, `?wilayah=` a region. Raises Missing."""
    if key := asked(request, "rapat"):
        meeting = known().filter(pk=_uuid(key)).first()
        if meeting is None:
            raise Missing
        return Place(meeting.region, meeting, meeting.cycle.plan_year)
    code = asked(request, "wilayah")
    region = Region.objects.light().filter(pk=code).first() if codes.is_code(code) else None
    if region is None:
        raise Missing(_("Choose the meeting or the region first."))
    cycle = Cycle.objects.filter(region_id=codes.ancestor(region.pk, Level.DISTRICT)).begun_first().first()
    return Place(region, None, cycle.plan_year if cycle else None)


def place_of(ballot: Ballot) -> Place:
    """The place of a draft."""
    return Place(ballot.region, ballot.meeting, ballot.cycle.plan_year)


def initial_for(place: Place) -> dict[str, Any]:
    """A form begun: an approval of three in secret, for a week."""
    now = clock.now().astimezone(zone_of(place.region.pk)).replace(second=0, microsecond=0)
    days = timedelta(hours=2) if place.meeting else timedelta(days=7)
    return {
        "scope": place.scope,
        "most": 3,
        "shows_turnout": True,
        "opens_at": now.strftime("%Y-%m-%dT%H:%M"),
        "closes_at": (now + days).strftime("%Y-%m-%dT%H:%M"),
    }


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
