"""Another look: the author asks once, and another moderator than who hid the comment decides."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Allowed, Answer, Conflict, Denied, Missing
from accounts.scope import Person
from deliberation import policy
from deliberation.models import Appeal, Comment
from deliberation.moderation import acts, looks
from deliberation.moderation.rows import locked_comment
from deliberation.services.publishing import publish
from proposals import live


@transaction.atomic
def appeal(*, comment_id: UUID, actor: Person, words: str) -> Appeal:
    """Ask for another look at one's own hidden comment. Once: the same again is the appeal that is there."""
    author = policy.signed_in(actor)
    said = locked_comment(comment_id)
    if said.author_id != author.pk:
        raise Missing
    if (before := Appeal.objects.filter(pk=said.pk).first()) is not None:
        return before
    if said.hidden_at is None or said.hidden_by_id is None:
        raise Conflict(_("This comment is not hidden."), code="not_hidden")
    new = Appeal.objects.create(comment=said, words=looks.said_for_it(words), against_id=said.hidden_by_id, at=clock.now())
    acts.act(said, acts.Kind.APPEALED, actor=author, role=said.author_role, verb="appeal")
    return new


def may_decide(actor: Person, said: Comment, one: Appeal) -> Answer:
    """A moderator of the region who neither hid the comment nor wrote it."""
    answer = policy.may_hide(actor, said.proposal)
    if answer and isinstance(actor, User) and one.is_of(actor):
        return Denied(_("You hid or wrote this comment yourself, so another moderator decides."), code="own_decision")
    return answer


@transaction.atomic
def decide_appeal(*, comment_id: UUID, actor: Person, restore: bool, reason: str) -> Appeal:
    """Restore the comment, or leave it hidden, with a sentence for the author. Deciding twice is Conflict."""
    said = locked_comment(comment_id)
    one = Appeal.objects.select_for_update(of=("self",)).filter(pk=said.pk).first()
    if one is None or not isinstance(actor, User):
        raise Missing
    one.comment = said
    allowed: Allowed = may_decide(actor, said, one).or_refuse()
    reason = looks.decide(one, actor=actor, restore=restore, reason=reason)
    kind, verb = (acts.Kind.RESTORED, "restore") if restore else (acts.Kind.UPHELD, "uphold")
    acts.act(said, kind, actor=actor, role=allowed.role, verb=verb, reason=reason)
    if restore:
        _restore(said)
    acts.tell_author(said, verb + "d" if restore else "upheld", actor=actor)
    return one


def _restore(said: Comment) -> None:
    """Where it was hidden the text stands again; what was never let through is published now."""
    said.hidden_at, said.hidden_by, said.hidden_reason = None, None, ""
    said.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    if said.seq is None:
        publish(said, new=False)
    else:
        live.announce(said.proposal_id, "comment", {"id": str(said.pk), "hidden": False, "comments": said.proposal.comments})
