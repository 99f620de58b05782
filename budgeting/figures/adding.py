"""Figures of many kabupaten as one: parts and wholes are added, a middle is found again among all, the rest is not told. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from budgeting.figures.facts import Facts
from budgeting.figures.figure import Figure, Missing, Unit, middle
from budgeting.figures.table import TABLE, figures_of

#: What cannot be added: it ranks villages, or only its middle is known.
NOT_ADDED = frozenset({"poverty_1", "poverty_2", "poverty_3", "poverty_4", "poverty_5", "concentration", "delay"})
_PER = {Unit.PERCENT: 100, Unit.PER_THOUSAND: 1000}
#: As each figure itself says, also of nothing.
_UNITS = {figure.code: figure.unit for figure in figures_of(Facts())}
#: A rule of each kabupaten by itself; it is no number to add.
_OWN_RULES = frozenset({"answer_days"})


@dataclass(frozen=True)
class Part:
    """The figures of one kabupaten by code; `years` are those of the figure `waiting`: years -> proposals."""

    figures: Mapping[str, Figure]
    years: Mapping[int, int] = field(default_factory=dict)


def added(parts: Sequence[Part]) -> list[Figure]:
    """Every figure of the table, of all parts together.

    Who is held back in a kabupaten is left out of the sum as well, on both sides, and counted in the note `held_back`: otherwise
    the sum less the others would tell it.
    """
    return [_one(definition.code, parts) for definition in TABLE]


def _one(code: str, parts: Sequence[Part]) -> Figure:
    unit = _UNITS[code]
    if not parts:
        return Figure(code, unit, missing=Missing.NOT_COUNTED)
    if code in NOT_ADDED:
        return Figure(code, unit, missing=Missing.ONLY_DISTRICT)
    if code == "waiting":
        return _waiting(parts)
    found = [part.figures[code] for part in parts if code in part.figures]
    known = [one for one in found if one.numerator is not None and one.denominator]
    notes = _notes(found)
    whole = sum(one.denominator or 0 for one in known)
    if not whole:
        return Figure(code, unit, missing=_why(found), notes=notes)
    part = sum(one.numerator or 0 for one in known)
    return Figure(code, unit, part, whole, Fraction(_PER[unit] * part, whole), notes=notes)


def _waiting(parts: Sequence[Part]) -> Figure:
    years: Counter[int] = Counter()
    for part in parts:
        years.update(part.years)
    value = middle(years)
    if value is None:
        return Figure("waiting", Unit.YEARS, missing=Missing.NOTHING_FUNDED)
    return Figure("waiting", Unit.YEARS, None, sum(years.values()), value)


def _notes(found: Sequence[Figure]) -> dict[str, int]:
    """Their notes added, and how many kabupaten are left out: for want of people, or of anything to count."""
    notes: Counter[str] = Counter()
    for one in found:
        notes.update({name: count for name, count in one.notes.items() if name not in _OWN_RULES})
        notes["held_back"] += one.missing is Missing.FEW
    return {name: count for name, count in notes.items() if count}


def _why(found: Sequence[Figure]) -> Missing:
    """The commonest reason; among equally common ones the first by its word."""
    reasons = Counter(one.missing for one in found if one.missing)
    return min(reasons, key=lambda one: (-reasons[one], one.value), default=Missing.NOT_COUNTED)
