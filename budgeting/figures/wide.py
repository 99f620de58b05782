"""The figures of a province, or of the nation: what its kabupaten last counted, added up. Bounded by their number, not by their proposals."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Missing
from budgeting.figures import reading
from budgeting.figures.adding import Part, added
from budgeting.figures.figure import Figure
from budgeting.figures.keeping import part_of
from budgeting.figures.reading import Counted, Told
from budgeting.figures.table import BY_PLACE
from budgeting.models import KeptFigures
from geo import codes
from geo.codes import Level
from geo.models import Region

#: The whole country has no code of the decree; in an address it is called so.
NATION = "indonesia"


def nation() -> Region:
    """The country as a place to tell of; no row, and never saved."""
    return Region(code=NATION, name=_("Indonesia"), kind="", level="")


def is_wide(code: str) -> bool:
    """Whether figures of this place are sums over kabupaten."""
    return code == NATION or (codes.is_code(code) and codes.level(code) is Level.PROVINCE)


def years_of(region: Region) -> list[int]:
    """The plan years that a kabupaten here has figures of, the newest first; one query."""
    found = _rows(region).order_by("-cycle__plan_year").values_list("cycle__plan_year", flat=True).distinct()
    return list(found)


def region_of(code: str) -> Region:
    """The place of a code that `is_wide`. Raises Missing."""
    if code == NATION:
        return nation()
    found = Region.objects.light().filter(pk=code).first()
    if found is None:
        raise Missing
    return found


def year_of(region: Region, text: str) -> int:
    """The plan year asked for; without one the year that is planned now, or the newest. Raises Invalid for no year, Missing where nothing is kept."""
    return year_among(years_of(region), text)


def year_among(years: Sequence[int], text: str) -> int:
    """The same of the years that somebody asked for already."""
    coming = clock.now().year + 1
    year = reading.year_in(text) if text else min((one for one in years if one >= coming), default=max(years, default=0))
    if year not in years:
        raise Missing(_("No figures of this plan year are counted here."))
    return year


def told(region: Region, year: int) -> Told:
    """Everything told of a province or the nation in a plan year, with each province or kabupaten below it. Three queries."""
    rows = list(_rows(region).filter(cycle__plan_year=year).select_related("cycle").order_by("cycle__region_id"))
    parts = {kept.cycle.region_id: part_of(kept) for kept in rows}
    below = [(child, _by_place(_inside(parts, child.code))) for child in _children(region)]
    as_of = min((kept.counted_at for kept in rows), default=clock.now())
    return Told(region, year, added(list(parts.values())), below, as_of, Counted(len(rows), _districts(region).count()))


def _rows(region: Region) -> QuerySet[KeptFigures]:
    found = KeptFigures.objects.all()
    return found if region.code == NATION else found.filter(cycle__region__pk__startswith=f"{region.code}.")


def _districts(region: Region) -> QuerySet[Region]:
    found = Region.objects.in_force().at(Level.DISTRICT)
    return found if region.code == NATION else found.filter(pk__startswith=f"{region.code}.")


def _children(region: Region) -> list[Region]:
    below = Region.objects.light().in_force()
    found = below.at(Level.PROVINCE) if region.code == NATION else below.filter(parent_id=region.code)
    return list(found.order_by("pk"))


def _inside(parts: dict[str, Part], code: str) -> list[Part]:
    return [part for district, part in parts.items() if district == code or district.startswith(f"{code}.")]


def _by_place(parts: Sequence[Part]) -> dict[str, Figure]:
    return {figure.code: figure for figure in added(parts) if figure.code in BY_PLACE}
