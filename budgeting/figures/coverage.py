"""Who asks at all, and whether one can find the place. Pure."""

from budgeting.figures.facts import Facts
from budgeting.figures.figure import Figure, Missing, share


def coverage(facts: Facts) -> Figure:
    """Villages with at least one proposal of their own, of all villages."""
    villages = facts.villages
    return share("coverage", sum(place.asked > 0 for place in villages), len(villages), Missing.NO_VILLAGES)


def geotag(facts: Facts) -> Figure:
    """Proposals whose point lies in the village that asks, of those where its boundary is known; without one nothing can be checked."""
    items = facts.total(lambda place: place.items)
    checked = facts.total(lambda place: place.items if place.has_boundary else 0)
    without = Missing.NO_BOUNDARY if items else Missing.NO_PROPOSALS
    return share("geotag", facts.total(lambda place: place.located), checked, without, {"unbounded": items - checked})
