"""From sheets and computed values to places. Pure and exact: no Django, no database, no float decides.

Score of a proposal = sum(weight x value) / sum(weight), where the value of a panel's criterion is the mean of its scores, or the
median from `median_from` scorers on (DOMAIN 6). On the page (score - 1) x 25: all 1 is 0, all 5 is 100.
Ties: POV, then URG, then the earlier submission, then the order that the published seed gives, then the number.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from deliberation.scoring.law import HIGHEST, LOWEST, MIDDLE, TIE_BREAKERS


@dataclass(frozen=True)
class Rule:
    """One criterion as it counts. `when_unknown`: middle, lowest or left_out."""

    code: str
    weight: int
    is_computed: bool = False
    when_unknown: str = "middle"


@dataclass(frozen=True)
class Entry:
    """One proposal: what was computed, and the scores of each panel criterion, one a scorer who was not recused."""

    number: int
    #: The proposal's own number, to which the seed gives an order that anybody can compute.
    label: str
    submitted: str = ""
    computed: Mapping[str, Fraction | None] = field(default_factory=dict)
    scores: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Spread:
    """How far scorers are apart: how many, the least, the most, and the variance (population), exact."""

    scorers: int
    least: int
    most: int
    variance: Fraction


@dataclass(frozen=True)
class Scored:
    """One proposal with its values, its score from 1 to 5 and its place from 1; None where nothing counts of it."""

    entry: Entry
    values: Mapping[str, Fraction]
    #: The codes whose value is the rule's, since nothing was known.
    unknown: tuple[str, ...]
    score: Fraction | None
    place: int | None


def centre(scores: Sequence[int], median_from: int) -> Fraction:
    """The mean of some scores, or their median from `median_from` on (0: never)."""
    if not median_from or len(scores) < median_from:
        return Fraction(sum(scores), len(scores))
    ordered, middle = sorted(scores), len(scores) // 2
    return Fraction(ordered[middle]) if len(scores) % 2 else Fraction(ordered[middle - 1] + ordered[middle], 2)


def spread(scores: Sequence[int]) -> Spread:
    """How far some scores are apart; there is at least one."""
    count, total = len(scores), sum(scores)
    return Spread(count, min(scores), max(scores), Fraction(count * sum(score * score for score in scores) - total * total, count * count))


def values_of(entry: Entry, rules: Sequence[Rule], median_from: int) -> tuple[dict[str, Fraction], tuple[str, ...]]:
    """The value of each criterion that counts for a proposal, and the codes of which nothing was known."""
    values, unknown = {}, []
    for rule in rules:
        value = entry.computed.get(rule.code) if rule.is_computed else _centre_or_none(entry.scores.get(rule.code, ()), median_from)
        if value is None:
            unknown.append(rule.code)
            value = {"middle": Fraction(MIDDLE), "lowest": Fraction(LOWEST)}.get(rule.when_unknown)
        if value is not None:
            values[rule.code] = value
    return values, tuple(unknown)


def _centre_or_none(scores: Sequence[int], median_from: int) -> Fraction | None:
    return centre(scores, median_from) if scores else None


def score_of(values: Mapping[str, Fraction], weights: Mapping[str, Fraction | int]) -> Fraction | None:
    """The weighted mean of the values; None where what counts weighs nothing."""
    total = sum((Fraction(weights[code]) for code in values), Fraction(0))
    return sum((weights[code] * value for code, value in values.items()), Fraction(0)) / total if total else None


def seeded(seed: str, label: str) -> str:
    """The key of the last tie: SHA-256 of the seed, a colon and the proposal's number; the smaller one stands first."""
    return hashlib.sha256(f"{seed}:{label}".encode()).hexdigest()


def tie_key(entry: Entry, values: Mapping[str, Fraction], seed: str) -> tuple[object, ...]:
    """What decides between equal scores; ends with the number, which no two entries share."""
    breakers = tuple(-values.get(code, Fraction(0)) for code in TIE_BREAKERS)
    return (*breakers, entry.submitted == "", entry.submitted, seeded(seed, entry.label), entry.number)


def placed(entries: Sequence[Entry], rules: Sequence[Rule], *, median_from: int, seed: str) -> list[Scored]:
    """Every entry with its score, in the order of the places; what has no score stands last, by number, without a place."""
    weights: dict[str, Fraction | int] = {rule.code: rule.weight for rule in rules}
    found = []
    for entry in entries:
        values, unknown = values_of(entry, rules, median_from)
        found.append(Scored(entry, values, unknown, score_of(values, weights), None))
    scored = sorted((one for one in found if one.score is not None), key=lambda one: (-(one.score or 0), tie_key(one.entry, one.values, seed)))
    ranked = [Scored(one.entry, one.values, one.unknown, one.score, place) for place, one in enumerate(scored, start=1)]
    return [*ranked, *sorted((one for one in found if one.score is None), key=lambda one: one.entry.number)]


def out_of_hundred(score: Fraction) -> Fraction:
    """A score from 1 to 5 on the scale from 0 to 100."""
    return (score - LOWEST) * 100 / (HIGHEST - LOWEST)
