"""Counts of people so small that they would point at somebody are told as "fewer than five" (design, section 8)."""

from collections.abc import Mapping

#: From so many on a count is told as it is. None at all points at nobody.
LEAST_TOLD = 5


def is_small(count: int | None) -> bool:
    """Whether a count of people would point at single ones."""
    return count is not None and 0 < count < LEAST_TOLD


def small(counts: Mapping[str, int | None]) -> list[str]:
    """The names of the counts that are not told as they are."""
    return [name for name, count in counts.items() if is_small(count)]
