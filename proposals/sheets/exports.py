"""The filtered list as files: GeoJSON, CSV and our own form as a workbook, row by row from a server-side cursor, so memory stays flat."""

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import IO, Any

from django.db.models import F, FloatField, Func, TextField

from proposals.querysets import ProposalQuerySet
from proposals.sheets import RUNS, sipd
from proposals.sheets import book as sheet_book
from proposals.sheets.book import Style, Table
from proposals.sheets.form import COLUMNS, KEYS, Column
from proposals.stages import Outcome, Stage

#: Rows fetched at once from the database's cursor.
CHUNK = 1000
_DIGITS = 6
#: A cell of a workbook holds a little more.
_SHAPE_IN_A_CELL = 32_000
_ASKED = tuple(column for column in COLUMNS if column.path)
_TOLD_BY_GEOJSON = tuple(column.key for column in COLUMNS if column.key not in {"id", "lon", "lat", "shape_rest", "photos"})
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
_STATUS = {(stage.value, outcome.value): sipd.status_of(stage, outcome) for stage in Stage for outcome in Outcome}
#: A cell with one of these stands in quotes.
_QUOTED = re.compile(r'[,"\r\n;\t]')
_MONEY = {"unit_price", "amount", "funded_amount"}


def _plain(value: Any) -> Any:
    """A value as JSON and CSV hold it: whole numbers whole, decimals without trailing zeros, times with their offset."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is Decimal:
        return int(value) if value == value.to_integral_value() else float(value)
    if kind is float:
        return round(value, _DIGITS)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _asked(queryset: ProposalQuerySet) -> Iterator[tuple[Any, ...]]:
    """Each proposal's values in the order of `_ASKED`. The query runs when the first row is asked for."""
    asked = queryset.annotate(
        lon=Func(F("location"), function="ST_X", output_field=FloatField()),
        lat=Func(F("location"), function="ST_Y", output_field=FloatField()),
        wkt=Func(F("shape"), function="ST_AsText", template=f"%(function)s(%(expressions)s, {_DIGITS})", output_field=TextField()),
    )
    return asked.values_list(*(column.path for column in _ASKED)).iterator(chunk_size=CHUNK)


def rows(queryset: ProposalQuerySet) -> Iterator[dict[str, Any]]:
    """Each proposal's facts by the keys of our form, as JSON holds them."""
    keys = [column.key for column in _ASKED]
    for values in _asked(queryset):
        facts = dict(zip(keys, map(_plain, values), strict=True))
        facts["status"], facts["shape_rest"], facts["photos"] = _STATUS[facts["stage"], facts["outcome"]], "", ""
        yield facts


def _lists(queryset: ProposalQuerySet) -> Iterator[list[Any]]:
    """The same as lists in the order of `COLUMNS`."""
    known = {column.key: place for place, column in enumerate(_ASKED)}
    order = [known.get(column.key, len(_ASKED)) for column in COLUMNS]
    stage, outcome, status = known["stage"], known["outcome"], KEYS.index("status")
    for values in _asked(queryset):
        plain = [*map(_plain, values), None]
        told = [plain[place] for place in order]
        told[status] = _STATUS[values[stage], values[outcome]]
        yield told


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
    yield "\ufeff" + line(list(KEYS))
    volume = KEYS.index("volume")
    for values in _lists(queryset):
        values[volume] = _unmistakable(values[volume])
        yield line(values)


def _unmistakable(volume: float | None) -> str | float | None:
    """A volume with three decimals gets a fourth: in Indonesia 1.125 is read as a thousand and more."""
    text = "" if volume is None else str(volume)
    return f"{text}0" if len(text.partition(".")[2]) == 3 else volume


def line(values: list[Any]) -> str:
    """One line of CSV, guarded against formulas."""
    return ",".join(map(_cell, values)) + "\r\n"


def _cell(value: Any) -> str:
    if value is None or value == "":
        return ""
    kind = type(value)
    if kind is bool:
        return "1" if value else "0"
    if kind is not str:
        return str(value)
    text = "'" + value if RUNS.match(value) else value
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


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
    shape, rest = KEYS.index("shape"), KEYS.index("shape_rest")
    for values in _lists(queryset):
        tell()
        if values[shape] and len(values[shape]) > _SHAPE_IN_A_CELL:
            values[shape], values[rest] = values[shape][:_SHAPE_IN_A_CELL], values[shape][_SHAPE_IN_A_CELL:]
        yield values
