"""The comparison to take along: facts, villages, or every proposal, as rows of a table."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from budgeting.comparison import changed
from budgeting.comparison.facts import Sum
from budgeting.comparison.reading import Comparison
from frontend.comparison.facts_table import parts_of
from frontend.comparison.naming import names_of
from proposals.sheets.exports import line

#: Parts of the address, and the name of the file.
KINDS = ("fakta", "desa", "usulan")
_AT_ONCE = 500

Cells = list[Any]


def lines_of(found: Comparison, kind: str) -> Iterator[str]:
    """The table as CSV with its head, guarded against formulas.

    Villages and proposals have whole rupiah without dots, to be added up; facts read as on the page.
    """
    rows = {"fakta": _facts, "desa": _villages, "usulan": _proposals}[kind](found, names_of(found.runs))
    yield "\ufeff"
    for row in rows:
        yield line(row)


def _facts(found: Comparison, names: list[str]) -> Iterator[Cells]:
    yield [_("Part"), _("Fact"), *names, _("Note")]
    for part in parts_of(found):
        for row in part.rows:
            yield [part.title, row.name, *row.cells, row.note or part.note]


def _villages(found: Comparison, names: list[str]) -> Iterator[Cells]:
    yield [_("Code"), _("Village"), _("Inhabitants"), _("Households"), _("Poor households named"), _("Fifth"), *names]
    fifths = {place.code: one.index or "" for one in found.fifths for place in one.villages}
    codes = sorted({*found.places, *(code for column in found.columns for code in column.villages)})
    for code in codes:
        place = found.places.get(code)
        known = [place.name, place.population, place.households, place.poor] if place else ["", None, None, None]
        given = [column.villages.get(code, Sum()).amount for column in found.columns]
        yield [code, *known, fifths.get(code, ""), *given]


def _proposals(found: Comparison, names: list[str]) -> Iterator[Cells]:
    yield [_("Number"), _("Title"), _("Village code"), _("Asked (rupiah)"), *names]
    given = [f"given_{at}" for at in range(len(found.runs))]
    rows = changed.in_any(found.keys).order_by("number", "id").values_list("number", "title", "village_id", "amount", *given)
    for number, title, village, amount, *told in rows.iterator(chunk_size=_AT_ONCE):
        yield [number, title, village, amount, *("" if one < 0 else one for one in told)]
