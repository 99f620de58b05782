"""Which counts of people may be told. Pure.

A group smaller than `SMALL` is told as "fewer than 5". Where everybody knows the total, one group left out could be subtracted,
so the smallest of the others is left out with it.
"""

from collections.abc import Mapping

SMALL = 5


def is_withheld(*, is_secret: bool, ballots: int) -> bool:
    """Whether what was voted is told to nobody: of so few secret ballots even the order shows the hand of each (decision 0215)."""
    return is_secret and 0 < ballots < SMALL


def told(groups: Mapping[str, int]) -> dict[str, int | None]:
    """The groups with the counts that may be told; None is "fewer than 5", or held back to protect such a one."""
    if sum(groups.values()) == 0 or len(groups) < 2:
        return dict(groups)
    hidden = {name for name, count in groups.items() if 0 < count < SMALL}
    if len(hidden) == 1:
        others = sorted((count, name) for name, count in groups.items() if name not in hidden and count)
        hidden |= {others[0][1]} if others else set()
    return {name: None if name in hidden else count for name, count in groups.items()}
