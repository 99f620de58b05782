"""Which places change when one weight moves by a tenth. Pure and exact; the slow twin is `result.placed` with other weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from deliberation.scoring.result import Rule, Scored, tie_key

STEPS = (Fraction(-1, 10), Fraction(1, 10))


@dataclass(frozen=True)
class Shift:
    """One weight moved: which proposals stand elsewhere then, as (number, place now, place then), by the place now."""

    code: str
    step: Fraction
    moves: tuple[tuple[int, int, int], ...]


def shifts(found: Sequence[Scored], rules: Sequence[Rule], seed: str) -> list[Shift]:
    """For each criterion that weighs something, a tenth less and a tenth more; the other weights stay."""
    ranked = [one for one in found if one.score is not None]
    sums = [_sums(one, rules) for one in ranked]
    ties = [tie_key(one.entry, one.values, seed) for one in ranked]
    told = []
    for rule in rules:
        if rule.weight:
            told += [Shift(rule.code, step, _moves(ranked, sums, ties, rule, step)) for step in STEPS]
    return told


def _sums(one: Scored, rules: Sequence[Rule]) -> tuple[Fraction, int]:
    """Weighted sum of the values, and the sum of the weights that count."""
    counted = [rule for rule in rules if rule.code in one.values]
    return sum((rule.weight * one.values[rule.code] for rule in counted), Fraction(0)), sum(rule.weight for rule in counted)


def _moves(
    ranked: Sequence[Scored], sums: Sequence[tuple[Fraction, int]], ties: Sequence[tuple[object, ...]], rule: Rule, step: Fraction
) -> tuple[tuple[int, int, int], ...]:
    more = rule.weight * step

    def key(at: int) -> tuple[object, ...]:
        value = ranked[at].values.get(rule.code)
        total, weight = sums[at]
        score = total / weight if value is None else (total + more * value) / (weight + more)
        return (-score, ties[at])

    order = sorted(range(len(ranked)), key=key)
    moved = [(ranked[at].entry.number, at + 1, place) for place, at in enumerate(order, start=1) if at + 1 != place]
    return tuple(sorted(moved, key=lambda move: move[1]))
