"""The filtered list as files: GeoJSON and CSV, streamed row by row from a server-side cursor, so memory stays flat."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from proposals.querysets import ProposalQuerySet

#: Rows fetched at once from the database's cursor.
CHUNK = 1000
#: Name in the file and where it comes from. Names and codes never change with the language.
COLUMNS = {
    "id": "id",
    "number": "number",
    "title": "title",
    "problem": "problem",
    "objective": "objective",
    "sector": "sector",
    "village": "village_id",
    "village_name": "village__name",
    "subdistrict_name": "village__parent__name",
    "district_name": "village__parent__parent__name",
    "plan_year": "plan_year",
    "volume": "volume",
    "unit": "unit",
    "unit_price": "unit_price",
    "amount": "amount",
    "locus": "locus",
    "stage": "stage",
    "outcome": "outcome",
    "funded_amount": "funded_amount",
    "supports": "supports",
    "comments": "comments",
    "author_name": "author__display_name",
    "created_at": "created_at",
    "changed_at": "changed_at",
}
#: A spreadsheet runs a cell that begins so; a quote before it makes it text again.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def _plain(value: Any) -> Any:
    """A value as JSON and CSV hold it: whole numbers whole, decimals without trailing zeros, times with their offset."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if value is None or isinstance(value, int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _rows(queryset: ProposalQuerySet) -> Iterator[tuple[dict[str, Any], Any]]:
    """Each proposal's facts and its point. The query runs when the first row is asked for."""
    for *values, point in queryset.values_list(*COLUMNS.values(), "location").iterator(chunk_size=CHUNK):
        yield {name: _plain(value) for name, value in zip(COLUMNS, values, strict=True)}, point


def geojson(queryset: ProposalQuerySet) -> Iterator[str]:
    """A FeatureCollection in WGS 84; proposals without a position have a null geometry."""
    yield '{"type":"FeatureCollection","features":['
    for position, (facts, point) in enumerate(_rows(queryset)):
        geometry = {"type": "Point", "coordinates": [round(point.x, 6), round(point.y, 6)]} if point else None
        feature = {"type": "Feature", "id": facts.pop("id"), "geometry": geometry, "properties": facts}
        yield ("," if position else "") + json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
    yield "]}"


def csv(queryset: ProposalQuerySet) -> Iterator[str]:
    """Comma-separated lines for spreadsheets: UTF-8 with its mark, money whole, no cell that would run as a formula."""
    yield "\ufeff" + _line([*COLUMNS, "lon", "lat"])
    for facts, point in _rows(queryset):
        yield _line([*facts.values(), *((round(point.x, 6), round(point.y, 6)) if point else ("", ""))])


def _line(values: list[Any]) -> str:
    return ",".join(map(_cell, values)) + "\r\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = "'" + value if value.lstrip(" ").startswith(_FORMULA_STARTS) else value
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n;\t') else text
