"""A question's life: asked when the public reads it, handed on when the proposal moves, closed by the official reply.

Every verb is called by another service, inside its transaction and under the proposal's lock.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts import clock
from accounts.models import User
from deliberation.models import Addressee, Comment, Question
from deliberation.models.comment import Stance
from deliberation.notices.telling import Told, path_of, tell
from deliberation.questions.addressing import Address, address_of, holds, officers_at
from proposals.models import Proposal

_AT_ONCE = 500


def address(question: Question) -> Address:
    """Who has to answer it now."""
    return Address(question.role, question.region_id, question.agency_id)


def ask(said: Comment) -> None:
    """Lay a published question before the office that decides now. Who asks from that very office is asking the citizens."""
    to = address_of(said.proposal)
    if said.stance != Stance.QUESTION or holds(said.author, to):
        return
    now = clock.now()
    question = Question(
        comment=said,
        proposal=said.proposal,
        village_id=said.proposal.village_id,
        asked_at=now,
        role=to.role,
        region_id=to.region_id,
        agency_id=to.agency_id,
    )
    question.save(force_insert=True)
    Addressee.objects.create(question=question, role=to.role, region_id=to.region_id, agency_id=to.agency_id, since=now)
    tell([_for_office(said, officers_at(to), key=f"question:{said.pk}")])


def open_in_thread(reply: Comment, replier: User) -> list[Question]:
    """The open questions of the thread a reply belongs to, of those that this person answers for. A question answers nothing."""
    if reply.parent_id is None or reply.stance == Stance.QUESTION:
        return []
    thread = Question.objects.select_for_update(of=("self",)).filter(Q(comment=reply.parent_id) | Q(comment__parent=reply.parent_id))
    waiting = thread.filter(answer__isnull=True, comment__hidden_at__isnull=True).select_related("comment").order_by("asked_at", "pk")
    return [question for question in waiting if holds(replier, address(question))]


def close(questions: Sequence[Question], answer: Comment) -> frozenset[int]:
    """Close questions with their answer; the keys of those who asked."""
    if questions:
        Question.objects.filter(pk__in=[question.pk for question in questions]).update(answer=answer, answered_at=clock.now())
    return frozenset(question.comment.author_id for question in questions)


def answer_hidden(said: Comment) -> None:
    """An answer that nobody can read is none: its questions wait again, for whoever is responsible now."""
    lost = list(Question.objects.select_for_update(of=("self",)).filter(answer=said).select_related("proposal", "comment__author"))
    Question.objects.filter(pk__in=[question.pk for question in lost]).update(answer=None, answered_at=None)
    _hand_on(lost)


def hand_on(proposal_ids: Sequence[UUID]) -> None:
    """After moves: every open question of these proposals goes to whoever decides there now, in a constant number of statements an office."""
    waiting = Question.objects.select_for_update(of=("self",)).filter(proposal__in=proposal_ids, answer__isnull=True)
    _hand_on(list(waiting.select_related("proposal", "comment__author").order_by("pk")))


def _hand_on(questions: list[Question]) -> None:
    moved = [question for question in questions if address(question) != address_of(question.proposal)]
    now, told, officers = clock.now(), list[Told](), dict[Address, list[int]]()
    for question in moved:
        to = address_of(question.proposal)
        question.role, question.region_id, question.agency_id = to.role, to.region_id, to.agency_id
        if to not in officers:
            officers[to] = officers_at(to)
        told += _told(question.comment, question.proposal, to, officers[to])
    Question.objects.bulk_update(moved, ["role", "region", "agency"], batch_size=_AT_ONCE)
    Addressee.objects.bulk_create(
        [Addressee(question=one, role=one.role, region_id=one.region_id, agency_id=one.agency_id, since=now) for one in moved], batch_size=_AT_ONCE
    )
    tell(told)


def _told(said: Comment, proposal: Proposal, to: Address, officers: Sequence[int]) -> list[Told]:
    """The new office hears of it, and so does who asked."""
    said.proposal, key = proposal, f"question:{said.pk}:{proposal.version}"
    asker = Told(
        kind="question_moved",
        key=f"{key}:asker",
        path=path_of(proposal, said.pk),
        facts={"role": to.role},
        proposal=proposal,
        to=frozenset({said.author_id}),
    )
    return [_for_office(said, officers, key=key), asker]


def _for_office(said: Comment, officers: Sequence[int], *, key: str) -> Told:
    path = path_of(said.proposal, said.pk)
    return Told(kind="question", key=key, path=path, actor=said.author, proposal=said.proposal, to=frozenset(officers))


def waiting_questions() -> QuerySet[Question]:
    """Open questions that the public can read, longest waiting first."""
    return Question.objects.filter(answer__isnull=True, comment__hidden_at__isnull=True).order_by("asked_at", "pk")
