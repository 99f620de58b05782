"""Writing down an act of moderation: for the counts, and in the journal."""

from accounts import audit, clock
from accounts.scope import Person
from deliberation.models import Comment, ModerationAct, Said
from deliberation.notices.telling import notify, path_of

Kind = ModerationAct.Kind


def act(said: Comment, kind: str, *, actor: Person, role: str = "", verb: str, reason: str = "") -> None:
    """One act about one comment, in this transaction; the region is the proposal's."""
    village = said.proposal.village_id
    ModerationAct.objects.create(comment=said, village_id=village, kind=kind, at=clock.now())
    audit.record(
        actor=actor,
        role=role,
        action=f"deliberation.comment.{verb}",
        subject=f"comment:{said.pk}",
        region_code=village,
        changes={"proposal": said.proposal_id, "stance": said.stance},
        reason=reason,
    )


def act_in_meeting(said: Said, kind: str) -> None:
    """One act about what was said in a meeting, for the counts of its region; the floor's verbs write the journal."""
    ModerationAct.objects.create(said=said, village_id=said.meeting.region_id, kind=kind, at=clock.now())


def tell_author(said: Comment, kind: str, *, actor: Person) -> None:
    """The author hears what became of the comment."""
    number = ModerationAct.objects.filter(comment=said).count()
    path = path_of(said.proposal, said.pk)
    notify(kind=kind, key=f"{kind}:{said.pk}:{number}", to=[said.author_id], path=path, actor=actor, proposal=said.proposal)
