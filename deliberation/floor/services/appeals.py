"""Another look at what was hidden in a meeting: asked for once by whoever said it, decided by a moderator who did not hide it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict, Missing
from accounts.scope import Person
from deliberation.floor import policy, rows
from deliberation.floor.telling import journal, said_changed, tell_speaker
from deliberation.models import ModerationAct, Said, SaidAppeal
from deliberation.models.floor import QuestionState
from deliberation.moderation import acts, looks
from deliberation.policy import signed_in


@transaction.atomic
def appeal_statement(*, said_id: UUID, actor: Person, words: str) -> SaidAppeal:
    """Ask for another look at one's own hidden words, also after the meeting. Once: the same again is the appeal that is there."""
    person = signed_in(actor)
    said = rows.locked(Said, said_id)
    if said.speaker_id != person.pk:
        raise Missing
    if (before := SaidAppeal.objects.filter(pk=said.pk).first()) is not None:
        return before
    if said.hidden_at is None or said.hidden_by_id is None:
        raise Conflict(_("This is not hidden."), code="not_hidden")
    new = SaidAppeal.objects.create(said=said, words=looks.said_for_it(words), against_id=said.hidden_by_id, at=clock.now())
    acts.act_in_meeting(said, ModerationAct.Kind.APPEALED)
    journal(said.meeting, "appeal", subject=f"said:{said.pk}", actor=person, role=said.capacity)
    return new


@transaction.atomic
def decide_statement_appeal(*, said_id: UUID, actor: Person, restore: bool, reason: str) -> SaidAppeal:
    """Show it again, or leave it hidden, with a sentence for whoever said it. Deciding twice is Conflict.

    A paper that was issued meanwhile keeps what it says; an addendum tells what changed.
    """
    person = signed_in(actor)
    said = rows.locked(Said, said_id)
    allowed = policy.may_look_again(person, said.meeting).or_refuse()
    one = SaidAppeal.objects.select_for_update(of=("self",)).filter(pk=said.pk).first()
    if one is None:
        raise Missing
    one.said = said
    policy.is_another(person, one).or_refuse()
    reason = looks.decide(one, actor=person, restore=restore, reason=reason)
    kind, verb = (ModerationAct.Kind.RESTORED, "restore") if restore else (ModerationAct.Kind.UPHELD, "uphold")
    acts.act_in_meeting(said, kind)
    journal(said.meeting, verb, subject=f"said:{said.pk}", actor=person, role=allowed.role, reason=reason)
    if restore:
        _restore(said)
    tell_speaker(said, "said_restored" if restore else "said_upheld", actor=person, reason=reason)
    return one


def _restore(said: Said) -> None:
    """It stands in its place again; a question that nobody else had read is let through with it, under a new number."""
    waited = said.state == QuestionState.HELD
    said.hidden_at, said.hidden_by, said.hidden_reason = None, None, ""
    said.state = QuestionState.OPEN.value if waited else said.state
    seq = said_changed(said, hidden=False)
    said.seq = seq if waited else said.seq
    said.save(update_fields=["hidden_at", "hidden_by", "hidden_reason", "state", "seq"])
