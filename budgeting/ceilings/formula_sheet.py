"""The figures of a formula as a sheet: a form to fill in, and what came back, with an error a row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from budgeting.ceilings.formula_entries import decimal_text
from geo import codes
from geo.models import Region
from proposals.sheets import GUARDED
from proposals.sheets.exports import line
from proposals.sheets.files import Broken, Figure, Unreadable, pages

CODE, NAME, REWARD = "kode", "wilayah", "imbalan"
LARGEST = 2 * 1024 * 1024
_UNPACKED, _ROWS, _ERRORS = 20 * 1024 * 1024, 2000, 50

Cells = dict[str, dict[str, str]]


def blank(regions: Iterable[Region], inputs: Mapping[str, Any]) -> str:
    """A CSV with a row a region and a column a variable, filled as far as it is known; no cell runs as a formula."""
    variables = inputs["variables"]
    rows = [line([CODE, NAME, *(one["name"] for one in variables), REWARD])]
    for region in regions:
        row = inputs["values"].get(region.pk, {})
        rows.append(line([region.pk, region.title, *(row.get(one["key"], "") for one in variables), inputs["rewards"].get(region.pk, "")]))
    return "\ufeff" + "".join(rows)


def read(content: bytes, regions: Iterable[Region], variables: Sequence[Mapping[str, Any]]) -> tuple[Cells, dict[str, str]]:
    """Figures by region and variable, and the rewards. Raises Invalid (`sheet`) with a sentence for each row that is wrong."""
    if len(content) > LARGEST:
        raise Invalid({"sheet": [_("A sheet of figures has at most 2 MB.")]})
    try:
        rows = _table(content)
    except Unreadable as error:
        raise Invalid({"sheet": [str(error)]}) from None
    places = _columns(rows[0][1], variables)
    known = {region.pk: region.title for region in regions}
    names = {REWARD: REWARD, **{one["key"]: one["name"] for one in variables}}
    values: Cells = {}
    rewards: dict[str, str] = {}
    faults: list[str] = []
    for number, cells in rows[1:]:
        row = {key: cells[place] if place < len(cells) else None for place, key in places.items()}
        wrong = _take(row, known, names, values, rewards)
        faults += [_("Row %(number)d: %(fault)s") % {"number": number, "fault": fault} for fault in wrong]
    if faults:
        raise Invalid({"sheet": faults[:_ERRORS]})
    return values, rewards


def _table(content: bytes) -> list[tuple[int, Sequence[Any]]]:
    """The first page whose header names the codes: its rows with their numbers, the header first."""
    for page in pages(content, unpacked_most=_UNPACKED):
        rows: list[tuple[int, Sequence[Any]]] = []
        for number, cells in enumerate(page.rows(), start=1):
            if number > _ROWS:
                raise Unreadable(_("A sheet of figures has at most %(most)d rows.") % {"most": _ROWS})
            if any(str(cell or "").strip() for cell in cells) and (rows or CODE in {str(cell or "").strip().casefold() for cell in cells}):
                rows.append((number, cells))
        if rows:
            return rows
    raise Unreadable(_("No header with a column “kode” was found. Take the form from this page and fill it in."))


def _columns(header: Sequence[Any], variables: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """What each column holds: `kode`, a variable's key, or `imbalan`. Raises Invalid for a variable without its column, or twice."""
    keys = {CODE: CODE, REWARD: REWARD, **{one["name"].casefold(): one["key"] for one in variables}}
    named = [str(cell or "").strip() for cell in header]
    found = [keys.get((name[1:] if GUARDED.match(name) else name).casefold(), "") for name in named]
    faults = [_("The column “%(name)s” is missing.") % {"name": one["name"]} for one in variables if one["key"] not in found]
    faults += [_("The column “%(name)s” stands there twice.") % {"name": key} for key in sorted(set(found) - {""}) if found.count(key) > 1]
    if faults:
        raise Invalid({"sheet": faults})
    return {place: key for place, key in enumerate(found) if key}


def _take(row: dict[str, Any], known: Mapping[str, str], names: Mapping[str, str], values: Cells, rewards: dict[str, str]) -> list[str]:
    """Put a row's figures in their places; everything that is wrong with it, a sentence each that names the column."""
    code = codes.dotted(str(row.pop(CODE) or ""))
    if code not in known:
        return [_("“%(code)s” is no region below this ceiling.") % {"code": code[:20]}]
    if code in values:
        return [_("%(name)s stands there twice.") % {"name": known[code]}]
    values[code] = {}
    faults = []
    for key, cell in row.items():
        try:
            figure = _figure(cell)
        except ValueError:
            sentence = _("column “%(column)s”: “%(cell)s” is no number from zero with at most six decimals.")
            faults.append(sentence % {"column": names[key], "cell": str(cell)[:40]})
            continue
        if key == REWARD:
            rewards[code] = figure
        else:
            values[code][key] = figure
    return faults


def _figure(cell: Any) -> str:
    if isinstance(cell, Broken):
        raise ValueError(cell)  # noqa: TRY004 - a cell that shows an error is no number
    # A workbook's own numbers carry floating dust after the ninth digit or so.
    return decimal_text(Figure(f"{cell:.6f}") if isinstance(cell, float) else cell)
