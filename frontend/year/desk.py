"""What the desk says about the plan year: whose stages a person closes, and where."""

from collections.abc import Sequence

from accounts.scope import Office
from deliberation.closing.policy import CLOSERS, level_of
from geo import codes

#: More regions than these are found by the calendar of each.
_MOST = 6


def closing_links(offices: Sequence[Office]) -> list[str]:
    """Codes of the regions whose calendar leads the person to the end of a stage; no query."""
    found = {
        office.region_code
        for office in offices
        for stage, roles in CLOSERS.items()
        if office.role in roles and codes.is_code(office.region_code) and codes.level(office.region_code) is level_of(stage)
    }
    return sorted(found)[:_MOST]
