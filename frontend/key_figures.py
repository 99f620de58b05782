"""The figures as their page draws them: values in words, what is counted of what, bars."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from budgeting.figures.figure import Figure, Missing, Unit
from budgeting.figures.reading import Told
from budgeting.figures.table import BY_PLACE, TABLE
from budgeting.figures.telling import rounded
from budgeting.figures.words import BY_FIFTH, GROUPS, WHY, WORDS, notes_of
from frontend.figures import number, share
from geo.models import Region
from proposals.money import rupiah

_HOUR, _DAY = 3600, 86_400


#: Where there is no value because nothing of the kind happened; anywhere else something is not known yet.
_NOTHING_OF_IT = (Missing.NO_REJECTION, Missing.NOBODY_WAITS)


@dataclass(frozen=True)
class Row:
    """One figure in words; without a value, what stands in its place. `width` is its bar in per cent, where it is a part of a whole."""

    code: str
    name: str
    definition: str
    value: str
    counted: str
    why: str
    notes: list[str]
    source: str
    width: str = ""


@dataclass(frozen=True)
class Group:
    """Figures that are told together; `bars` are those that can be drawn beside each other."""

    code: str
    title: str
    rows: list[Row]

    @property
    def bars(self) -> list[Row]:
        """The parts of a whole that have a value."""
        return [row for row in self.rows if row.width]


@dataclass(frozen=True)
class Below:
    """A figure by region below: values in words, in the order of the regions."""

    name: str
    cells: list[tuple[Region, str, str]]


def groups_of(found: Told) -> list[Group]:
    """All figures by group, in the order of the table."""
    figures = {figure.code: figure for figure in found.figures}
    rows = {group: [_row(figures[one.code]) for one in TABLE if one.group == group] for group in GROUPS}
    return [Group(group, str(title), _without_repeating(rows[group])) for group, title in GROUPS.items()]


def _without_repeating(rows: list[Row]) -> list[Row]:
    """Rows of one definition say it once; where none of them is known for the same reason, one row stands for all."""
    same = [row for row in rows if row.definition == rows[0].definition]
    if len(same) == 1:
        return rows
    others = rows[len(same) :]
    if len({row.why for row in same}) == 1 and same[0].why:
        return [replace(same[0], code="poverty", name=str(BY_FIFTH)), *others]
    return [same[0], *(replace(row, definition="") for row in same[1:]), *others]


def below_of(found: Told) -> list[Below]:
    """Those that can be told of each region below; nothing where there is none."""
    if not found.below:
        return []
    return [Below(str(WORDS[code].name), [(region, value(told[code]), _width(told[code])) for region, told in found.below]) for code in BY_PLACE]


def value(figure: Figure) -> str:
    """The value in words; a dash where there is none."""
    told = rounded(figure)
    if told is None:
        return "–"
    if figure.unit is Unit.RUPIAH:
        return rupiah(int(told))
    if figure.unit is Unit.SECONDS:
        return _lasting(int(told))
    if figure.unit is Unit.PERCENT:
        return share(figure.numerator or 0, figure.denominator or 0)
    plain = number(told)
    if figure.unit is Unit.YEARS:
        return _("%(count)s years") % {"count": plain}
    return _("%(count)s of 1,000") % {"count": plain} if figure.unit is Unit.PER_THOUSAND else plain


def _lasting(seconds: int) -> str:
    if seconds < _HOUR:
        return _("%(count)s minutes") % {"count": number(seconds // 60)}
    if seconds < 2 * _DAY:
        return _("%(count)s hours") % {"count": number(seconds // _HOUR)}
    return _("%(count)s days") % {"count": number(seconds // _DAY)}


def _row(figure: Figure) -> Row:
    words = WORDS[figure.code]
    why = str(WHY[figure.missing]) if figure.missing else ""
    shown = _absent(figure.missing) if figure.missing else value(figure)
    told = (figure.code, str(words.name), str(words.definition), shown, _counted(figure), why, notes_of(figure), str(words.source))
    return Row(*told, width=_width(figure))


def _absent(missing: Missing) -> str:
    if missing is Missing.FEW:
        return _("held back")
    return _("none") if missing in _NOTHING_OF_IT else _("no data yet")


def _counted(figure: Figure) -> str:
    words = WORDS[figure.code]
    if figure.denominator is None:
        return ""
    whole = f"{number(figure.denominator)} {words.whole}"
    if figure.numerator is None:
        return f"{whole}."
    return _("%(part)s of %(whole)s") % {"part": f"{number(figure.numerator)} {words.part}", "whole": whole} + "."


def _width(figure: Figure) -> str:
    told = rounded(figure)
    return "" if told is None or figure.unit is not Unit.PERCENT else f"{min(told, 100):f}"
