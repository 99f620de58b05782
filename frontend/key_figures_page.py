"""The page of figures: which region and year, and everything about them that is a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from budgeting.figures import reading
from budgeting.figures.reading import Told
from budgeting.models import AllocationRun
from deliberation.ballots.words import BallotState, FileKind
from deliberation.models import Ballot
from frontend.answers import asked
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle

#: So many ballots and allocations are named on the page; their lists have all.
_NAMED = 12


@dataclass(frozen=True)
class Sheet:
    """The page: where and when, the figures, and what to take along."""

    region: Region
    district: Region
    years: list[Cycle]
    cycle: Cycle | None
    subdistricts: Sequence[Region]
    found: Told | None

    @property
    def query(self) -> str:
        """What names this place and year in an address."""
        year = {"plan_year": str(self.cycle.plan_year)} if self.cycle else {}
        return urlencode({"region": str(self.region.pk), **year})

    @property
    def files(self) -> list[tuple[str, str, str]]:
        """Name, what it holds, address: of everything about this place and year that is a file."""
        api = [
            (_("These figures (CSV)"), _("with definitions, numerators and denominators"), "api:figures-csv"),
            (_("Proposals (CSV)"), _("all that were sent in, with every column"), "api:proposals-csv"),
            (_("Proposals (GeoJSON)"), _("with their places, for maps"), "api:proposals-geojson"),
            (_("Lines of the budget with their origin (CSV)"), _("every rupiah, and who asked for it"), "api:provenance-csv"),
            (_("Lines of the budget (GeoJSON)"), _("with their places, for maps"), "api:provenance-geojson"),
            (_("Works (CSV)"), _("progress, money paid out, what villagers say"), "api:works-csv"),
            (_("Works (GeoJSON)"), _("with their places, for maps"), "api:works-geojson"),
            (_("Works (OC4IDS)"), _("the open standard for infrastructure, JSON"), "api:works-oc4ids"),
        ]
        return [(name, holds, f"{reverse(address)}?{self.query}") for name, holds, address in api]

    def ballots(self) -> list[Ballot]:
        """Published ballots with files, the newest first; one query."""
        if self.cycle is None:
            return []
        inside = Q(region_id=self.region.pk) | Q(region__pk__startswith=f"{self.region.pk}.")
        found = Ballot.objects.filter(inside, cycle=self.cycle, state=BallotState.PUBLISHED, files__kind=FileKind.PABULIB)
        return list(found.only("pk", "title", "closes_at").order_by("-closes_at", "-id")[:_NAMED])

    def runs(self) -> list[AllocationRun]:
        """Published allocations of the kabupaten's year, the newest first; one query."""
        if self.cycle is None:
            return []
        inside = Q(ceiling__region_id=self.district.pk) | Q(ceiling__region__pk__startswith=f"{self.district.pk}.")
        found = AllocationRun.objects.filter(inside, status=AllocationRun.Status.PUBLISHED, ceiling__plan_year=self.cycle.plan_year)
        named = ("pk", "published_at", "ceiling__funding_source", "ceiling__region__name", "ceiling__region__kind")
        return list(found.select_related("ceiling__region").only(*named).order_by("-published_at", "pk")[:_NAMED])


def sheet(request: HttpRequest) -> Sheet:
    """The page that an address asks for. Raises Invalid and Missing."""
    region = reading.region_of(asked(request, "region", 20))
    years = reading.cycles_of(region)
    cycle = reading.cycle_among(years, asked(request, "plan_year", 8))
    district = region if codes.level(region.pk) is Level.DISTRICT else Region.objects.light().get(pk=codes.ancestor(region.pk, Level.DISTRICT))
    subdistricts = list(Region.objects.in_force().light().filter(parent=district).order_by("pk"))
    return Sheet(
        region,
        district,
        sorted(years, key=lambda one: -one.plan_year),
        cycle,
        subdistricts,
        reading.told(region, cycle, subdistricts if region == district else None) if cycle else None,
    )
