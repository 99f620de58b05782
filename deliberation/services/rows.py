"""The proposal under its row lock, as all verbs of this room begin."""

from uuid import UUID

from accounts.refusals import Missing
from proposals.models import Proposal


def locked_proposal(proposal_id: UUID) -> Proposal:
    """The proposal with its cycle, locked against every other change of it. Raises Missing."""
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True).select_related("cycle")
    proposal = rows.filter(pk=proposal_id).first()
    if proposal is None:
        raise Missing
    return proposal
