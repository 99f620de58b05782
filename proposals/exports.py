"""The filtered list as files: GeoJSON, CSV and our own form as a workbook, row by row from a server-side cursor, so memory stays flat."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import IO, Any

from django.db.models import F, FloatField, Func, TextField

from proposals import sheet_book, sipd
from proposals.querysets import ProposalQuerySet
from proposals.sheet_book import Style, Table
from proposals.sheet_form import COLUMNS, Column
from proposals.sheets import RUNS
from proposals.stages import Outcome, Stage

#: Rows fetched at once from the database's cursor.
CHUNK = 1000
_DIGITS = 6
#: A cell of a workbook holds a little more.
_SHAPE_IN_A_CELL = 32_000
_ASKED = tuple(column for column in COLUMNS if column.path)
_TOLD_BY_GEOJSON = tuple(column.key for column in COLUMNS if column.key not in {"id", "lon", "lat", "shape_rest", "photos"})
_MONEY = {"unit_price", "amount", "funded_amount"}


def _plain(value: Any) -> Any:
    """A value as JSON and CSV hold it: whole numbers whole, decimals without trailing zeros, times with their offset."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if value is None or isinstance(value, int | str):
        return value
    if isinstance(value, float):
        return round(value, _DIGITS)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def rows(queryset: ProposalQuerySet) -> Iterator[dict[str, Any]]:
    """Each proposal's facts by the keys of our form. The query runs when the first row is asked for."""
    asked = queryset.annotate(
        lon=Func(F("location"), function="ST_X", output_field=FloatField()),
        lat=Func(F("location"), function="ST_Y", output_field=FloatField()),
        wkt=Func(F("shape"), function="ST_AsText", template=f"%(function)s(%(expressions)s, {_DIGITS})", output_field=TextField()),
    )
    keys = [column.key for column in _ASKED]
    for values in asked.values_list(*(column.path for column in _ASKED)).iterator(chunk_size=CHUNK):
        facts = {key: _plain(value) for key, value in zip(keys, values, strict=True)}
        yield facts | {"status": sipd.status_of(Stage(facts["stage"]), Outcome(facts["outcome"])), "shape_rest": "", "photos": ""}


def geojson(queryset: ProposalQuerySet) -> Iterator[str]:
    """A FeatureCollection in WGS 84; proposals without a position have a null geometry."""
    yield '{"type":"FeatureCollection","features":['
    for position, facts in enumerate(rows(queryset)):
        geometry = {"type": "Point", "coordinates": [facts["lon"], facts["lat"]]} if facts["lon"] is not None else None
        told = {key: facts[key] for key in _TOLD_BY_GEOJSON}
        feature = {"type": "Feature", "id": facts["id"], "geometry": geometry, "properties": told}
        yield ("," if position else "") + json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
    yield "]}"


def csv(queryset: ProposalQuerySet) -> Iterator[str]:
    """Comma-separated lines for spreadsheets: UTF-8 with its mark, money whole, no cell that would run as a formula."""
    keys = [column.key for column in COLUMNS]
    yield "\ufeff" + line(keys)
    for facts in rows(queryset):
        facts["volume"] = _unmistakable(facts["volume"])
        yield line([facts[key] for key in keys])


def _unmistakable(volume: float | None) -> str | float | None:
    """A volume with three decimals gets a fourth: in Indonesia 1.125 is read as a thousand and more."""
    text = "" if volume is None else str(volume)
    return f"{text}0" if len(text.partition(".")[2]) == 3 else volume


def line(values: list[Any]) -> str:
    """One line of CSV, guarded against formulas."""
    return ",".join(map(_cell, values)) + "\r\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if not isinstance(value, str):
        return str(value)
    text = "'" + value if RUNS.match(value) else value
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n;\t') else text


def workbook(
    queryset: ProposalQuerySet, out: IO[bytes], *, rows_a_sheet: int = sheet_book.ROWS_A_SHEET, tell: Callable[[], None] = lambda: None
) -> int:
    """Our own form as a workbook: what the import reads back. `tell` is told each row. Answers how many proposals are in it."""
    header = [column.heading for column in COLUMNS]
    table = Table(
        "Usulan", header, _book_rows(queryset, tell), widths=[column.width for column in COLUMNS], styles=[style_of(column) for column in COLUMNS]
    )
    return sheet_book.write(out, [table], rows_a_sheet=rows_a_sheet)


def style_of(column: Column) -> Style:
    """Figures in groups of three; a text is not wrapped, or the rows would become pages."""
    return Style.NUMBER if column.key in _MONEY else Style.PLAIN


def _book_rows(queryset: ProposalQuerySet, tell: Callable[[], None]) -> Iterator[list[Any]]:
    keys = [column.key for column in COLUMNS]
    for facts in rows(queryset):
        tell()
        shape = facts["shape"]
        if shape and len(shape) > _SHAPE_IN_A_CELL:
            facts["shape"], facts["shape_rest"] = shape[:_SHAPE_IN_A_CELL], shape[_SHAPE_IN_A_CELL:]
        yield [facts[key] for key in keys]
