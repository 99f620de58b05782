"""The table of facts: runs as columns, facts as rows, the chosen run first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting.comparison.facts import Column, Fifth, Reached, Sum, nearest
from budgeting.comparison.reading import Comparison
from budgeting.words import Origin
from frontend import figures
from frontend.figures import number
from proposals.money import rupiah
from proposals.small_groups import LEAST_TOLD
from proposals.words import Sector

Cells = list[str]


@dataclass(frozen=True)
class Row:
    """One fact of every run; `note` says what it means or rests on."""

    name: str
    cells: Cells
    note: str = ""


@dataclass(frozen=True)
class Part:
    """Some facts under one heading."""

    title: str
    rows: list[Row] = field(default_factory=list)
    note: str = ""


def parts_of(found: Comparison) -> list[Part]:
    """Everything that is told, in the order of the page; parts about which nothing is known say so."""
    return [_money(found), _villages(found), _fifths(found), _raised(found), _sectors(found), _origins(found), _represented(found)]


def percent(share: Fraction | None) -> str:
    """As every share is told; a dash where nothing can be shared."""
    return "–" if share is None else figures.share(share.numerator, share.denominator)


def _row(found: Comparison, name: str, tell: Callable[[Column], str], note: str = "") -> Row:
    return Row(name, [tell(column) for column in found.columns], note)


def _money(found: Comparison) -> Part:
    left = [rupiah(run.budget - column.total.amount) for run, column in zip(found.runs, found.columns, strict=True)]
    rows = [
        _row(found, _("Given"), lambda column: rupiah(column.total.amount)),
        Row(_("Left of what could be given"), left),
        _row(found, _("Proposals funded"), lambda column: _("%(part)s of %(all)s") % _counts(column.total)),
        _row(found, _("Lines changed by hand"), lambda column: number(column.by_hand)),
    ]
    return Part(_("Money"), rows)


def _counts(one: Sum) -> dict[str, str]:
    return {"part": number(one.funded), "all": number(one.lines)}


def _villages(found: Comparison) -> Part:
    asking = {code for column in found.columns for code in column.villages if code in found.places}
    facts = {"all": number(len(found.places)), "asking": number(len(asking))}

    def reached(column: Column) -> str:
        return number(sum(one.funded > 0 for code, one in column.villages.items() if code in found.places))

    rows = [_row(found, _("Villages with at least one funded work"), reached)]
    return Part(_("Villages"), rows, _("Of %(all)s villages, %(asking)s brought proposals.") % facts)


def _fifths(found: Comparison) -> Part:
    title = _("Rupiah a head, by how poor the villages are")
    if not any(one.index for one in found.fifths):
        return Part(title, [], _("No data yet: fewer than five villages have both named poor households and a known number of households."))
    rows = [Row(_fifth_name(one), [_per_head(one, column) for column in found.columns], _people(one)) for one in found.fifths]
    sentence = _("A village is as poor as the largest number of poor households that one of its proposals names, of all its households.")
    return Part(title, rows, sentence)


def _fifth_name(one: Fifth) -> str:
    names = {0: _("Villages without data"), 1: _("Poorest fifth"), 5: _("Least poor fifth")}
    return names.get(one.index) or _("Fifth number %(index)s") % {"index": one.index}


def _per_head(one: Fifth, column: Column) -> str:
    value = one.per_head(column.villages)
    return _("no data yet") if value is None else rupiah(nearest(value))


def _people(one: Fifth) -> str:
    villages = ngettext("%(count)s village", "%(count)s villages", len(one.villages)) % {"count": number(len(one.villages))}
    return _("%(villages)s, %(people)s inhabitants") % {"villages": villages, "people": number(one.population)}


def _raised(found: Comparison) -> Part:
    words = {
        "women": _("Raised by women"),
        "youth": _("Raised by young people"),
        "disabled": _("Raised by people with disabilities"),
        "poor": _("Raised by poor families"),
        "soft": _("Not a physical work"),
    }
    rows = [_row(found, word, lambda column, name=name: _share_of(column, column.marks.get(name, Sum()))) for name, word in words.items()]  # type: ignore[misc]
    return Part(_("Who raised it"), rows, _("Share of the money · funded proposals of that kind."))


def _share_of(column: Column, one: Sum) -> str:
    if not one.lines:
        return _("none")
    told = _("%(part)s of %(all)s") % _counts(one)
    return f"{percent(column.money_share(one))} · {told}"


def _sectors(found: Comparison) -> Part:
    return Part(
        _("Sectors"), _groups(found, lambda column: column.sectors, dict(Sector.choices)), _("Share of the money · funded proposals of that kind.")
    )


def _origins(found: Comparison) -> Part:
    return Part(_("Where it comes from"), _groups(found, lambda column: column.origins, dict(Origin.choices)))


def _groups(found: Comparison, read: Callable[[Column], Mapping[str, Sum]], words: Mapping[Any, Any]) -> list[Row]:
    """Groups that any run has, the largest sum of the first run first, then by code."""
    codes = {code for column in found.columns for code in read(column)}
    first = read(found.columns[0])
    ordered = sorted(codes, key=lambda code: (-first.get(code, Sum()).amount, code))
    return [_row(found, _group_name(words, code), lambda column, code=code: _share_of(column, read(column).get(code, Sum()))) for code in ordered]  # type: ignore[misc]


def _group_name(words: Mapping[Any, Any], code: str) -> str:
    return capfirst(str(words.get(code) or _("No sector yet")))


def _represented(found: Comparison) -> Part:
    rows = [_row(found, _("Supporters who get at least one work they support"), lambda column: _reached(column.supporters))]
    for ballot in found.ballots:
        name = _("Voters of “%(ballot)s” who get at least one work they voted for") % {"ballot": ballot.title}
        rows.append(_row(found, name, lambda column, key=str(ballot.pk): _reached(column.voters.get(key, Reached()))))  # type: ignore[misc]
    return Part(_("Representation"), rows)


def _reached(one: Reached) -> str:
    if one.share is None:
        return _("fewer than %(small)s people") % {"small": LEAST_TOLD} if one.total else _("no data yet")
    return f"{percent(one.share)} · " + _("%(part)s of %(all)s") % {"part": number(one.reached), "all": number(one.total)}
