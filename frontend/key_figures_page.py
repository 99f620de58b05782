"""The page of figures: which region and year, and everything about them that is a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from budgeting.figures import reading, wide
from budgeting.figures.reading import Told
from budgeting.models import AllocationRun
from deliberation.ballots.words import BallotState, FileKind
from deliberation.models import Ballot
from frontend.answers import asked
from geo import codes
from geo.codes import Level
from geo.models import Region

#: So many ballots and allocations are named on the page; their lists have all.
_NAMED = 12


@dataclass(frozen=True)
class Sheet:
    """The page: where and when, the figures, and what to take along. `places` are those to choose from, the widest first.

    A `year` without `found` was asked for and has no figures here.
    """

    region: Region
    places: Sequence[Region]
    years: Sequence[int]
    year: int | None
    found: Told | None

    @property
    def is_wide(self) -> bool:
        """Whether the figures are sums over kabupaten."""
        return wide.is_wide(self.region.pk)

    @property
    def is_missing(self) -> bool:
        """Whether a year was asked for that has no figures here."""
        return self.year is not None and self.found is None

    @property
    def counted(self) -> frozenset[str]:
        """Codes of the regions below that have figures of this year; only within a kabupaten are they all counted together."""
        below = self.found.below if self.found else []
        return frozenset(child.pk for child, told in below if not self.is_wide or any(one.missing is None for one in told.values()))

    @property
    def query(self) -> str:
        """What names this place and year in an address."""
        year = {"plan_year": str(self.year)} if self.year else {}
        return urlencode({"region": str(self.region.pk), **year})

    @property
    def files(self) -> list[tuple[str, str, str]]:
        """Name, what it holds, address: of everything about this place and year that is a file. Lists of rows are told by kabupaten."""
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
        return [(name, holds, f"{reverse(address)}?{self.query}") for name, holds, address in (api[:1] if self.is_wide else api)]

    def ballots(self) -> list[Ballot]:
        """Published ballots with files, the newest first; one query."""
        if self.year is None:
            return []
        inside = Q(region_id=self.region.pk) | Q(region__pk__startswith=f"{self.region.pk}.")
        found = Ballot.objects.filter(inside, cycle__plan_year=self.year, state=BallotState.PUBLISHED, files__kind=FileKind.PABULIB)
        return list(found.only("pk", "title", "closes_at").order_by("-closes_at", "-id")[:_NAMED])

    def runs(self) -> list[AllocationRun]:
        """Published allocations of the kabupaten's year, the newest first; one query."""
        if self.year is None:
            return []
        district = codes.ancestor(self.region.pk, Level.DISTRICT)
        inside = Q(ceiling__region_id=district) | Q(ceiling__region__pk__startswith=f"{district}.")
        found = AllocationRun.objects.filter(inside, status=AllocationRun.Status.PUBLISHED, ceiling__plan_year=self.year)
        named = ("pk", "published_at", "ceiling__funding_source", "ceiling__region__name", "ceiling__region__kind")
        return list(found.select_related("ceiling__region").only(*named).order_by("-published_at", "pk")[:_NAMED])


def sheet(request: HttpRequest) -> Sheet:
    """The page that an address asks for. Raises Invalid and Missing."""
    code, year = asked(request, "region", 20), asked(request, "plan_year", 8)
    return _wide(code, year) if wide.is_wide(code) else _near(code, year)


def _wide(code: str, year: str) -> Sheet:
    """A province or the nation, with what lies right below it."""
    region = wide.region_of(code)
    years = wide.years_of(region)
    named = reading.year_in(year) if year else None
    wanted = named or (wide.year_among(years, "") if years else None)
    found = wide.told(region, wanted) if wanted in years and wanted else None
    above = [] if code == wide.NATION else [wide.nation()]
    return Sheet(region, [*above, region, *(child for child, _figures in (found.below if found else []))], years, wanted, found)


def _near(code: str, year: str) -> Sheet:
    """A kabupaten or a part of it, with the province around it and its sub-districts."""
    region = reading.region_of(code)
    cycles = reading.cycles_of(region)
    named = reading.year_in(year) if year else None
    cycle = next((one for one in cycles if named in (None, one.plan_year)), None)
    district = codes.ancestor(region.pk, Level.DISTRICT)
    around = Q(pk__in=[codes.ancestor(region.pk, Level.PROVINCE), district]) | Q(parent=district, valid_until__isnull=True)
    places = list(Region.objects.light().filter(around).order_by("pk"))
    below = [one for one in places if one.parent_id == district] if region.pk == district else None
    if codes.level(region.pk) is Level.VILLAGE:
        places.append(region)
    years = sorted((one.plan_year for one in cycles), reverse=True)
    found = reading.told(region, cycle, below) if cycle else None
    return Sheet(region, [wide.nation(), *places], years, cycle.plan_year if cycle else named, found)
