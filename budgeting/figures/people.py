"""Who takes part, and whether the rules of meetings and boxes were kept. Pure; groups under five are held back."""

from fractions import Fraction

from budgeting.figures.facts import Facts
from budgeting.figures.figure import Figure, Missing, Unit, of_people, share


def women_came(facts: Facts) -> Figure:
    """Women among those who came to closed meetings; whoever came to two is counted twice."""
    return of_people(share("women_came", facts.meetings.women, facts.meetings.came, Missing.NO_MEETING))


def women_asked(facts: Facts) -> Figure:
    """Proposals raised by women, of all proposals."""
    return share("women_asked", facts.total(lambda place: place.by_women), facts.total(lambda place: place.items), Missing.NO_PROPOSALS)


def women_given(facts: Facts) -> Figure:
    """Rupiah given to proposals raised by women, of all rupiah given to proposals."""
    return share("women_given", facts.total(lambda place: place.given_women), facts.total(lambda place: place.given), Missing.NOTHING_FUNDED)


def participation(facts: Facts) -> Figure:
    """Confirmed residents who took part, for each 1,000 inhabitants of the villages whose number is known."""
    known = [place.population for place in facts.villages if place.population]
    unknown = len(facts.villages) - len(known)
    notes = {"unknown_population": unknown} if unknown else {}
    if not known:
        return Figure("participation", Unit.PER_THOUSAND, missing=Missing.NO_POPULATION)
    value = Fraction(1000 * facts.participants, sum(known))
    return of_people(Figure("participation", Unit.PER_THOUSAND, facts.participants, sum(known), value, notes=notes))


def quorum(facts: Facts) -> Figure:
    """Closed meetings that met every rule of their stage, of those whose stage has any."""
    return share("quorum", facts.meetings.met, facts.meetings.ruled, Missing.NO_RULE)


def recount(facts: Facts) -> Figure:
    """Published ballots where the sheets of paper are as many as the marks on the roll, also after a recount."""
    return share("recount", facts.paper.matching, facts.paper.ballots, Missing.NO_PAPER, {"sheets_off": facts.paper.sheets_off})


def delay(facts: Facts) -> Figure:
    """From the moment a device without signal captured something to its arrival, in the middle; seconds."""
    if facts.delay is None or not facts.captured:
        return Figure("delay", Unit.SECONDS, missing=Missing.NO_CAPTURE)
    return Figure("delay", Unit.SECONDS, None, facts.captured, Fraction(facts.delay))
