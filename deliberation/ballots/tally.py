"""The count. Pure, exact, and total in its order.

Score: a mark is worth 1; the place p of a ranking of at most n is worth n + 1 - p, whatever else stands on the ballot; points
are worth themselves. Order: the higher score, then more ballots that name it, then the lower cost, then the lower number on
the ballot. Lines that only cost or number tell apart are marked as tied, so that the meeting can decide otherwise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from deliberation.ballots.rules import Kind, Marks, Rules, Standee, Standees, counted


@dataclass(frozen=True)
class Line:
    """How one candidate stands. `within` says whether the money of the question reaches it, taking the lines in order."""

    number: int
    votes: int
    score: int
    place: int = 0
    tied: bool = False
    within: bool = False


@dataclass(frozen=True)
class Standing:
    """The whole count: the lines in order, valid ballots, and how many of them abstain."""

    lines: tuple[Line, ...]
    ballots: int
    abstentions: int


def tally(rules: Rules, standees: Standees, ballots: Iterable[Marks]) -> Standing:
    """Count valid ballots; the order in which they come changes nothing."""
    standing = {number: [0, 0] for number, standee in standees.items() if not standee.withdrawn}
    total = abstentions = 0
    for marks in ballots:
        total += 1
        abstentions += not marks
        for number, value in counted(rules, standees, marks):
            standing[number][0] += 1
            standing[number][1] += worth(rules, value)
    lines = [Line(number, votes, score) for number, (votes, score) in standing.items()]
    lines.sort(key=lambda line: _key(line, standees[line.number]))
    return Standing(_within(rules, standees, _placed(lines)), total, abstentions)


def worth(rules: Rules, value: int) -> int:
    """What one mark gives its candidate."""
    return (rules.most or 0) + 1 - value if rules.kind is Kind.RANKING else value


def _key(line: Line, standee: Standee) -> tuple[int, int, int, int]:
    return (-line.score, -line.votes, standee.cost, line.number)


def _placed(lines: Sequence[Line]) -> list[Line]:
    figures = [(line.score, line.votes) for line in lines]
    return [replace(line, place=at, tied=figures.count((line.score, line.votes)) > 1) for at, line in enumerate(lines, start=1)]


def _within(rules: Rules, standees: Standees, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Greedy: what no longer fits is skipped, what nobody named is left out."""
    left, told = rules.budget or 0, []
    for line in lines:
        fits = 0 < standees[line.number].cost <= left and line.score > 0
        left -= standees[line.number].cost if fits else 0
        told.append(replace(line, within=fits))
    return tuple(told)
