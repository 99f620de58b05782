"""After every move of the register, in its transaction (settings.STEP_FOLLOWERS): the work's state goes along."""

from collections.abc import Sequence

from budgeting.models import FundedWork
from budgeting.words import Witness
from budgeting.works import saying
from proposals.models import Recommendation
from proposals.stages import MOVES


def follow(steps: Sequence[Recommendation]) -> None:
    """Called with all steps of one change, each with its loaded proposal as it stands now; only moves of works matter here."""
    moved = {step.proposal_id: step for step in steps if step.move in MOVES and MOVES[step.move].realisation is not None}
    if not moved:
        return
    works = FundedWork.objects.select_for_update(of=("self",), no_key=True).select_related("region", "agency")
    for work in works.filter(proposal_id__in=moved).order_by("pk"):
        step = moved[work.proposal_id or work.pk]
        if step.move in Witness.values:
            saying.said_by_move(work, step)
        work.realisation, work.changed_at = step.proposal.realisation, step.decided_at
        work.save(update_fields=["realisation", "changed_at"])
