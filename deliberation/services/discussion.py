"""Comments: written once, never edited; what a moderator has to see first waits."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Refusal
from accounts.scope import Person
from accounts.text import clean
from deliberation import policy
from deliberation.masking import masked
from deliberation.models import Comment
from deliberation.models.comment import BODY_MAX, Stance
from deliberation.moderation import acts, screening
from deliberation.services.publishing import keep, publish
from deliberation.services.rows import locked_proposal
from proposals.models import Proposal

#: How many comments one person may write in a minute: more than anybody types, far fewer than a machine sends.
COMMENTS_A_MINUTE = 6
MINUTE = timedelta(minutes=1)


@transaction.atomic
def comment(*, comment_id: UUID, proposal_id: UUID, actor: Person, body: str, stance: str, parent_id: UUID | None = None) -> tuple[Comment, bool]:
    """Say something about a proposal, under the writer's own UUID. Returns the comment and whether it is new.

    The same UUID again is the comment that is already there, whatever its text; another's UUID is Conflict. A reply to a
    reply joins the thread it belongs to. What a moderator has to see first comes back without a number (`seq`), and only its
    author reads it meanwhile. Raises Invalid by field, Refusal 429 for too many in a minute.
    """
    author = policy.signed_in(actor)
    proposal = locked_proposal(proposal_id)
    allowed = policy.may_comment(author, proposal).or_refuse()
    if (before := Comment.objects.filter(pk=comment_id).first()) is not None:
        return _same(before, author, proposal), False
    body = masked(clean(body, field="body", max_length=BODY_MAX, min_length=1, lines=True))
    if stance not in Stance:
        raise Invalid({"stance": [_("Choose first: support, objection, criticism or question.")]})
    thread = _thread(proposal, parent_id)
    _not_too_often(author)
    written = Comment(
        pk=comment_id, proposal=proposal, author=author, author_role=allowed.role, parent=thread, stance=stance, body=body, at=clock.now()
    )
    _journal(written)
    if screening.must_wait(author, body, proposal.village_id):
        _hold(written)
    else:
        publish(written)
    return written, True


def _hold(written: Comment) -> None:
    """Set aside for a moderator: no number, no count, no news to anybody."""
    if screening.held_of(written.author) >= screening.HELD_AT_ONCE:
        raise Conflict(_("Your earlier comments still wait for a moderator. Write again when they are published."), code="waiting")
    written.held_at = written.at
    keep(written)
    acts.act(written, acts.Kind.HELD, actor=written.author, role=written.author_role, verb="hold")


def _same(before: Comment, actor: User, proposal: Proposal) -> Comment:
    if before.author_id != actor.pk or before.proposal_id != proposal.pk:
        raise Conflict(_("This comment was not saved: its identifier is already in use. Reload the page and send it again."))
    return before


def _thread(proposal: Proposal, parent_id: UUID | None) -> Comment | None:
    if parent_id is None:
        return None
    parent = Comment.objects.public().filter(pk=parent_id, proposal=proposal).select_related("parent__author", "author").first()
    if parent is None:
        raise Invalid({"parent": [_("The comment you answer is not on this page.")]})
    if parent.hidden_at is not None:
        raise Conflict(_("The comment you answer was hidden meanwhile."), code="hidden")
    return parent.parent or parent


def _not_too_often(actor: User) -> None:
    now = clock.now()
    recent = Comment.objects.filter(author=actor, at__gt=now - MINUTE).order_by("-at").values_list("at", flat=True)[:COMMENTS_A_MINUTE]
    if len(recent) >= COMMENTS_A_MINUTE:
        wait = int((recent[COMMENTS_A_MINUTE - 1] + MINUTE - now).total_seconds()) + 1
        raise Refusal(_("You are writing very fast. Wait a minute, then send it again."), code="throttled", status=429, retry_after=wait)


def _journal(said: Comment) -> None:
    audit.record(
        actor=said.author,
        role=said.author_role,
        action="deliberation.comment.write",
        subject=f"comment:{said.pk}",
        region_code=said.proposal.village_id,
        changes={"proposal": said.proposal_id, "stance": said.stance},
    )
