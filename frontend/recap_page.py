"""What the recap's page shows, in a constant number of queries."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from accounts import clock
from frontend import figures, overview
from geo import codes
from geo.codes import Level
from geo.lookup import lineage_of
from geo.models import Region
from proposals.filters import ProposalFilter
from proposals.models import Cycle, Proposal
from proposals.sheets import recaps

#: Wider regions have thousands of villages: a file, no page.
_ON_A_PAGE = (Level.DISTRICT, Level.SUBDISTRICT, Level.VILLAGE)


def recap_view(request: HttpRequest, found: Region) -> dict[str, Any]:
    """The lines of the region for the year that the address asks for."""
    year, years = _year(request, found)
    asked = QueryDict(mutable=True)
    asked.update({"region": found.pk, **({"plan_year": str(year)} if year else {})})
    shown = codes.level(found.pk) in _ON_A_PAGE
    lines = list(recaps.recap(ProposalFilter(asked, queryset=Proposal.objects.public()).or_refuse())) if shown else []
    return {
        "region": found,
        "lineage": lineage_of(found),
        "year": year,
        "years": years,
        "lines": [(line, _named(line.figures)) for line in lines[:-1]],
        "total": _named(lines[-1].figures) if lines else None,
        "query": asked.urlencode(),
        "as_of": clock.now(),
        "is_shown": shown,
    }


def _named(numbers: tuple[int, ...]) -> list[tuple[str, int]]:
    """Each figure with the name of its column: on a phone a line is a block that names its own."""
    steps = ("Mitra Bappeda", _("Sub-district"), "Forum SKPD")
    states = (_("not yet"), _("rejected"), _("forwarded"))
    names = [_("Came in"), *(f"{step}: {state}" for step in steps for state in states), _("Ceiling forwarded to the district (rupiah)")]
    return list(zip(names, numbers, strict=True))


def _year(request: HttpRequest, found: Region) -> tuple[int | None, list[int]]:
    district = codes.ancestor(found.pk, Level.DISTRICT) or settings.HOME_REGION
    years = list(Cycle.objects.filter(region_id=district).order_by("-plan_year").values_list("plan_year", flat=True))
    wanted = figures.whole(request.GET.get("plan_year", ""))
    if wanted in years:
        return wanted, years
    cycle = overview.cycle_of(district)
    return (cycle.plan_year if cycle else None), years
