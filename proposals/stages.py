"""Stages, outcomes and moves: the law as data. Pure; the table prints itself into docs/stages.md.

A proposal stands at one stage with one outcome. A move takes it from there to another place; who may do it where is
said by the same row. Which stages a kabupaten uses, and when each is open, is its own ordered list a plan year
(`Cycle`, `StageWindow`): nothing here knows a date. Source: DOMAIN 3 (Permendagri 86/2017 and the national system's
recommendation triplets); the local names of stages are configuration.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where a proposal waits."""

    DRAFT = "draft"
    VILLAGE = "village"
    SUBDISTRICT = "subdistrict"
    AGENCY = "agency"
    DISTRICT = "district"
    BUDGET = "budget"
    WORKS = "works"
    DONE = "done"


class Outcome(StrEnum):
    """What was decided about it there."""

    OPEN = "open"
    RETURNED = "returned"
    RESERVED = "reserved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    #: Closed by being divided: its parts go on in its place.
    SPLIT = "split"
    FUNDED = "funded"
    NOT_FUNDED = "not_funded"


class Realisation(StrEnum):
    """What became of the funded work; a third fact, never folded into the outcome."""

    NONE = ""
    UNDER_WAY = "under_way"
    REPORTED_DONE = "reported_done"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class Goes(StrEnum):
    """Where a move leads."""

    STAYS = "stays"
    NEXT = "next"
    #: A draft enters where its channel enters; what was returned goes back to the level that returned it.
    ENTERS = "enters"
    TO_WORKS = "to_works"
    TO_DONE = "to_done"


#: Who decides at each stage: the role that the assignments must carry for the village's region.
DECIDERS: dict[Stage, tuple[str, ...]] = {
    Stage.DRAFT: (),
    Stage.VILLAGE: ("village_head",),
    Stage.SUBDISTRICT: ("subdistrict_officer",),
    Stage.AGENCY: ("agency_officer",),
    Stage.DISTRICT: ("planner",),
    Stage.BUDGET: ("budget_team",),
    Stage.WORKS: ("agency_officer", "planner", "village_head"),
    Stage.DONE: (),
}

#: By which door each channel comes in: the first of these stages that the cycle uses. Agency plans and what councillors
#: brought home from their recess are laid before the agency, after who answers for the channel has checked them; what a
#: regulation obliges to is not weighed by villages at all (DOMAIN 3.2 and docs/decisions/0102).
ENTRANCES: dict[str, tuple[Stage, ...]] = {
    "village": (Stage.VILLAGE,),
    "council": (Stage.AGENCY, Stage.DISTRICT),
    "agency": (Stage.AGENCY, Stage.DISTRICT),
    "mandatory": (Stage.DISTRICT, Stage.BUDGET),
}
#: Who writes down what comes by a channel, sends it in, corrects and withdraws it.
WRITERS: dict[str, tuple[str, ...]] = {
    "village": ("facilitator", "village_head"),
    "council": ("council_secretary", "planner"),
    "agency": ("agency_officer",),
    "mandatory": ("planner",),
}
VILLAGE = "village"

DELIBERATING = (Stage.VILLAGE, Stage.SUBDISTRICT, Stage.AGENCY, Stage.DISTRICT)
DECIDING = (*DELIBERATING, Stage.BUDGET)
#: Outcomes after which only a new proposal (carried over) can go on.
CLOSED = frozenset({Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.MERGED, Outcome.SPLIT, Outcome.NOT_FUNDED})


@dataclass(frozen=True)
class Move:
    """One row of the law. `roles` empty means: the deciders of the stage it stands at."""

    name: str
    #: Where it starts: pairs of stage and outcome.
    places: frozenset[tuple[Stage, Outcome]]
    goes: Goes
    outcome: Outcome
    roles: tuple[str, ...] = ()
    realisation_from: tuple[Realisation, ...] = tuple(Realisation)
    realisation: Realisation | None = None
    #: A sentence of at least 20 characters that citizens read.
    needs_reason: bool = False
    #: A reason code (reasons.py) and the body responsible.
    needs_code: bool = False
    #: Volume or amount must be given and differ from what stands.
    needs_change: bool = False
    #: Another proposal must be named.
    needs_target: bool = False
    #: An agency must be named.
    needs_agency: bool = False
    #: Only while the stage's window is open.
    in_window: bool = True
    #: Done by publishing an allocation run, never by hand.
    only_by_run: bool = False
    #: In another channel than the village's its own writers do it, where it enters.
    by_writers: bool = False
    #: Made by a service of its own, which is told more than a move can carry (parts, a plan year); never by `move`.
    by_service: bool = False


_OPEN = (Outcome.OPEN,)
_PENDING = (Outcome.OPEN, Outcome.RESERVED)
_WRITERS = ("author", "facilitator", "village_head")
_VILLAGERS = ("resident", "facilitator", "village_head")


def _at(stages: tuple[Stage, ...], outcomes: tuple[Outcome, ...]) -> frozenset[tuple[Stage, Outcome]]:
    return frozenset((stage, outcome) for stage in stages for outcome in outcomes)


_FUNDED_WORKS = _at((Stage.WORKS,), (Outcome.FUNDED,))
_FUNDED_DONE = _at((Stage.DONE,), (Outcome.FUNDED,))

MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        Move(
            "submit",
            _at((Stage.DRAFT,), _OPEN) | _at(DELIBERATING, (Outcome.RETURNED,)),
            Goes.ENTERS,
            Outcome.OPEN,
            roles=WRITERS[VILLAGE],
            by_writers=True,
        ),
        Move("forward", _at(DELIBERATING, _PENDING), Goes.NEXT, Outcome.OPEN),
        Move("forward_adjusted", _at(DELIBERATING, _PENDING), Goes.NEXT, Outcome.OPEN, needs_reason=True, needs_change=True),
        Move("return", _at(DELIBERATING, _PENDING), Goes.STAYS, Outcome.RETURNED, needs_reason=True),
        Move("reserve", _at(DELIBERATING, _OPEN), Goes.STAYS, Outcome.RESERVED, needs_reason=True),
        Move("reject", _at(DECIDING, _PENDING), Goes.STAYS, Outcome.REJECTED, needs_reason=True, needs_code=True),
        Move("reroute", _at((Stage.AGENCY, Stage.DISTRICT), _PENDING), Goes.STAYS, Outcome.OPEN, needs_reason=True, needs_agency=True),
        Move("merge", _at(DELIBERATING, _PENDING), Goes.STAYS, Outcome.MERGED, needs_reason=True, needs_target=True),
        Move("split", _at(DELIBERATING, _PENDING), Goes.STAYS, Outcome.SPLIT, needs_reason=True, by_service=True),
        Move(
            "split_returned",
            _at(DELIBERATING, (Outcome.RETURNED,)),
            Goes.STAYS,
            Outcome.SPLIT,
            roles=("facilitator", "village_head"),
            needs_reason=True,
            by_service=True,
        ),
        Move(
            "carry_over",
            _at(DECIDING, (*_PENDING, Outcome.RETURNED)),
            Goes.STAYS,
            Outcome.NOT_FUNDED,
            roles=_WRITERS,
            in_window=False,
            by_service=True,
        ),
        Move(
            "withdraw",
            _at((Stage.DRAFT, Stage.VILLAGE, Stage.SUBDISTRICT), (*_PENDING, Outcome.RETURNED)),
            Goes.STAYS,
            Outcome.WITHDRAWN,
            roles=_WRITERS,
            in_window=False,
            by_writers=True,
        ),
        Move("fund", _at((Stage.VILLAGE, Stage.BUDGET), _PENDING), Goes.TO_WORKS, Outcome.FUNDED, only_by_run=True),
        Move("not_fund", _at((Stage.BUDGET,), _PENDING), Goes.STAYS, Outcome.NOT_FUNDED, only_by_run=True),
        Move(
            "start",
            _FUNDED_WORKS,
            Goes.STAYS,
            Outcome.FUNDED,
            realisation_from=(Realisation.NONE,),
            realisation=Realisation.UNDER_WAY,
            in_window=False,
        ),
        Move(
            "report_done",
            _FUNDED_WORKS,
            Goes.TO_DONE,
            Outcome.FUNDED,
            realisation_from=(Realisation.UNDER_WAY,),
            realisation=Realisation.REPORTED_DONE,
            in_window=False,
        ),
        Move(
            "confirm",
            _FUNDED_DONE,
            Goes.STAYS,
            Outcome.FUNDED,
            roles=_VILLAGERS,
            realisation_from=(Realisation.REPORTED_DONE, Realisation.DISPUTED),
            realisation=Realisation.CONFIRMED,
            in_window=False,
        ),
        Move(
            "dispute",
            _FUNDED_DONE,
            Goes.STAYS,
            Outcome.FUNDED,
            roles=_VILLAGERS,
            realisation_from=(Realisation.REPORTED_DONE, Realisation.CONFIRMED),
            realisation=Realisation.DISPUTED,
            needs_reason=True,
            in_window=False,
        ),
    )
}


def next_stage(order: Sequence[Stage], stage: Stage) -> Stage | None:
    """The stage after this one in a cycle's own order; None at its end or where the stage is not used."""
    places = list(order)
    if stage not in places or places[-1] == stage:
        return None
    return places[places.index(stage) + 1]


def entrance(channel: str, order: Sequence[Stage]) -> Stage | None:
    """The stage at which what comes by this channel enters, in a cycle's own order; None where the cycle has no door for it."""
    return next((stage for stage in ENTRANCES[channel] if stage in order), None)


def roles_of(move: Move, stage: Stage, channel: str = VILLAGE) -> tuple[str, ...]:
    """The roles that may make this move at this stage."""
    if move.by_writers and channel != VILLAGE:
        return (*(role for role in move.roles if role == "author"), *WRITERS[channel])
    return move.roles or DECIDERS[stage]


def places_of(move: Move, channel: str = VILLAGE) -> frozenset[tuple[Stage, Outcome]]:
    """Where a move starts. What writers may still take back before anybody decided stands where their channel enters."""
    if channel == VILLAGE or not move.by_writers or move.goes is Goes.ENTERS:
        return move.places
    outcomes = {outcome for _stage, outcome in move.places}
    return frozenset((stage, outcome) for stage in (Stage.DRAFT, *ENTRANCES[channel]) for outcome in outcomes)


def leads_to(move: Move, stage: Stage, order: Sequence[Stage], channel: str = VILLAGE) -> Stage | None:
    """The stage a move leads to in a cycle's own order; None where the cycle has no such stage."""
    if move.goes is Goes.NEXT:
        return next_stage(order, stage)
    if move.goes is Goes.ENTERS:
        return entrance(channel, order) if stage is Stage.DRAFT else stage
    return {Goes.STAYS: stage, Goes.TO_WORKS: Stage.WORKS, Goes.TO_DONE: Stage.DONE}[move.goes]


def fits(move: Move, stage: Stage, outcome: Outcome, realisation: Realisation = Realisation.NONE, channel: str = VILLAGE) -> bool:
    """Whether the move exists from this place (not yet: for whom)."""
    return (stage, outcome) in places_of(move, channel) and realisation in move.realisation_from


def moves_from(stage: Stage, outcome: Outcome, realisation: Realisation = Realisation.NONE) -> list[Move]:
    """The rows of the table that start here, in the table's order."""
    return [move for move in MOVES.values() if fits(move, stage, outcome, realisation)]
