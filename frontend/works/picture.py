"""The map of works without scripts: regions with how many works stand in them, in a village single works."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import Left
from django.http import QueryDict

from accounts.refusals import Missing
from budgeting.models import FundedWork
from budgeting.works import reading
from budgeting.works.filters import WorkFilter
from frontend.drawings import Counted, Drawing, counted_map, neighbours_of, place_map
from frontend.works.cards import given_of
from frontend.works.drawing import pin_of
from geo import codes
from geo.codes import Level
from geo.lookup import lineage_of
from geo.models import Region

#: Works drawn one by one in a village.
_PINS = 200


@dataclass(frozen=True)
class Row:
    """A region's works, for the table below the map."""

    region: Region
    works: int
    confirmed: int


def map_view(query: QueryDict) -> dict[str, Any]:
    """Everything on the page of the map. Raises Missing where there is no such region."""
    years = reading.years()
    given = given_of(query, years)
    code = given.get("region") or settings.HOME_REGION
    region = Region.objects.filter(pk=code).defer("search_text").first() if codes.is_code(code) else None
    if region is None:
        raise Missing
    given["region"] = code
    works = WorkFilter(given, queryset=FundedWork.objects.all()).found()
    drawing, rows, listed = _village(region, works) if codes.level(code) is Level.VILLAGE else _wider(region, works)
    return {
        "region": region,
        "lineage": lineage_of(region),
        "drawing": drawing,
        "rows": rows,
        "listed": listed,
        "year": given.get("plan_year", ""),
        "years": years,
        "total": sum(row.works for row in rows) or len(listed),
        "query": given.urlencode(),
    }


def _wider(region: Region, works: Any) -> tuple[Drawing | None, list[Row], list[FundedWork]]:
    children = list(Region.objects.filter(parent_id=region.pk).defer("boundary", "search_text").order_by("code"))
    if not children:
        return None, [], []
    confirmed = Count("pk", filter=Q(realisation="confirmed"))
    place = Left("region_id", len(children[0].pk))
    grouped = works.order_by().annotate(part=place).values("part").annotate(n=Count("pk"), good=confirmed)
    counted = {row["part"]: Counted(row["n"], row["good"]) for row in grouped}
    rows = [Row(child, counted[child.pk].proposals, counted[child.pk].funded) for child in children if child.pk in counted]
    # what serves the region as a whole stands in no part of it
    if region.pk in counted:
        rows.append(Row(region, counted[region.pk].proposals, counted[region.pk].funded))
    return counted_map(children, counted), sorted(rows, key=lambda row: (-row.works, row.region.pk)), []


def _village(region: Region, works: Any) -> tuple[Drawing | None, list[Row], list[FundedWork]]:
    listed = list(works.order_by(*reading.ORDER)[:_PINS])
    pins = [(work.location, pin_of(work)) for work in listed if work.location]
    return place_map(region, neighbours_of(region), pins=pins), [], listed
