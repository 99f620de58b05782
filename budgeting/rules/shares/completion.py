"""What is done with money that Equal Shares leaves: a larger share for all, and then the works with most votes. Pure.

The share is raised for everybody alike and the walk made again; the last outcome that the true budget can pay counts.
`raised_by_steps` raises it by the same amount each time (add1); `raised_to_changes` goes from one share at which the outcome
changes to the next, so that no step need be chosen: a step of one rupiah never ends, and a coarse one changes winners. Both
stop where an outcome costs more than the budget, or where nothing that somebody wants fits any more.
"""

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from budgeting.rules.shares.choice import NEVER, Limit
from budgeting.rules.shares.electorate import Candidate, Electorate
from budgeting.rules.shares.raisable import Raisable

#: Who goes from change to change makes the walk with this nearness, so that each change is met exactly.
NEAR = 1e-7


class Change(NamedTuple):
    """The outcome from a share on (`after`: only above it), until the next change."""

    share: Fraction
    after: bool
    bought: list[Candidate]


def raised_by_steps(walk: Raisable, increment: int) -> tuple[list[Candidate], Fraction]:
    """The works bought and the share at which: raised by `increment` (units of the file, above zero) at a time."""
    best = walk.bought, walk.share
    while not _is_exhaustive(walk.electorate, best[0]):
        steps = _steps_to(walk.limit, walk.share, increment)
        if steps is None:
            return best
        walk.to(walk.share + steps * increment)
        if not _is_affordable(walk.electorate, walk.bought):
            return best
        best = walk.bought, walk.share
    return best


def raised_to_changes(walk: Raisable) -> tuple[list[Candidate], Fraction]:
    """The works bought and the share from which: raised to the exact share at which the outcome changes, again and again."""
    best = walk.bought, walk.share
    for change in changes(walk):
        if not _is_affordable(walk.electorate, change.bought):
            return best
        best = change.bought, change.share
        if _is_exhaustive(walk.electorate, change.bought):
            return best
    return best


def changes(walk: Raisable) -> Iterator[Change]:
    """Every outcome that some share from the walk's own upwards brings, each with the share at which it begins."""
    known = {candidate.id for candidate in walk.bought}
    yield Change(walk.share, after=False, bought=walk.bought)
    while (limit := walk.limit) < NEVER:
        share = Fraction(limit)
        # at the share itself, where two may be equally cheap, and where they are, just above it
        for after in (False, True):
            if walk.limit > share:
                break
            walk.to(share, after=after)
            now = {candidate.id for candidate in walk.bought}
            if now != known:
                known = now
                yield Change(share, after=after, bought=walk.bought)


def _steps_to(limit: Limit, share: Fraction, increment: int) -> int | None:
    """How many steps until the walk may go otherwise; None where it never will."""
    return None if limit == NEVER else max(1, math.ceil((Fraction(limit) - share) / increment))


def _is_affordable(electorate: Electorate, bought: list[Candidate]) -> bool:
    return sum(candidate.cost for candidate in bought) <= electorate.budget


def _is_exhaustive(electorate: Electorate, bought: list[Candidate]) -> bool:
    """Whether nothing that somebody wants, and that is on sale, fits into what is left of the true budget."""
    chosen = {candidate.id for candidate in bought}
    left = electorate.budget - sum(candidate.cost for candidate in bought)
    sale = _on_sale(electorate, bought)
    return all(candidate.id in chosen or candidate.cost > left for candidate in electorate.candidates if candidate.id in sale)


def _on_sale(electorate: Electorate, bought: list[Candidate]) -> set[str]:
    if electorate.gate is None:
        return {candidate.id for candidate in electorate.candidates}
    known = {candidate.id: place for place, candidate in enumerate(electorate.candidates)}
    sale = electorate.gate.on_sale([known[candidate.id] for candidate in bought])
    return {candidate.id for candidate, may in zip(electorate.candidates, sale, strict=True) if may}
