"""Making a comment public: its number, the count, the open pages, and everybody who should hear of it."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.refusals import Conflict
from deliberation import policy
from deliberation.models import Comment
from deliberation.notices.telling import notify, path_of, tell_followers
from deliberation.questions import asking
from proposals import live
from proposals.models import Proposal


def publish(said: Comment, *, new: bool = True) -> None:
    """Number, keep, count and tell, under the proposal's lock: the number is the room's, so that `?after=` misses nothing.

    `new` inserts the row; otherwise it waited for a moderator and only gets its number.
    """
    proposal = said.proposal
    answered = asking.open_in_thread(said, said.author)
    said.is_official = bool(answered) or bool(policy.deciding_role(said.author, proposal))
    comments = proposal.comments + 1
    facts = {"id": str(said.pk), "stance": said.stance, "parent": said.parent_id and str(said.parent_id), "comments": comments}
    Proposal.objects.filter(pk=proposal.pk).update(comments=F("comments") + 1)
    proposal.comments = comments
    said.seq = live.announce(proposal.pk, "comment", facts)
    keep(said) if new else said.save(update_fields=["seq", "is_official"])
    askers = asking.close(answered, said)
    asking.ask(said)
    _tell(said, askers)


def keep(said: Comment) -> None:
    """Insert the row; the same UUID at this very moment on another proposal is a Conflict."""
    try:
        with transaction.atomic():
            said.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("This comment was not saved: its identifier is already in use. Reload the page and send it again.")) from None


def _tell(said: Comment, askers: frozenset[int]) -> None:
    """Who began the thread and who asked in it; of an official answer also everybody who follows."""
    path, thread = path_of(said.proposal, said.pk), said.parent
    people = askers | ({thread.author_id} if thread is not None else set())
    if said.is_official and thread is not None:
        facts = {"role": said.author_role}
        tell_followers(kind="answer", key=f"answer:{said.pk}", path=path, also=people, facts=facts, actor=said.author, proposal=said.proposal)
    elif people:
        notify(kind="reply", key=f"reply:{said.pk}", to=people, path=path, facts={"who": str(said.author)}, actor=said.author, proposal=said.proposal)
