"""The figures to take along: a line each, with its definition, what is counted of what, and why there is none."""

from collections.abc import Iterator
from typing import Any

from budgeting.figures.figure import Figure
from budgeting.figures.reading import Told
from budgeting.figures.table import TABLE
from budgeting.figures.telling import rounded
from budgeting.figures.words import GROUPS, WHY, WORDS, notes_of
from geo.models import Region
from proposals.sheets.exports import line

COLUMNS = (
    "kode_wilayah", "wilayah", "tahun", "angka", "kelompok", "nama", "definisi", "pembilang", "pembilang_adalah", "penyebut", "penyebut_adalah",
    "nilai", "satuan", "belum_ada_karena", "catatan", "sumber", "per",
)  # fmt: skip
_GROUP = {definition.code: definition.group for definition in TABLE}


def csv(found: Told) -> Iterator[str]:
    """UTF-8 with its mark: the region's own figures, then those of each region below it."""
    yield "\ufeff" + line(list(COLUMNS))
    for figure in found.figures:
        yield line(_values(found, found.region, figure))
    for region, figures in found.below:
        for figure in figures.values():
            yield line(_values(found, region, figure))


def _values(found: Told, region: Region, figure: Figure) -> list[Any]:
    words = WORDS[figure.code]
    return [
        region.pk, region.title, found.plan_year, figure.code, str(GROUPS[_GROUP[figure.code]]), str(words.name), str(words.definition),
        figure.numerator, str(words.part), figure.denominator, str(words.whole), rounded(figure), figure.unit.value,
        str(WHY[figure.missing]) if figure.missing else "", " ".join(notes_of(figure)), str(words.source), found.as_of.isoformat(timespec="seconds"),
    ]  # fmt: skip
