"""What moved between the chosen run and another: as sentences, as bars a village, as lists of proposals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting.comparison import changed
from budgeting.comparison.facts import Moved, Sum, moved
from budgeting.comparison.reading import Comparison
from budgeting.overrides.reading import Decided
from budgeting.overrides.wording import decided_sentence
from frontend.figures import number
from frontend.paging import Page, page_of
from geo.models import Region
from proposals.models import Proposal
from proposals.money import rupiah_short

#: Bars of one drawing; the table to take along has all.
BARS = 24
#: Names in one sentence.
NAMED = 6
_HALF = 100


@dataclass(frozen=True)
class Bar:
    """A village's gain or loss, drawn from the middle: left and width in hundredths of half the drawing."""

    name: str
    code: str
    change: int
    words: str
    x: int
    width: int


@dataclass(frozen=True)
class Movement:
    """Another run against the chosen one."""

    name: str
    sentences: list[str]
    bars: list[Bar] = field(default_factory=list)
    hidden: int = 0


@dataclass(frozen=True)
class Line:
    """A proposal that the runs decide differently, with what each says."""

    proposal: Proposal
    cells: list[Decided | None]
    sentences: list[str]
    names: Sequence[str]

    @property
    def told(self) -> list[tuple[str, Decided | None, str]]:
        """Name of the run, what it decided, and why."""
        return list(zip(self.names, self.cells, self.sentences, strict=True))


def movements(found: Comparison, names: Sequence[str]) -> list[Movement]:
    """One for every run but the first. Two queries."""
    counts = _counts(found)
    differences = [moved(found.columns[0], column) for column in found.columns[1:]]
    titles = _titles(found, {one.code for difference in differences for one in difference})
    found_moves = []
    for at, difference in enumerate(differences, start=1):
        shown = _largest(difference)
        sentences = _sentences(found, at, difference, titles, counts)
        found_moves.append(Movement(names[at], sentences, _bars(shown, titles), len(difference) - len(shown)))
    return found_moves


def lines(request: HttpRequest, found: Comparison, names: Sequence[str]) -> Page:
    """Proposals that are not decided alike, most rupiah at stake first, a page at a time. Three queries."""
    page = page_of(request, changed.changed(found.keys), filled=True)
    decided = changed.decided_in(found.keys, [proposal.pk for proposal in page.rows])
    page.rows[:] = [_line(proposal, found.keys, decided, names) for proposal in page.rows]
    return page


def _line(proposal: Proposal, keys: Sequence[UUID], decided: Mapping[tuple[UUID, UUID], Decided], names: Sequence[str]) -> Line:
    cells = [decided.get((key, proposal.pk)) for key in keys]
    told = [decided_sentence(one) if one else _("Did not wait for this money when the list was frozen.") for one in cells]
    return Line(proposal, cells, told, names)


def _counts(found: Comparison) -> dict[str, int]:
    """How many proposals each other run puts in and takes out, against the first. One query."""
    asked: dict[str, Any] = {}
    for at in range(1, len(found.runs)):
        asked[f"in_{at}"] = Count("pk", filter=Q(given_0__lte=0, **{f"given_{at}__gt": 0}))
        asked[f"out_{at}"] = Count("pk", filter=Q(given_0__gt=0, **{f"given_{at}__lte": 0}))
        asked[f"other_{at}"] = Count("pk", filter=Q(given_0__gt=0, **{f"given_{at}__gt": 0}) & ~Q(given_0=F(f"given_{at}")))
    counted: dict[str, int] = changed.in_any(found.keys).order_by().aggregate(**asked)
    return counted


def _titles(found: Comparison, codes: set[str]) -> dict[str, str]:
    """Names of villages and of wider regions."""
    wider = codes - set(found.places)
    known = {region.pk: region.title for region in Region.objects.light().filter(pk__in=wider).order_by("pk")} if wider else {}
    return {code: found.places[code].name if code in found.places else known.get(code, code) for code in codes}


def _largest(difference: list[Moved]) -> list[Moved]:
    """The villages with the largest gains and losses, in the order of the whole list."""
    largest = {one.code for one in sorted(difference, key=lambda one: (-abs(one.change), one.code))[:BARS]}
    return [one for one in difference if one.code in largest]


def _bars(shown: list[Moved], titles: Mapping[str, str]) -> list[Bar]:
    most = max((abs(one.change) for one in shown), default=1)
    return [_bar(one, titles[one.code], most) for one in shown]


def _bar(one: Moved, name: str, most: int) -> Bar:
    width = max(1, _HALF * abs(one.change) // most)
    words = f"{'+' if one.change > 0 else ''}{rupiah_short(one.change)}"
    return Bar(name, one.code, one.change, words, _HALF if one.change > 0 else _HALF - width, width)


def _sentences(found: Comparison, at: int, difference: list[Moved], titles: Mapping[str, str], counts: Mapping[str, int]) -> list[str]:
    if not difference and not any(counts[f"{kind}_{at}"] for kind in ("in", "out", "other")):
        return [_("Decides everything as the first list does.")]
    told = [_numbers(at, counts), _spent(found, at)]
    first, other = found.columns[0].villages, found.columns[at].villages
    new = [one for one in difference if not first.get(one.code, Sum()).funded and other.get(one.code, Sum()).funded]
    gone = [one for one in difference if first.get(one.code, Sum()).funded and not other.get(one.code, Sum()).funded]
    told += [_("Now with a funded work: %(names)s.") % {"names": _names(new, titles)}] if new else []
    told += [_("No longer with any funded work: %(names)s.") % {"names": _names(gone, titles)}] if gone else []
    return told


def _numbers(at: int, counts: Mapping[str, int]) -> str:
    came, left, other = counts[f"in_{at}"], counts[f"out_{at}"], counts[f"other_{at}"]
    parts = [
        ngettext("%(count)s proposal comes in", "%(count)s proposals come in", came) % {"count": number(came)},
        ngettext("%(count)s proposal falls out", "%(count)s proposals fall out", left) % {"count": number(left)},
    ]
    if other:
        parts.append(ngettext("%(count)s gets another amount", "%(count)s get another amount", other) % {"count": number(other)})
    return ", ".join(parts) + "."


def _spent(found: Comparison, at: int) -> str:
    difference = found.columns[at].total.amount - found.columns[0].total.amount
    if not difference:
        return _("It gives as much in all.")
    sentence = _("In all it gives %(amount)s more.") if difference > 0 else _("In all it gives %(amount)s less.")
    return sentence % {"amount": rupiah_short(abs(difference))}


def _names(some: Sequence[Moved], titles: Mapping[str, str]) -> str:
    named = [titles[one.code] for one in some[:NAMED]]
    more = len(some) - len(named)
    return ", ".join(named) + (" " + _("and %(count)s more") % {"count": number(more)} if more else "")
