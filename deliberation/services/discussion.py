"""Comments: written once, never edited, hidden by a moderator with a reason."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Missing, Refusal
from accounts.scope import Person
from accounts.text import clean
from deliberation import policy
from deliberation.masking import mask
from deliberation.models import Comment
from deliberation.models.comment import BODY_MAX, Stance
from deliberation.services.rows import locked_proposal
from proposals import live
from proposals.models import Proposal

#: How many comments one person may write in a minute: more than anybody types, far fewer than a machine sends.
COMMENTS_A_MINUTE = 6
MINUTE = timedelta(minutes=1)


@transaction.atomic
def comment(*, comment_id: UUID, proposal_id: UUID, actor: Person, body: str, stance: str, parent_id: UUID | None = None) -> tuple[Comment, bool]:
    """Say something about a proposal, under the writer's own UUID. Returns the comment and whether it is new.

    The same UUID again is the comment that is already there, whatever its text; another's UUID is Conflict. A reply to a
    reply joins the thread it belongs to. Raises Invalid by field, Refusal 429 for too many in a minute.
    """
    author = policy.signed_in(actor)
    proposal = locked_proposal(proposal_id)
    allowed = policy.may_comment(author, proposal).or_refuse()
    if (before := Comment.objects.filter(pk=comment_id).first()) is not None:
        return _same(before, author, proposal), False
    body = mask(clean(body, field="body", max_length=BODY_MAX, min_length=1, lines=True))
    if stance not in Stance:
        raise Invalid({"stance": [_("Choose first: support, objection, criticism or question.")]})
    thread = _thread(proposal, parent_id)
    _not_too_often(author)
    written = Comment(
        pk=comment_id,
        proposal=proposal,
        author=author,
        author_role=allowed.role,
        parent=thread,
        stance=stance,
        body=body,
        is_official=bool(policy.deciding_role(author, proposal)),
        at=clock.now(),
    )
    _publish(written)
    return written, True


@transaction.atomic
def hide_comment(*, comment_id: UUID, actor: Person, reason: str) -> Comment:
    """Hide what was said; its place, its writer's capacity and the reason stay visible. Hiding again changes nothing."""
    proposal = _proposal_of(comment_id)
    allowed = policy.may_hide(actor, proposal).or_refuse()
    said = Comment.objects.select_for_update(of=("self",), no_key=True).select_related("author").get(pk=comment_id)
    if said.hidden_at is not None:
        return said
    said.proposal = proposal
    reason = clean(reason, field="reason", max_length=300, min_length=10)
    said.hidden_at, said.hidden_by_id, said.hidden_reason = clock.now(), actor.pk, reason
    said.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    _journal(said, actor=actor, role=allowed.role, verb="hide", reason=reason)
    live.announce(proposal.pk, "comment", {"id": str(said.pk), "hidden": True, "comments": proposal.comments})
    return said


def _same(before: Comment, actor: User, proposal: Proposal) -> Comment:
    if before.author_id != actor.pk or before.proposal_id != proposal.pk:
        raise Conflict(_("This comment was not saved: its identifier is already in use. Reload the page and send it again."))
    return before


def _thread(proposal: Proposal, parent_id: UUID | None) -> Comment | None:
    if parent_id is None:
        return None
    parent = Comment.objects.filter(pk=parent_id, proposal=proposal).select_related("parent").first()
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


def _publish(written: Comment) -> None:
    """Number, keep, count, write into the journal: the number is the room's, so that `?after=` misses nothing."""
    proposal = written.proposal
    comments = proposal.comments + 1
    facts = {"id": str(written.pk), "stance": written.stance, "parent": written.parent_id and str(written.parent_id), "comments": comments}
    Proposal.objects.filter(pk=proposal.pk).update(comments=F("comments") + 1)
    proposal.comments = comments
    _journal(written, actor=written.author, role=written.author_role, verb="write")
    written.seq = live.announce(proposal.pk, "comment", facts)
    try:
        with transaction.atomic():
            written.save(force_insert=True)
    except IntegrityError:
        # The same UUID at this very moment on another proposal.
        raise Conflict(_("This comment was not saved: its identifier is already in use. Reload the page and send it again.")) from None


def _proposal_of(comment_id: UUID) -> Proposal:
    """Found through the comment, locked before it: proposals come first in every verb."""
    proposal_id = Comment.objects.filter(pk=comment_id).values_list("proposal_id", flat=True).first()
    if proposal_id is None:
        raise Missing
    return locked_proposal(proposal_id)


def _journal(said: Comment, *, actor: Person, role: str, verb: str, reason: str = "") -> None:
    audit.record(
        actor=actor,
        role=role,
        action=f"deliberation.comment.{verb}",
        subject=f"comment:{said.pk}",
        region_code=said.proposal.village_id,
        changes={"proposal": said.proposal_id, "stance": said.stance},
        reason=reason,
    )
