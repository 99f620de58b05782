"""The comment under its locks, as every verb of moderation begins."""

from uuid import UUID

from accounts.refusals import Missing
from deliberation.models import Comment
from proposals.models import Proposal


def locked_comment(comment_id: UUID) -> Comment:
    """The comment with its proposal, both locked; proposals come first in every verb of this room. Raises Missing."""
    proposal_id = Comment.objects.filter(pk=comment_id).values_list("proposal_id", flat=True).first()
    if proposal_id is None:
        raise Missing
    proposal = Proposal.objects.select_for_update(of=("self",), no_key=True).select_related("cycle").get(pk=proposal_id)
    said = Comment.objects.select_for_update(of=("self",), no_key=True).select_related("author", "parent__author").get(pk=comment_id)
    said.proposal = proposal
    return said
