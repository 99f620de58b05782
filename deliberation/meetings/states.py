"""How a meeting moves from state to state: the law as data. Pure; docs/meetings.md shows the same table."""

from dataclasses import dataclass

PLANNED, OPEN, ADJOURNED, CLOSED, CANCELLED = "planned", "open", "adjourned", "closed", "cancelled"


@dataclass(frozen=True)
class Step:
    """One row of the law."""

    name: str
    comes_from: tuple[str, ...]
    leads_to: str
    #: A sentence that everybody reads.
    needs_reason: bool = False


STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        Step("open", (PLANNED, ADJOURNED), OPEN),
        Step("adjourn", (OPEN,), ADJOURNED),
        Step("close", (OPEN, ADJOURNED), CLOSED),
        Step("cancel", (PLANNED,), CANCELLED, needs_reason=True),
    )
}
#: A meeting whose plan may still be changed.
CHANGEABLE = frozenset({PLANNED, ADJOURNED})
#: A meeting that is over: nothing is added to it any more.
OVER = frozenset({CLOSED, CANCELLED})


def steps_from(state: str) -> list[Step]:
    """The rows that start here, in the table's order."""
    return [step for step in STEPS.values() if state in step.comes_from]
