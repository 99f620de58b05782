"""What the tests of the talk say and do again and again."""

import uuid

from allauth.account.models import EmailAddress

from accounts.models import User
from deliberation import services
from deliberation.models import Comment
from proposals import services as register
from proposals.models import Proposal


def said(
    proposal: Proposal, actor: User, body: str = "Kapan jalan ini dikerjakan?", stance: str = "question", parent: Comment | None = None
) -> Comment:
    """One comment, a question unless told otherwise."""
    comment, _new = services.comment(
        comment_id=uuid.uuid4(), proposal_id=proposal.pk, actor=actor, body=body, stance=stance, parent_id=parent.pk if parent else None
    )
    return comment


def answered(question: Comment, actor: User, body: str = "Bulan depan, sesudah musim tanam.", stance: str = "support") -> Comment:
    """A reply to it."""
    return said(question.proposal, actor, body, stance, question)


def moved(proposal: Proposal, actor: User, name: str = "forward", **more: object) -> None:
    """One move; the row is read again."""
    proposal.refresh_from_db()
    register.move(proposal_id=proposal.pk, name=name, actor=actor, version=proposal.version, **more)  # type: ignore[arg-type]
    proposal.refresh_from_db()


def confirmed(user: User, address: str = "") -> str:
    """The user's confirmed address."""
    address = address or f"{user.username}@contoh.id"
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return address
