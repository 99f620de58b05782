"""What was decided, and whether people were told. Pure."""

from dataclasses import replace
from fractions import Fraction

from budgeting.figures.facts import Facts
from budgeting.figures.figure import Figure, Missing, Unit, middle, share


def accommodation(facts: Facts) -> Figure:
    """In the kabupaten's plan, of what the sub-districts' meetings forwarded."""
    if not facts.has_subdistrict_stage:
        return Figure("accommodation", Unit.PERCENT, missing=Missing.NO_STAGE)
    agreed = facts.total(lambda place: place.agreed)
    return share("accommodation", facts.total(lambda place: place.accommodated), agreed, Missing.NOTHING_AGREED)


def realisation(facts: Facts) -> Figure:
    """Confirmed by the village as done, of all lines of the budget."""
    return share("realisation", facts.total(lambda place: place.confirmed), facts.total(lambda place: place.lines), Missing.NO_LINES)


def answered(facts: Facts) -> Figure:
    """Decided at the latest so many days after the stage ended as the plan year says, of what stood there."""
    told = share("answered", facts.on_time, facts.due, Missing.NO_STAGE_ENDED, {"answer_days": facts.answer_days})
    return replace(told, basis=facts.answer_basis)


def rejected(facts: Facts) -> Figure:
    """Rejections with a reason's code and the body responsible, of all rejections."""
    return share("rejected", facts.explained, facts.rejections, Missing.NO_REJECTION)


def waiting(facts: Facts) -> Figure:
    """Years from the first asking to the plan year in the middle, of what is funded."""
    years = middle(facts.years)
    if years is None:
        return Figure("waiting", Unit.YEARS, missing=Missing.NOTHING_FUNDED)
    return Figure("waiting", Unit.YEARS, None, sum(facts.years.values()), Fraction(years))


def waiting_long(facts: Facts) -> Figure:
    """First asked for more than three years before the plan year, of what still waits for money."""
    return share("waiting_long", facts.total(lambda place: place.waiting_long), facts.total(lambda place: place.waiting), Missing.NOBODY_WAITS)
