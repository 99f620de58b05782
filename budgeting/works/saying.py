"""What people of the village say about a work that was reported as done, and what is answered to those who dispute it."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock, text
from accounts.models import User
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from budgeting.models import Confirmation, DisputeAnswer, FundedWork
from budgeting.words import Witness
from budgeting.works import policy, reading_values, rows, stepping, telling
from budgeting.works.words_in_force import state_of
from deliberation.masking import masked
from proposals.models import Recommendation
from proposals.services.entries import Unreadable
from proposals.services.rows import REASON_SHORTEST, signed_in
from proposals.stages import Realisation

REASON_LONGEST = 1000
ANSWER_LONGEST = 2000
_MOVE = {Realisation.CONFIRMED: "confirm", Realisation.DISPUTED: "dispute"}


@transaction.atomic
def say(*, work_id: UUID, actor: Person, id: Any, verdict: str, reason: str = "") -> tuple[Confirmation, bool]:  # noqa: A002 - as it is sent
    """Keep one person's word, `(word, whether it is new)`; the work's state follows from all words in force.

    Said anew, the former word stays readable. Raises Refusal (401, 403, 404), Invalid by field (a dispute says why) and Conflict.
    """
    person = signed_in(actor)
    work = rows.locked(work_id)
    allowed = policy.may_say(person, work).or_refuse()
    key, why = _read(id, verdict, reason)
    known = Confirmation.objects.filter(pk=key).first()
    if known is not None:
        if (known.work_id, known.person_id, known.verdict) != (work.pk, person.pk, verdict):
            raise Conflict(_("Another word was sent under this UUID before."), code="other_word")
        return known, False
    standing = work.confirmations.filter(person=person, superseded_at__isnull=True).first()
    if standing is not None and (standing.verdict, standing.reason) == (verdict, why):
        return standing, False
    word = _keep(work, person, allowed.role, key, verdict=verdict, reason=why)
    rows.record(work, person, allowed, verdict, {"word": str(word.pk)}, reason=why)
    state = _state(work)
    if state != work.realisation:
        stepping.take(work, _MOVE[state], actor=person, allowed=allowed, reason=why)
    _after(work, word)
    return word, True


def said_by_move(work: FundedWork, step: Recommendation) -> None:
    """A proposal was confirmed or disputed by its own move: that is its actor's word on the work, under the same rule.

    Raises Conflict where it confirms while others of the village still dispute.
    """
    standing = work.confirmations.filter(person=step.actor, superseded_at__isnull=True).first()
    if standing is None or standing.verdict != step.move:
        word = _keep(work, step.actor, step.role, uuid4(), verdict=step.move, reason=masked(step.reason[:REASON_LONGEST]))
        work.realisation = step.proposal.realisation
        _after(work, word)
    if _state(work) != step.proposal.realisation:
        sentence = _("Others of the village still dispute this work. Say on the page of the work that it is right; the state follows all of you.")
        raise Conflict(sentence, code="others_dispute")


@transaction.atomic
def answer(*, work_id: UUID, actor: Person, id: Any, text_said: str) -> tuple[DisputeAnswer, bool]:  # noqa: A002 - as it is sent
    """Answer the villagers who dispute, `(answer, whether it is new)`: nothing is owed any more until somebody disputes anew.

    Raises Refusal (401, 403, 404), Invalid by field and Conflict: nobody disputes the work.
    """
    person = signed_in(actor)
    work = rows.locked(work_id)
    policy.may_report(person, work).or_refuse()
    key = read_key(id)
    said = masked(text.clean(text_said, field="text", max_length=ANSWER_LONGEST, min_length=REASON_SHORTEST, lines=True))
    known = DisputeAnswer.objects.filter(pk=key).first()
    if known is not None:
        if (known.work_id, known.by_id, known.text) != (work.pk, person.pk, said):
            raise Conflict(_("Another answer was sent under this UUID before."), code="other_answer")
        return known, False
    allowed = policy.may_answer(person, work).or_refuse()
    made = DisputeAnswer.objects.create(pk=key, work=work, text=said, by=person, role=allowed.role, at=clock.now())
    work.answer_due_on, work.changed_at = None, made.at
    work.save(update_fields=["answer_due_on", "changed_at"])
    rows.record(work, person, allowed, "answer", {"answer": str(made.pk)}, reason=said)
    telling.answered(work, made)
    return made, True


def read_key(raw: Any, field: str = "id") -> UUID:
    """The sender's own UUID; raises Invalid that names the field."""
    try:
        return reading_values.key(raw)
    except Unreadable as error:
        raise Invalid({field: [error.sentence]}) from None


def _read(raw: Any, verdict: str, reason: str) -> tuple[UUID, str]:
    errors: dict[str, list[str]] = {}
    if not isinstance(verdict, str) or verdict not in Witness.values:
        errors["verdict"] = [_("Choose one of the list.")]
    why = ""
    try:
        shortest = REASON_SHORTEST if verdict == Witness.DISPUTE else 0
        why = masked(text.clean(reason or "", field="reason", max_length=REASON_LONGEST, min_length=shortest, lines=True))
        key = read_key(raw)
    except Invalid as invalid:
        errors |= invalid.fields or {}
    if errors:
        raise Invalid(errors)
    return key, why


def _keep(work: FundedWork, person: User, role: str, key: UUID, *, verdict: str, reason: str) -> Confirmation:
    now = clock.now()
    work.confirmations.filter(person=person, superseded_at__isnull=True).update(superseded_at=now)
    return Confirmation.objects.create(pk=key, work=work, person=person, role=role, verdict=verdict, reason=reason, at=now)


def _state(work: FundedWork) -> Realisation:
    return state_of(work.confirmations.filter(superseded_at__isnull=True).values_list("verdict", flat=True).order_by("pk"))


def _after(work: FundedWork, word: Confirmation) -> None:
    """A dispute asks for an answer within the time that is set; a work that nobody disputes any more owes none."""
    if word.verdict == Witness.DISPUTE and work.answer_due_on is None:
        work.answer_due_on = clock.today() + timedelta(days=settings.WORK_ANSWER_DAYS)
    elif _state(work) != Realisation.DISPUTED:
        work.answer_due_on = None
    work.changed_at = word.at
    work.save(update_fields=["answer_due_on", "changed_at"])
    if word.verdict == Witness.DISPUTE:
        telling.disputed(work, word)
