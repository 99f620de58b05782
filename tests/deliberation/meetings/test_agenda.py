"""The agenda: filled from what waits, arranged by hand, one item in hand."""

import uuid

import pytest

from accounts.refusals import Conflict, Invalid, Missing
from deliberation.floor.services.questions import ask_question
from deliberation.meetings.services import arranging
from deliberation.models import AgendaItem
from proposals.stages import Outcome, Stage
from tests import cast, make


@pytest.fixture(autouse=True)
def _year(people):
    make.cycle()


def titles(meeting):
    return [item.title for item in AgendaItem.objects.filter(meeting=meeting).order_by("position")]


def test_the_agenda_is_what_waits_here_ranked_first_then_by_support_between_the_standing_items(people):
    meeting = make.a_meeting(kind="subdistrict", state="planned")
    make.proposal(stage=Stage.SUBDISTRICT, title="Banyak dukungan", supports=9)
    make.proposal(stage=Stage.SUBDISTRICT, title="Peringkat dua", rank=2, village=cast.NEXT_VILLAGE)
    make.proposal(stage=Stage.SUBDISTRICT, title="Peringkat satu", rank=1)
    make.proposal(stage=Stage.SUBDISTRICT, title="Sedikit dukungan", supports=1)
    for elsewhere in (
        {"stage": Stage.VILLAGE},
        {"stage": Stage.SUBDISTRICT, "outcome": Outcome.REJECTED},
        {"village": cast.FAR_VILLAGE, "stage": Stage.SUBDISTRICT},
    ):
        make.proposal(title="Tidak di sini", **elsewhere)
    assert arranging.fill(meeting_id=meeting.pk, actor=people.subdistrict_officer) == 9
    kinds = list(AgendaItem.objects.filter(meeting=meeting).order_by("position").values_list("kind", flat=True))
    assert kinds == ["opening", "ceilings", *["proposal"] * 4, "priorities", "delegates", "record"]
    assert titles(meeting)[2:6] == ["Peringkat satu", "Peringkat dua", "Banyak dukungan", "Sedikit dukungan"]


def test_filling_again_adds_what_came_and_drops_what_left(people):
    meeting = make.a_meeting(state="planned")
    leaves = make.proposal(title="Pergi")
    arranging.fill(meeting_id=meeting.pk, actor=people.village_head)
    assert arranging.fill(meeting_id=meeting.pk, actor=people.village_head) == 0
    type(leaves).objects.filter(pk=leaves.pk).update(stage=Stage.SUBDISTRICT)
    make.proposal(title="Datang")
    arranging.fill(meeting_id=meeting.pk, actor=people.village_head)
    assert "Pergi" not in titles(meeting)
    assert titles(meeting)[2] == "Datang"
    assert list(AgendaItem.objects.values_list("position", flat=True)) == list(range(1, len(titles(meeting)) + 1))


def test_three_hundred_items_are_filled_in_a_constant_number_of_queries(people, django_assert_max_num_queries):
    meeting = make.a_meeting(state="planned")
    make.proposals(300)
    with django_assert_max_num_queries(25):
        arranging.fill(meeting_id=meeting.pk, actor=people.village_head)
    assert AgendaItem.objects.filter(meeting=meeting).count() == 305


def test_an_item_goes_up_and_down_and_not_from_a_place_it_left(people):
    meeting = make.a_meeting(state="planned")
    one, two = make.an_item(meeting, title="Satu"), make.an_item(meeting, title="Dua")
    arranging.shift(meeting_id=meeting.pk, item_id=two.pk, actor=people.village_head, by=-1, seen_at=2)
    assert titles(meeting) == ["Dua", "Satu"]
    with pytest.raises(Conflict):
        arranging.shift(meeting_id=meeting.pk, item_id=two.pk, actor=people.village_head, by=-1, seen_at=2)
    arranging.shift(meeting_id=meeting.pk, item_id=one.pk, actor=people.village_head, by=1)
    assert titles(meeting) == ["Dua", "Satu"], "the last one stays the last"
    with pytest.raises(Missing):
        arranging.shift(meeting_id=meeting.pk, item_id=10**9, actor=people.village_head, by=1)


def test_one_item_is_in_hand_and_what_was_undecided_waits_again(people):
    meeting = make.a_meeting()
    talk, proposal = make.an_item(meeting), make.an_item(meeting, make.proposal())
    other = make.an_item(meeting, make.proposal())
    for item in (talk, proposal, other):
        arranging.put_in_hand(meeting_id=meeting.pk, item_id=item.pk, actor=people.village_head)
    states = dict(AgendaItem.objects.values_list("pk", "state"))
    assert states == {talk.pk: "done", proposal.pk: "waiting", other.pk: "in_hand"}


def test_a_proposal_is_done_by_its_decision_alone(people):
    meeting = make.a_meeting()
    item = make.an_item(meeting, make.proposal())
    with pytest.raises(Conflict):
        arranging.leave(meeting_id=meeting.pk, item_id=item.pk, actor=people.village_head, state="done")
    assert arranging.leave(meeting_id=meeting.pk, item_id=item.pk, actor=people.village_head, state="skipped").state == "skipped"


def test_a_proposal_is_added_by_its_number_once_and_only_where_it_waits(people):
    meeting, here = make.a_meeting(state="planned"), make.proposal()
    first = arranging.add(meeting_id=meeting.pk, actor=people.village_head, number=here.number)
    assert arranging.add(meeting_id=meeting.pk, actor=people.village_head, number=f" {here.number} ") == first
    for wrong in (make.proposal(stage=Stage.SUBDISTRICT).number, make.proposal(village=cast.NEXT_VILLAGE).number, "6112-x", "\0"):
        with pytest.raises(Invalid):
            arranging.add(meeting_id=meeting.pk, actor=people.village_head, number=wrong)
    with pytest.raises(Invalid):
        arranging.add(meeting_id=meeting.pk, actor=people.village_head, title="")


def test_what_was_begun_stays_on_the_agenda(people):
    meeting = make.a_meeting()
    item, begun = make.an_item(meeting), make.an_item(meeting)
    arranging.put_in_hand(meeting_id=meeting.pk, item_id=begun.pk, actor=people.village_head)
    with pytest.raises(Conflict):
        arranging.remove(meeting_id=meeting.pk, item_id=begun.pk, actor=people.village_head)
    for _ in range(2):
        arranging.remove(meeting_id=meeting.pk, item_id=item.pk, actor=people.village_head)
    assert AgendaItem.objects.count() == 1


def test_a_closed_meeting_keeps_its_agenda(people):
    meeting = make.a_meeting(state="closed")
    with pytest.raises(Conflict):
        arranging.fill(meeting_id=meeting.pk, actor=people.village_head)


def test_an_item_that_a_citizen_asked_about_stays_when_its_proposal_goes_elsewhere(people):
    meeting = make.a_meeting(state="planned")
    proposal = make.proposal(of=meeting.cycle)
    arranging.fill(meeting_id=meeting.pk, actor=people.village_head)
    item = AgendaItem.objects.get(proposal=proposal)
    ask_question(said_id=uuid.uuid4(), meeting_id=meeting.pk, actor=people.resident, body="Mengapa jalan ini belum dikerjakan?", item_id=item.pk)
    type(proposal).objects.filter(pk=proposal.pk).update(stage=Stage.SUBDISTRICT)
    newer = make.proposal(of=meeting.cycle)
    assert arranging.fill(meeting_id=meeting.pk, actor=people.village_head) == 1
    assert {one.proposal_id for one in AgendaItem.objects.filter(meeting=meeting, kind="proposal")} == {proposal.pk, newer.pk}
    with pytest.raises(Conflict):
        arranging.remove(meeting_id=meeting.pk, item_id=item.pk, actor=people.village_head)
