"""A moderator's decisions: let through, hide with a reason, leave standing; one comment or many."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from accounts.text import clean
from deliberation import policy
from deliberation.masking import masked
from deliberation.models import Comment, Report
from deliberation.moderation import acts
from deliberation.moderation.rows import locked_comment
from deliberation.questions import asking
from deliberation.services.publishing import publish
from proposals import live

REASON_MAX = 300
REASON_MIN = 10
#: Comments that one press decides: what one page shows.
DECIDED_AT_ONCE = 100


@transaction.atomic
def hide_comment(*, comment_id: UUID, actor: Person, reason: str) -> Comment:
    """Hide what was said; its place, its writer's capacity and the reason stay visible. Hiding again changes nothing.

    What still waited for a moderator gets no place: it is not let through, and only its author reads that and why.
    """
    said = locked_comment(comment_id)
    allowed = policy.may_hide(actor, said.proposal).or_refuse()
    if said.hidden_at is not None:
        return said
    reason = masked(clean(reason, field="reason", max_length=REASON_MAX, min_length=REASON_MIN))
    said.hidden_at, said.hidden_by_id, said.hidden_reason = clock.now(), actor.pk, reason
    said.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    acts.act(said, acts.Kind.HIDDEN, actor=actor, role=allowed.role, verb="hide", reason=reason)
    _settle(said)
    acts.tell_author(said, "hidden" if said.seq else "withheld", actor=actor)
    if said.seq:
        asking.answer_hidden(said)
        live.announce(said.proposal_id, "comment", {"id": str(said.pk), "hidden": True, "comments": said.proposal.comments})
    return said


@transaction.atomic
def approve_comment(*, comment_id: UUID, actor: Person) -> Comment:
    """Let a comment through that waited: now it gets its number, and everybody hears of it. Approving again changes nothing."""
    said = locked_comment(comment_id)
    allowed = policy.may_hide(actor, said.proposal).or_refuse()
    if said.seq is not None:
        return said
    if said.hidden_at is not None:
        raise Conflict(_("Another moderator decided meanwhile that this comment is not published."), code="decided")
    publish(said, new=False)
    acts.act(said, acts.Kind.APPROVED, actor=actor, role=allowed.role, verb="approve")
    acts.tell_author(said, "approved", actor=actor)
    return said


@transaction.atomic
def keep_comment(*, comment_id: UUID, actor: Person) -> Comment:
    """Leave a reported comment standing; its reports are settled. Where none waits nothing changes."""
    said = locked_comment(comment_id)
    allowed = policy.may_hide(actor, said.proposal).or_refuse()
    if _settle(said):
        acts.act(said, acts.Kind.KEPT, actor=actor, role=allowed.role, verb="keep")
    return said


def decide_many(*, comment_ids: Iterable[UUID], verb: str, actor: Person, reason: str = "") -> tuple[int, int]:
    """`approve`, `keep` or `hide` many comments, each in a transaction of its own: how many were decided, and how many were not.

    Those that somebody else decided meanwhile, or of another region, are passed over and stay as they are. A reason that is too
    short is Invalid before anything happens.
    """
    ids: Sequence[UUID] = list(dict.fromkeys(comment_ids))[:DECIDED_AT_ONCE]
    if verb not in {"approve", "keep", "hide"}:
        raise Invalid({"verb": [_("Choose what to do with them.")]})
    if not ids:
        raise Invalid({"comments": [_("Choose at least one comment.")]})
    if verb == "hide":
        clean(reason, field="reason", max_length=REASON_MAX, min_length=REASON_MIN)
    done = sum(_decided(comment_id, verb, actor, reason) for comment_id in ids)
    return done, len(ids) - done


def _decided(comment_id: UUID, verb: str, actor: Person, reason: str) -> bool:
    before = Comment.objects.filter(pk=comment_id).values_list("seq", "hidden_at").first()
    fits = before is not None and before[1] is None and (verb == "hide" or (verb == "approve") == (before[0] is None))
    if not fits:
        return False
    try:
        if verb == "hide":
            hide_comment(comment_id=comment_id, actor=actor, reason=reason)
        elif verb == "approve":
            approve_comment(comment_id=comment_id, actor=actor)
        else:
            keep_comment(comment_id=comment_id, actor=actor)
    except (Conflict, Missing):
        return False
    return True


def _settle(said: Comment) -> int:
    """The reports that wait are answered by what was just decided."""
    return Report.objects.filter(comment=said, settled_at__isnull=True).update(settled_at=clock.now())
