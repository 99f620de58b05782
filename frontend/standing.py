"""The first thing a proposal's page says: who has the word now and until when, or how it ended and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts import clock
from frontend.guide import deciders_of
from proposals.history import Milestone, Step
from proposals.models import Proposal
from proposals.stages import CLOSED, DECIDING, Outcome, Stage


@dataclass(frozen=True)
class Standing:
    """`kind`: waits (for `deciders`), returned, reserved, ended; `until` is when the stage's time ends, `step` the decision told."""

    kind: str
    deciders: str = ""
    until: datetime | None = None
    #: The stage's time is over, though nothing was decided.
    is_late: bool = False
    step: Step | None = None


def standing_of(proposal: Proposal, milestones: Sequence[Milestone]) -> Standing | None:
    """Where the matter stands, from its road; nothing for drafts and for works, which tell their own story."""
    here = next((milestone for milestone in milestones if milestone.stage == proposal.stage), None)
    if here is None or proposal.stage not in DECIDING:
        return None
    last = here.steps[-1] if here.steps else None
    until = here.closed_at or here.closes_at
    outcome = Outcome(proposal.outcome)
    if outcome in CLOSED:
        return Standing("ended", step=last) if last and (last.text or last.target_number) else None
    late = until is not None and until <= clock.now()
    told = last if outcome in (Outcome.RETURNED, Outcome.RESERVED) else None
    kind = outcome.value if told else "waits"
    return Standing(kind, deciders_of(Stage(proposal.stage)), until, is_late=late, step=told)
