"""docs/stages.md, written from the table of moves itself."""

from collections.abc import Iterable, Iterator

from proposals.stages import DECIDERS, ENTRANCES, MOVES, WRITERS, Goes, Move, Realisation, Stage

_GOES = {
    Goes.STAYS: "stays",
    Goes.NEXT: "the cycle's next stage",
    Goes.ENTERS: "a draft to where its channel enters; what was returned to the level that returned it",
    Goes.TO_WORKS: "`works`",
    Goes.TO_DONE: "`done`",
}
_HEAD = """# Stages and moves

Written by `manage.py print_stages`; do not edit. The law is `proposals/stages.py`.

A proposal stands at one stage with one outcome. A move takes it elsewhere; it needs one of the roles named, held for the
proposal's village or a region above it. Which stages a kabupaten uses, and when each is open, is its own ordered list a
plan year.

## Who decides

| stage | decided by |
|---|---|
"""
_CHANNELS = """
## By which door it comes

A proposal comes by a channel. Its writers write it down, send it in, correct and withdraw it; it enters at the first of
these stages that the cycle uses. What councillors heard in their recess (pokir) is checked by the council's secretariat,
which sends it in; what others plan is read by the same agencies, districts and budget teams, under the same rules.

| channel | written and sent in by | enters at |
|---|---|---|
"""
_MOVES = """
## Moves

| move | from | to | outcome | by | needs | window |
|---|---|---|---|---|---|---|
"""
_TAIL = """
`deciders`: those of the table above. `author` is who wrote the proposal, `resident` a confirmed resident of the village.
Reason: a sentence of at least 20 characters that citizens read. Realisation is a third fact beside stage and outcome.
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(_deciders()) + _CHANNELS + "".join(_channels()) + _MOVES + "".join(_row(move) for move in MOVES.values()) + _TAIL


def _words(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "nobody"


def _deciders() -> Iterator[str]:
    for stage in Stage:
        yield f"| `{stage.value}` | {_words(DECIDERS[stage])} |\n"


def _channels() -> Iterator[str]:
    for channel, stages in ENTRANCES.items():
        yield f"| `{channel}` | {_words(WRITERS[channel])} | {_words(stage.value for stage in stages)} |\n"


def _row(move: Move) -> str:
    by = "a published run" if move.only_by_run else _words(move.roles) if move.roles else "deciders"
    cells = (f"`{move.name}`", _places(move), _GOES[move.goes], _outcome(move), by, _needs(move), "open" if move.in_window else "any time")
    return "| " + " | ".join(cells) + " |\n"


def _places(move: Move) -> str:
    """`village, agency (open, reserved)`: stages in their order, those with the same outcomes together."""
    by_outcomes: dict[tuple[str, ...], list[str]] = {}
    for stage in Stage:
        outcomes = tuple(sorted(outcome.value for place, outcome in move.places if place is stage))
        if outcomes:
            by_outcomes.setdefault(outcomes, []).append(stage.value)
    told = "; ".join(f"{_words(stages)} ({', '.join(outcomes)})" for outcomes, stages in by_outcomes.items())
    if move.realisation_from == tuple(Realisation):
        return told
    return f"{told}, realisation {_words(state.value or 'none' for state in move.realisation_from)}"


def _outcome(move: Move) -> str:
    return f"`{move.outcome.value}`" + (f", realisation `{move.realisation.value}`" if move.realisation else "")


def _needs(move: Move) -> str:
    wanted = {
        "reason": move.needs_reason,
        "reason code and body responsible": move.needs_code,
        "another volume or amount, at most what was asked": move.needs_change,
        "the proposal it joins": move.needs_target,
        "an agency": move.needs_agency,
        "more than a move carries: an address of its own": move.by_service,
    }
    return ", ".join(name for name, needed in wanted.items() if needed) or "–"
