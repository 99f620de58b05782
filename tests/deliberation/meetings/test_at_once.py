"""Two note-takers at the same moment, on real connections: one winner, one clear answer, the record's numbers without a gap."""

import uuid

import pytest

from accounts.models import AuditEntry
from accounts.refusals import Conflict
from deliberation.meetings.services.deciding import Word, decide
from deliberation.meetings.services.planning import plan
from deliberation.meetings.services.stepping import step
from deliberation.models import Decision, Meeting
from proposals.models import Recommendation
from tests import make
from tests.deliberation.meetings import told
from tests.proposals.told import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _cycle(people):
    make.cycle()


def test_of_two_note_takers_who_decide_the_same_proposal_one_wins(people):
    meeting = make.a_meeting(note_taker=people.resident)
    for number in range(1, 4):
        proposal = make.proposal()

        def write(actor, move, key=proposal.pk):
            said = {} if move == "forward" else {"reason": told.REASON}
            return decide(meeting_id=meeting.pk, actor=actor, word=Word(uuid.uuid4(), key, move, 1, said=said))

        answers = at_once(lambda: write(people.village_head, "forward"), lambda: write(people.resident, "reserve"))
        lost = [answer for answer in answers if isinstance(answer, Exception)]
        assert [type(answer) for answer in lost] == [Conflict], answers
        assert Recommendation.objects.filter(proposal=proposal).count() == 1
        assert Decision.objects.get(proposal=proposal).number == number


def test_the_same_decision_from_two_devices_at_once_is_one(people):
    meeting, proposal = make.a_meeting(), make.proposal()
    word = Word(uuid.uuid4(), proposal.pk, "forward", 1)
    answers = at_once(*[lambda: decide(meeting_id=meeting.pk, actor=people.village_head, word=word)] * 3)
    assert sorted(is_new for _made, is_new in answers) == [False, False, True]
    assert AuditEntry.objects.filter(action="deliberation.meeting.decide").count() == 1


def test_decisions_about_many_proposals_at_once_are_numbered_one_after_the_other(people):
    meeting = make.a_meeting()
    found = [make.proposal() for _ in range(6)]

    def write(key):
        return decide(meeting_id=meeting.pk, actor=people.village_head, word=Word(uuid.uuid4(), key, "forward", 1))

    at_once(*[lambda key=proposal.pk: write(key) for proposal in found])
    assert sorted(Decision.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_of_two_who_take_different_steps_from_one_page_one_wins(people):
    meeting = make.a_meeting(note_taker=people.resident)

    def take(actor, name):
        return step(meeting_id=meeting.pk, name=name, actor=actor, version=1)

    answers = at_once(lambda: take(people.village_head, "adjourn"), lambda: take(people.resident, "close"))
    assert sum(isinstance(answer, Conflict) for answer in answers) == 1, answers


def test_the_same_plan_at_once_is_one_meeting(people):
    key, fields = uuid.uuid4(), told.plan()
    answers = at_once(*[lambda: plan(meeting_id=key, actor=people.village_head, fields=fields)] * 3)
    assert sorted(is_new for _made, is_new in answers) == [False, False, True]
    assert Meeting.objects.count() == 1
    assert AuditEntry.objects.filter(subject=f"meeting:{key}").count() == 1
