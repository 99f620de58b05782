"""Whether those who are there are enough: counts and rules in, a verdict out. Pure: no Django.

A rule that a stage does not have is None, and so is a verdict without rules. Shares are compared by multiplication, so
that no rounding decides: 30 % of 10 is 3, of 11 it is 4.
"""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """What a quorum may ask for."""

    PEOPLE = "people"
    REGIONS = "regions"
    ELEMENTS = "elements"


@dataclass(frozen=True)
class Rules:
    """The thresholds of a stage (`proposals.StageWindow`); None asks for nothing."""

    people: int | None = None
    #: Percent of the regions one level below that somebody present came for.
    regions_percent: int | None = None
    #: Different elements of society.
    elements: int | None = None
    women_percent: int | None = None


@dataclass(frozen=True)
class Counts:
    """Who counts at one moment. `regions_of` is 0 where the meeting's region has none below it."""

    total: int = 0
    women: int = 0
    elements: int = 0
    regions: int = 0
    regions_of: int = 0


@dataclass(frozen=True)
class Shortage:
    """A rule that is not met: so many there, so many needed."""

    rule: Rule
    have: int
    need: int


@dataclass(frozen=True)
class Verdict:
    """`quorum_met` and `women_met` are None where no rule asks."""

    quorum_met: bool | None
    short: tuple[Shortage, ...]
    women_met: bool | None
    #: So many more women would meet the share, the others staying; 0 where it is met or not asked. None: no number would.
    women_missing: int | None

    @property
    def falls_short(self) -> bool:
        """Whether something that a rule asks for is missing: it then needs a reason."""
        return self.quorum_met is False or self.women_met is False


def judge(counts: Counts, rules: Rules) -> Verdict:
    """The verdict on these counts."""
    needed = _needed(counts, rules)
    short = tuple(Shortage(rule, have, need) for rule, have, need in needed if have < need)
    met = _women_met(counts, rules.women_percent)
    return Verdict(
        quorum_met=not short if needed else None,
        short=short,
        women_met=met,
        women_missing=_women_missing(counts, rules.women_percent or 0) if met is False else 0,
    )


def _needed(counts: Counts, rules: Rules) -> list[tuple[Rule, int, int]]:
    needed = []
    if rules.people is not None:
        needed.append((Rule.PEOPLE, counts.total, rules.people))
    if rules.regions_percent is not None and counts.regions_of:
        needed.append((Rule.REGIONS, counts.regions, share_of(rules.regions_percent, counts.regions_of)))
    if rules.elements is not None:
        needed.append((Rule.ELEMENTS, counts.elements, rules.elements))
    return needed


def share_of(percent: int, whole: int) -> int:
    """The least whole number that is at least this percentage: 50 % of 15 is 8."""
    return -(-percent * whole // 100)


def _women_met(counts: Counts, percent: int | None) -> bool | None:
    if percent is None:
        return None
    return percent == 0 or (counts.total > 0 and counts.women * 100 >= percent * counts.total)


def _women_missing(counts: Counts, percent: int) -> int | None:
    if not counts.total:
        return 1
    if percent >= 100:
        return None
    return -(-(percent * counts.total - 100 * counts.women) // (100 - percent))
