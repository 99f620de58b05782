"""Where the money comes from and where it goes. Pure, whole rupiah."""

from collections.abc import Sequence
from fractions import Fraction

from budgeting.comparison import facts as comparison
from budgeting.figures.facts import Facts, Place
from budgeting.figures.figure import Figure, Missing, Unit, share
from proposals.small_groups import LEAST_TOLD

FIFTHS = comparison.FIFTHS


def ghost(facts: Facts) -> Figure:
    """Rupiah without a citizen's or a council member's wish, of all rupiah of the budget's lines."""
    return share("ghost", facts.total(lambda place: place.ghost), facts.total(lambda place: place.amount), Missing.NO_LINES)


def soft(facts: Facts) -> Figure:
    """Proposals for services, training or grants, of those whose kind the dictionary tells."""
    known = facts.total(lambda place: place.known_kind)
    unknown = facts.total(lambda place: place.items) - known
    return share("soft", facts.total(lambda place: place.soft), known, Missing.NO_KIND, {"unknown_kind": unknown})


def soft_money(facts: Facts) -> Figure:
    """The same of the rupiah given."""
    return share("soft_money", facts.total(lambda place: place.given_soft), facts.total(lambda place: place.given_known_kind), Missing.NOTHING_FUNDED)


def fifth(facts: Facts, index: int) -> Figure:
    """Rupiah of the budget's lines for each poor household, in one fifth of the villages; 1 is the poorest."""
    code = f"poverty_{index}"
    group = next((found for found in _fifths(facts) if found.index == index), None)
    if group is None:
        return Figure(code, Unit.RUPIAH, missing=Missing.NO_POVERTY)
    if not facts.total(lambda place: place.amount):
        return Figure(code, Unit.RUPIAH, missing=Missing.NO_LINES)
    codes = {place.code for place in group.villages}
    poor = sum(place.poor or 0 for place in facts.villages if place.code in codes)
    given = sum(place.amount for place in facts.villages if place.code in codes)
    if poor < LEAST_TOLD:
        return Figure(code, Unit.RUPIAH, missing=Missing.FEW if poor else Missing.NO_POVERTY)
    return Figure(code, Unit.RUPIAH, given, poor, Fraction(given, poor))


def concentration(facts: Facts) -> Figure:
    """Below zero the poorer villages get more for each household, above zero the less poor: 1 - sum of p (S + S before).

    Villages in the order of their share of poor households, the poorest first; p is a village's part of all households, S the
    part of the rupiah up to and with it. Villages of equal poverty go by their code. Source: Kakwani, Wagstaff and van Doorslaer
    1997, the form for grouped data.
    """
    known = _ranked(facts)
    homes, given = sum(place.households or 0 for place in known), sum(place.amount for place in known)
    if len(known) < FIFTHS:
        return Figure("concentration", Unit.INDEX, missing=Missing.NO_POVERTY, notes=_unknown(facts))
    if not given:
        return Figure("concentration", Unit.INDEX, missing=Missing.NO_LINES, notes=_unknown(facts))
    area, so_far = Fraction(0), 0
    for place in known:
        area += Fraction(place.households or 0, homes) * Fraction(2 * so_far + place.amount, given)
        so_far += place.amount
    return Figure("concentration", Unit.INDEX, None, len(known), 1 - area, notes=_unknown(facts))


def _fifths(facts: Facts) -> list[comparison.Fifth]:
    return comparison.fifths([_as_compared(place) for place in facts.villages])


def _ranked(facts: Facts) -> Sequence[Place]:
    known = [(compared.poverty, place) for place in facts.villages if (compared := _as_compared(place)).poverty is not None]
    return [place for _poverty, place in sorted(known, key=lambda pair: (-(pair[0] or 0), pair[1].code))]


def _as_compared(place: Place) -> comparison.Place:
    return comparison.Place(place.code, "", place.population, place.households, place.poor)


def _unknown(facts: Facts) -> dict[str, int]:
    unknown = len(facts.villages) - len(_ranked(facts))
    return {"unknown_poverty": unknown} if unknown else {}
