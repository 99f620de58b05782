"""Questions from outside: asked by anybody signed in, taken up by the chair or answered later."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import clock, scope
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Refusal
from accounts.scope import Person
from accounts.text import clean
from deliberation.floor import capacity, policy, rows
from deliberation.floor.services.statements import publish
from deliberation.floor.telling import journal, said_changed
from deliberation.masking import masked
from deliberation.meetings.policy import may_run, not_over
from deliberation.meetings.rows import locked_meeting
from deliberation.models import Agreement, Attendance, Comment, Meeting, ModerationAct, Said
from deliberation.models.floor import SAID_MAX, QuestionState, SaidKind
from deliberation.moderation import acts, screening
from deliberation.policy import signed_in
from deliberation.roll.votes import is_vouched
from deliberation.words import MeetingState

#: How many questions one person may send in so many minutes: a hall listens to all of them.
AT_MOST, WITHIN = 3, timedelta(minutes=5)
#: What the chair may do with a question that waits; `open` lets one through that nobody else has read.
SETTLES = frozenset({QuestionState.OPEN, QuestionState.TAKEN_UP, QuestionState.LATER})


@transaction.atomic
def ask_question(*, said_id: UUID, meeting_id: UUID, actor: Person, body: str, item_id: int | None = None) -> tuple[Said, bool]:
    """Ask something of the meeting, on an item that is not over or on none; the question and whether it is new.

    The first one of somebody whom nobody here knows is `held` until the chair lets it through (decision 0217).
    Raises Refusal 429 where somebody sends more than a hall can hear.
    """
    person = signed_in(actor)
    meeting = locked_meeting(meeting_id)
    item = rows.item_of(meeting, item_id)
    before = Said.objects.filter(pk=said_id).first()
    if before and rows.same(before, meeting_id=meeting.pk, recorded_by_id=person.pk):
        return before, False
    allowed = policy.may_question(person, meeting, item).or_refuse()
    body = masked(clean(body, field="body", max_length=SAID_MAX, min_length=10, lines=True))
    _leads_nowhere(person, body)
    _not_too_often(person)
    line = capacity.on_roll(person, meeting)
    spoken = capacity.of_user(person, meeting, line)
    state = QuestionState.HELD if _is_unknown(person, meeting, line) else QuestionState.OPEN
    asked = Said(
        pk=said_id, meeting=meeting, item=item, kind=SaidKind.QUESTION, state=state, speaker=person, name=str(person), body=body,
        capacity=spoken.word, region_id=spoken.region_id, recorded_by=person,
    )  # fmt: skip
    publish(asked, role=allowed.role, verb="question")
    if state == QuestionState.HELD:
        acts.act_in_meeting(asked, ModerationAct.Kind.HELD)
    return asked, True


@transaction.atomic
def settle_question(*, said_id: UUID, actor: Person, state: str) -> Said:
    """The chair lets a question through, takes it up, or leaves its answer for later. The same again changes nothing."""
    person = signed_in(actor)
    asked = rows.locked(Said, said_id)
    allowed = may_run(person, asked.meeting).or_refuse()
    if state not in SETTLES:
        raise Invalid({"state": [_("Take the question up, or leave it for later.")]})
    if asked.state == state:
        return asked
    waited = asked.state == QuestionState.HELD
    if not waited and (asked.state not in (QuestionState.OPEN, QuestionState.LATER) or state == QuestionState.OPEN):
        raise Conflict(_("This question was already taken up or answered."), code="settled")
    if state == QuestionState.TAKEN_UP:
        policy.may_call(person, asked.meeting).or_refuse()
    Said.objects.filter(pk=asked.pk).update(state=state)
    asked.state = state
    journal(asked.meeting, "settle", subject=f"said:{asked.pk}", actor=person, role=allowed.role, state=state)
    seq = said_changed(asked, state=state)
    if waited:
        # whoever reads on from a number has passed the one under which it waited
        Said.objects.filter(pk=asked.pk).update(seq=seq)
        asked.seq = seq
        acts.act_in_meeting(asked, ModerationAct.Kind.APPROVED)
    return asked


@transaction.atomic
def answer(*, said_id: UUID, question_id: UUID, actor: Person, body: str) -> tuple[Said, bool]:
    """Answer a question; of an office, as its official answer. The same UUID again changes nothing."""
    person = signed_in(actor)
    asked = rows.locked(Said, question_id)
    allowed = policy.may_answer(person, asked.meeting).or_refuse()
    if asked.meeting.state == MeetingState.CANCELLED:
        not_over(asked.meeting).or_refuse()
    before = Said.objects.filter(pk=said_id).first()
    if before and rows.same(before, meeting_id=asked.meeting_id, recorded_by_id=person.pk, answers_id=asked.pk):
        return before, False
    _is_read_by_all(asked)
    body = masked(clean(body, field="body", max_length=SAID_MAX, min_length=1, lines=True))
    spoken = capacity.of_user(person, asked.meeting, capacity.on_roll(person, asked.meeting))
    said = Said(
        pk=said_id, meeting=asked.meeting, item=asked.item, kind=SaidKind.ANSWER, answers=asked, speaker=person, name=str(person), body=body,
        is_official=capacity.is_official(person, asked.meeting), capacity=spoken.word, region_id=spoken.region_id, recorded_by=person,
    )  # fmt: skip
    Said.objects.filter(pk=asked.pk).update(state=QuestionState.ANSWERED)
    publish(said, role=allowed.role, verb="answer")
    return said, True


@transaction.atomic
def agree(*, said_id: UUID, actor: Person) -> int:
    """Somebody has the same question: once a person; pressing again changes nothing. Returns how many have it too."""
    person = signed_in(actor)
    asked = rows.locked(Said, said_id)
    not_over(asked.meeting).or_refuse()
    _is_read_by_all(asked)
    if asked.speaker_id == person.pk:
        raise Conflict(_("This is your own question."), code="own")
    _made, is_new = Agreement.objects.get_or_create(question=asked, user=person, defaults={"at": clock.now()})
    if not is_new:
        return asked.agreed
    Said.objects.filter(pk=asked.pk).update(agreed=F("agreed") + 1)
    asked.agreed += 1
    journal(asked.meeting, "agree", subject=f"said:{asked.pk}", actor=person, role="", agreed=asked.agreed)
    said_changed(asked, agreed=asked.agreed)
    return asked.agreed


def _is_read_by_all(asked: Said) -> None:
    if asked.kind != SaidKind.QUESTION or asked.hidden_at is not None:
        raise Conflict(_("This question was hidden, or is none."), code="hidden")
    if asked.state == QuestionState.HELD:
        raise Conflict(_("This question waits for the chair. Let it through first."), code="held")


def _is_unknown(person: User, meeting: Meeting, line: Attendance | None) -> bool:
    """Whether neither an office, a village nor the roll says who this is, and nothing of theirs was ever let through."""
    if scope.offices_of(person) or scope.residence_of(person) is not None or (line is not None and is_vouched(line, meeting, person)):
        return False
    asked = Said.objects.filter(speaker=person, hidden_at__isnull=True).exclude(state=QuestionState.HELD)
    return not asked.exists() and not Comment.objects.public().filter(author=person, hidden_at__isnull=True).exists()


def _leads_nowhere(person: User, body: str) -> None:
    """No links from whom nobody here knows: a question stands in the hall at once, and no moderator has read it before."""
    if screening.has_link(body) and not scope.offices_of(person) and scope.residence_of(person) is None:
        raise Invalid({"body": [_("Write your question without a link. Whoever has a confirmed residence may send links.")]})


def _not_too_often(person: User) -> None:
    now = clock.now()
    recent = Said.objects.filter(speaker=person, kind=SaidKind.QUESTION, at__gt=now - WITHIN).order_by("-at").values_list("at", flat=True)[:AT_MOST]
    if len(recent) >= AT_MOST:
        wait = int((recent[AT_MOST - 1] + WITHIN - now).total_seconds()) + 1
        raise Refusal(
            _("You have sent several questions. Wait a few minutes, then send the next one."), code="throttled", status=429, retry_after=wait
        )
