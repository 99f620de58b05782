"""What one figure is: a part of a whole, or what lies in the middle, or why there is none. Pure: no Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from proposals.small_groups import is_small


class Unit(StrEnum):
    """In what a value is told."""

    PERCENT = "percent"
    PER_THOUSAND = "per_thousand"
    YEARS = "years"
    SECONDS = "seconds"
    RUPIAH = "rupiah"
    #: From -1 (everything to the poorest) to 1.
    INDEX = "index"


class Missing(StrEnum):
    """Why there is no value; never told as zero."""

    NO_VILLAGES = "no_villages"
    NO_PROPOSALS = "no_proposals"
    NO_BOUNDARY = "no_boundary"
    NO_STAGE = "no_stage"
    NOTHING_AGREED = "nothing_agreed"
    NO_STAGE_ENDED = "no_stage_ended"
    NO_REJECTION = "no_rejection"
    NO_LINES = "no_lines"
    NOTHING_FUNDED = "nothing_funded"
    NO_KIND = "no_kind"
    NO_POVERTY = "no_poverty"
    NO_MEETING = "no_meeting"
    NO_RULE = "no_rule"
    NO_POPULATION = "no_population"
    NO_CAPTURE = "no_capture"
    NO_PAPER = "no_paper"
    NOBODY_WAITS = "nobody_waits"
    #: Of a province or the nation: no kabupaten has been counted yet, or it can only be told of a kabupaten.
    NOT_COUNTED = "not_counted"
    ONLY_DISTRICT = "only_district"
    #: Held back: fewer than five people.
    FEW = "few"


@dataclass(frozen=True)
class Figure:
    """One figure. `numerator` and `denominator` are whole numbers where the value is a part of a whole, else None.

    `notes` names what the value leaves out, with how many: `{"unbounded": 12}`.
    """

    code: str
    unit: Unit
    numerator: int | None = None
    denominator: int | None = None
    value: Fraction | None = None
    missing: Missing | None = None
    notes: Mapping[str, int] = field(default_factory=dict)
    #: The kabupaten's own rule that it is counted by, word for word; empty where nobody named one.
    basis: str = ""


def share(code: str, part: int, whole: int, without: Missing, notes: Mapping[str, int] | None = None) -> Figure:
    """A part of a whole in per cent; without a whole the reason why there is none."""
    told = {name: count for name, count in (notes or {}).items() if count}
    if not whole:
        return Figure(code, Unit.PERCENT, missing=without, notes=told)
    return Figure(code, Unit.PERCENT, part, whole, Fraction(100 * part, whole), notes=told)


def of_people(figure: Figure) -> Figure:
    """The same figure, held back where it points at single people: those it counts, or those it leaves."""
    if figure.numerator is None or figure.denominator is None:
        return figure
    left = figure.denominator - figure.numerator
    is_few = is_small(figure.numerator) or (figure.unit is Unit.PERCENT and is_small(left))
    return Figure(figure.code, figure.unit, missing=Missing.FEW) if is_few else figure


def middle(counts: Mapping[int, int]) -> Fraction | None:
    """The median of whole numbers given as number -> how often; between two the half way. None of nothing."""
    total = sum(counts.values())
    if not total:
        return None
    return Fraction(_at(counts, (total - 1) // 2) + _at(counts, total // 2), 2)


def _at(counts: Mapping[int, int], place: int) -> int:
    for number in sorted(counts):
        place -= counts[number]
        if place < 0:
            return number
    raise ValueError(place)
