"""Works as files, streamed row by row from a server-side cursor: CSV, GeoJSON, and the form for reports as a workbook."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from budgeting.models import FundedWork
from budgeting.works import reading, sheet_rows
from budgeting.works.querysets import FundedWorkQuerySet
from proposals.sheets import book
from proposals.sheets.book import Style, Table
from proposals.sheets.exports import line

CHUNK = 1000
#: A form with more works than this would be no form any more.
FORM_MOST = 5000
_PLAIN = (
    "id", "plan_year", "region_id", "title", "sector", "origin", "origin_reference", "funding_source", "amount", "programme_code", "programme",
    "activity_code", "activity", "sub_activity_code", "sub_activity", "budget_document", "procurement_reference", "provider", "planned_start",
    "planned_end",
)  # fmt: skip
KEYS = (
    *(name.removesuffix("_id") for name in _PLAIN), "region_name", "proposal_number", "agency", "state", "physical_percent", "paid",
    "financial_percent", "reported_at", "days_late", "days_silent", "handed_over_on", "handover_document", "lon", "lat",
)  # fmt: skip


def facts_of(work: FundedWork) -> dict[str, Any]:
    """A work's facts by the keys of the files, as JSON holds them."""
    place = work.location
    told = {name.removesuffix("_id"): _plain(getattr(work, name)) for name in _PLAIN}
    return told | {
        "region_name": work.region.title,
        "proposal_number": work.proposal.number if work.proposal else "",
        "agency": work.agency.name if work.agency else "",
        "state": reading.state_of(work),
        "physical_percent": float(work.physical_percent),
        "paid": work.paid,
        "financial_percent": round(float(reading.financial_percent(work)), 2),
        "reported_at": _plain(work.reported_at),
        "days_late": reading.days_late(work),
        "days_silent": reading.days_silent(work),
        "handed_over_on": _plain(work.handed_over_on),
        "handover_document": work.handover_document,
        "lon": round(place.x, 6) if place else None,
        "lat": round(place.y, 6) if place else None,
    }


def csv(works: FundedWorkQuerySet) -> Iterator[str]:
    """Comma-separated lines for spreadsheets: UTF-8 with its mark, money whole, no cell that would run as a formula."""
    yield "\ufeff" + line(list(KEYS))
    for work in works.iterator(chunk_size=CHUNK):
        facts = facts_of(work)
        yield line([facts[key] for key in KEYS])


def geojson(works: FundedWorkQuerySet) -> Iterator[str]:
    """A FeatureCollection in WGS 84; works without a position have a null geometry."""
    yield '{"type":"FeatureCollection","features":['
    for position, work in enumerate(works.iterator(chunk_size=CHUNK)):
        facts = facts_of(work)
        lon, lat = facts.pop("lon"), facts.pop("lat")
        geometry = {"type": "Point", "coordinates": [lon, lat]} if lon is not None else None
        feature = {"type": "Feature", "id": facts["id"], "geometry": geometry, "properties": facts}
        yield ("," if position else "") + json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
    yield "]}"


def form(works: FundedWorkQuerySet) -> BytesIO:
    """The workbook that agencies fill in: their works, what was last reported, and empty cells for the new report."""
    styles = [Style.NUMBER if key in ("amount", "paid") else Style.PLAIN for key in sheet_rows.KEYS]
    widths = [38, 46, 26, 26, 18, 14, 14, 18, 22, 40]
    out = BytesIO()
    rows = (_form_row(work) for work in works[:FORM_MOST])
    book.write(out, [Table("Laporan", list(sheet_rows.HEADINGS), rows, widths=widths, styles=styles)])
    out.seek(0)
    return out


def form_csv(works: FundedWorkQuerySet) -> Iterator[str]:
    """The same form as comma-separated lines, for who has no spreadsheet program that keeps workbooks."""
    yield "\ufeff" + line(list(sheet_rows.HEADINGS))
    for work in works[:FORM_MOST].iterator(chunk_size=CHUNK):
        yield line(_form_row(work))


def last_day(work: FundedWork) -> str:
    """When the work was last reported on, as the form says it; empty where nobody has."""
    return work.reported_at.date().isoformat() if work.reported_at else ""


def _form_row(work: FundedWork) -> list[Any]:
    agency = work.agency.name if work.agency else ""
    return [str(work.pk), work.title, work.region.title, agency, work.amount, last_day(work), "", float(work.physical_percent), work.paid, ""]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
