"""The ceilings of a year as a tree: a branch a source, each row with where its money is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from budgeting import selectors
from budgeting.ledger import Standing
from budgeting.models.ceiling import FundingSource
from frontend import figures
from frontend.budgets import Gauge, gauge_of
from frontend.ceilings.district import district_of, districts_of
from geo import codes
from geo.codes import LEVELS, Level
from geo.models import Region


@dataclass(frozen=True)
class Row:
    """A ceiling on the page. `villages`: how many parts of villages are not shown on their own."""

    ceiling: Any
    gauge: Gauge
    depth: int
    villages: int
    state: str


@dataclass(frozen=True)
class Branch:
    """All ceilings of one source; `total` is what stands at its top, in rupiah."""

    source: str
    name: str
    total: int
    rows: list[Row]


@dataclass(frozen=True)
class Sheet:
    """The budget page of one year."""

    year: int | None
    years: list[int]
    branches: list[Branch]
    places: list[Region]
    place: str
    may_set: bool
    #: The kabupaten shown, and those among which this person chooses: home and the own ones.
    district: Region
    districts: list[Region]

    @property
    def is_elsewhere(self) -> bool:
        """Whether links have to name the kabupaten."""
        return self.district.pk != settings.HOME_REGION


def sheet(user: Any, wanted: str, place: str = "", asked: str = "") -> Sheet:
    """A kabupaten's ceilings of a year (home and the newest by default); those of villages only where a sub-district is chosen."""
    district = _district(asked)
    home, own = district.pk, districts_of(user)
    visible = selectors.ceilings(user, region_code=home)
    years = sorted(set(visible.order_by().values_list("plan_year", flat=True)), reverse=True)
    said = figures.whole(wanted)
    year = said if said in years else next(iter(years), None)
    places = list(Region.objects.light().in_force().within(home).at(Level.SUBDISTRICT).order_by("code"))
    place = place if any(region.pk == place for region in places) else ""
    rows = list(_shown(visible, place).filter(plan_year=year)) if year else []
    hidden = _hidden(visible, year, rows) if year else {}
    offered = {region.pk: region for region in [district, *own]}
    return Sheet(year, years, branches_of(rows, hidden), places, place, home in {region.pk for region in own}, district, [*offered.values()])


def _district(asked: str) -> Region:
    """The kabupaten of the address, else home."""
    wanted = {district_of(asked) or settings.HOME_REGION, settings.HOME_REGION}
    found = {region.pk: region for region in Region.objects.light().filter(pk__in=wanted)}
    return found.get(district_of(asked)) or found.get(settings.HOME_REGION) or Region(code=settings.HOME_REGION)


def standing_of(ceiling: Any) -> Standing:
    """Where the money of a row of `selectors.ceilings` is, as its reader sees it."""
    return Standing(ceiling.shown_amount, ceiling.shown_reserve, ceiling.moved, ceiling.released, ceiling.handed, 0, ceiling.committed)


def state_of(ceiling: Any) -> str:
    """Of a row of `selectors.ceilings`: `published`, `changing` (an older version is published), or `draft`, however often it was set."""
    if ceiling.published_at:
        return "published"
    return "changing" if ceiling.was_published else "draft"


def title_of(ceiling: Any) -> str:
    """What a ceiling is called where its source is known: `Kecamatan Sungai Raya`, `Kabupaten Kubu Raya, PUPR`."""
    return _("%(region)s, %(agency)s") % {"region": ceiling.region.title, "agency": ceiling.agency} if ceiling.agency_id else ceiling.region.title


def branches_of(rows: Iterable[Any], hidden: dict[int, int]) -> list[Branch]:
    """The rows as trees, a branch a source in the order of the sources."""
    by_source: dict[str, list[Any]] = {}
    for row in rows:
        by_source.setdefault(row.funding_source, []).append(row)
    order = [code for code in FundingSource.values if code in by_source]
    return [_branch(code, by_source[code], hidden) for code in order]


def _branch(source: str, rows: list[Any], hidden: dict[int, int]) -> Branch:
    shown = {row.pk for row in rows}
    below: dict[int | None, list[Any]] = {}
    for row in sorted(rows, key=_place):
        below.setdefault(row.parent_id if row.parent_id in shown else None, []).append(row)
    walked = [Row(row, gauge_of(standing_of(row)), depth, hidden.get(row.pk, 0), state_of(row)) for row, depth in _walk(below, None, 0)]
    total = sum(row.gauge.amount for row in walked if row.depth == 0)
    return Branch(source, str(dict(FundingSource.choices)[source]), total, walked)


def _walk(below: dict[int | None, list[Any]], parent: int | None, depth: int) -> Iterable[tuple[Any, int]]:
    for row in below.get(parent, []):
        yield row, depth
        yield from _walk(below, row.pk, depth + 1)


def _place(row: Any) -> tuple[int, bool, str, str, int]:
    return (LEVELS.index(codes.level(row.region_id)), row.agency_id is not None, str(row.agency or ""), row.region_id, row.pk)


def _shown(visible: Any, place: str) -> Any:
    """Without the villages; with a sub-district, that one with its villages and what stands above it."""
    if not place:
        return visible.exclude(region__level=Level.VILLAGE.value)
    return visible.filter(Q(region__code__in=codes.lineage(place)) | Q(region__code__startswith=f"{place}."))


def _hidden(visible: Any, year: int, rows: list[Any]) -> dict[int, int]:
    parts = visible.filter(plan_year=year, region__level=Level.VILLAGE.value, parent__in=[row.pk for row in rows])
    shown = {row.pk for row in rows}
    counted = parts.exclude(pk__in=shown).order_by().values_list("parent_id").annotate(count=Count("pk"))
    return {row[0]: row[-1] for row in counted.values_list("parent_id", "count")}
