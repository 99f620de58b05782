"""After every move of the register, in its transaction (settings.STEP_FOLLOWERS): authors follow, questions go along, followers hear."""

from collections.abc import Sequence

from django.utils.text import Truncator

from accounts import clock
from deliberation.follows import descent
from deliberation.models import Follow
from deliberation.notices.telling import Told, path_of, tell
from deliberation.questions import asking
from proposals.models import Proposal, Recommendation
from proposals.services.importing import SYSTEM_USER
from proposals.stages import Stage

_AT_ONCE = 500
#: Characters of a reason that the inbox and the mail repeat; the page has all of it.
_REASON_TOLD = 300


def follow(steps: Sequence[Recommendation]) -> None:
    """Called with all steps of one change, each with its loaded proposal as it stands now; a constant number of statements."""
    seen = [step for step in steps if step.stage_after != Stage.DRAFT]
    _authors_follow([step.proposal for step in seen if step.stage == Stage.DRAFT])
    moved = [step.proposal_id for step in seen if step.stage != Stage.DRAFT]
    if moved:
        asking.hand_on(moved)
    tell([_told(step) for step in seen])


def _authors_follow(sent: Sequence[Proposal]) -> None:
    """Who sends a proposal in follows it from then on, and may end that like anything else."""
    now = clock.now()
    people = [one for one in sent if one.author.username != SYSTEM_USER]
    Follow.objects.bulk_create([Follow(user=one.author, proposal=one, at=now) for one in people], ignore_conflicts=True, batch_size=_AT_ONCE)
    descent.come_along(sent)


def _told(step: Recommendation) -> Told:
    return Told(
        kind="step",
        key=f"step:{step.pk}",
        path=path_of(step.proposal),
        facts={"step": step.move, "stage": step.stage_after, "outcome": step.outcome_after, "reason": Truncator(step.reason).chars(_REASON_TOLD)},
        actor=step.actor,
        proposal=step.proposal,
        to_followers=True,
    )
