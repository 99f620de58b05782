"""Which region and plan year a page about money is for: what the address says, else home and the newest year with lines."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from accounts.models import Agency
from budgeting.models import FundedWork
from frontend import figures
from frontend.answers import asked
from frontend.overview import begun_of
from geo import codes
from geo.codes import Level
from geo.models import Region


@dataclass(frozen=True)
class Place:
    """A region with those below its kabupaten to choose from, and a plan year with the others."""

    region: Region
    year: int | None
    years: list[int]
    district: str

    @property
    def query(self) -> dict[str, str]:
        """What keeps the page at this place: for links and files."""
        return {"region": self.region.pk, **({"plan_year": str(self.year)} if self.year else {})}

    def subdistricts(self) -> QuerySet[Region]:
        """The kabupaten's sub-districts, for a list to choose from."""
        return Region.objects.in_force().light().filter(parent=self.district).order_by("code")

    def agencies(self) -> QuerySet[Agency]:
        """The kabupaten's agencies."""
        return Agency.objects.filter(region=self.district).order_by("name", "pk")


def place_of(request: HttpRequest, *, with_lines: bool = True) -> Place:
    """The place that an address names; 404 for a region that is not there. Three queries.

    `with_lines`: without a year in the address, the newest that has lines of a budget rather than the newest that has begun.
    """
    said = asked(request, "region", 20) or settings.HOME_REGION
    region = Region.objects.light().filter(pk=said).first() if codes.is_code(said) else None
    if region is None:
        raise Http404(_("There is no region with this code."))
    district = codes.ancestor(region.pk, Level.DISTRICT) or settings.HOME_REGION
    begun = begun_of(district)
    years = [year for year, _has_begun in begun]
    year = figures.whole(request.GET.get("plan_year", ""))
    if year is None or not 2000 <= year <= 2100:
        newest = FundedWork.objects.within(region.pk).order_by("-plan_year").values_list("plan_year", flat=True).first() if with_lines else None
        year = newest or next((year for year, has_begun in begun if has_begun), next(iter(years), None))
    return Place(region, year, years if year is None or year in years else sorted([*years, year], reverse=True), district)
