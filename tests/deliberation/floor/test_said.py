"""What is said: once, masked, in the capacity of that moment, hidden only with a reason."""

import pytest

from deliberation.floor import reading, services
from deliberation.floor.services.statements import Hall
from deliberation.floor.services.turns import Speaker
from deliberation.models import AgendaItem, Mandate, Meeting, Said
from deliberation.models.floor import QuestionState
from deliberation.records.facts.talk import minutes
from proposals.events import events_after
from tests import cast
from tests.deliberation.floor.room import in_session, new, refused

pytestmark = pytest.mark.django_db
QUESTION = "Apakah jalan ini sudah masuk rencana dinas?"


def ask(room, person, body=QUESTION, **more):
    return services.ask_question(said_id=new(), meeting_id=room.meeting.pk, actor=person, body=body, **more)[0]


def called(room, people, person):
    turn = services.ask_for_floor(turn_id=new(), meeting_id=room.meeting.pk, actor=person)[0]
    return services.grant_floor(turn_id=turn.pk, actor=people.village_head)


def test_the_speaker_online_types_what_was_said_after_being_called(room, people):
    room.seat(people.resident)
    key = new()
    say = {"said_id": key, "meeting_id": room.meeting.pk, "actor": people.resident, "body": "Jalan ini dilalui 40 anak sekolah."}
    assert refused(lambda: services.record_statement(**say)).code == "not_called"
    turn = called(room, people, people.resident)
    said, is_new = services.record_statement(**say)
    again, is_new_again = services.record_statement(**{**say, "body": "Tulisan lain"})
    assert (said.turn, said.mode, is_new, again.body, is_new_again) == (turn, "online", True, said.body, False)
    assert events_after(room.meeting.pk, said.seq - 1)[0]["id"] == str(key)


def test_the_note_taker_writes_for_the_hall_and_nobody_else_does(room, people):
    say = {"meeting_id": room.meeting.pk, "body": "Kami minta dahulukan jembatan.", "hall": Hall(name="Bu Halimah")}
    said, _new = services.record_statement(said_id=new(), actor=people.facilitator, **say)
    assert (said.name, said.speaker, said.recorded_by) == ("Bu Halimah", None, people.facilitator)
    for person in (people.resident, people.next_facilitator, people.moderator):
        assert refused(lambda person=person: services.record_statement(said_id=new(), actor=person, **say)).status == 403


def test_the_capacity_is_the_one_of_that_moment(people):
    room = in_session(people, kind="subdistrict")
    mandate = Mandate.objects.create(
        cycle=room.meeting.cycle, stage="subdistrict", region_id=cast.NEXT_VILLAGE, name="Siti Aminah", user=people.neighbour, basis="BA 141/2027",
        sex="female", given_by=people.planner, given_at=room.meeting.created_at,
    )  # fmt: skip
    room.seat(people.neighbour, mandate=mandate, region_id=cast.NEXT_VILLAGE)
    asked = ask(room, people.neighbour)
    assert (asked.capacity, asked.region_id) == ("delegate", cast.NEXT_VILLAGE)
    Mandate.objects.update(ended_at=asked.at, ended_reason="Diganti oleh musyawarah desa")
    asked.refresh_from_db()
    assert asked.capacity == "delegate"
    assert (ask(room, people.resident).capacity, ask(room, people.agency_officer).capacity) == ("resident", "agency_officer")
    assert ask(room, people.newcomer).capacity == "citizen"


def test_anybody_signed_in_asks_from_outside_and_numbers_of_people_are_masked(room, people):
    asked = ask(room, people.foreign_planner, "Hubungi saya di 0812-3456-7890 untuk gambar rencananya")
    assert "0812" not in asked.body
    assert asked.seq == 1
    assert refused(lambda: ask(room, people.stranger)).status == 401


def test_a_question_comes_before_its_item_or_while_it_is_in_hand(room, people):
    assert ask(room, people.resident, item_id=room.item.pk).item == room.item
    AgendaItem.objects.filter(pk=room.item.pk).update(state="done")
    assert refused(lambda: ask(room, people.resident, item_id=room.item.pk)).code == "item_over"
    other = in_session(people)
    assert refused(lambda: ask(room, people.resident, item_id=other.item.pk)).status == 404


def test_a_question_may_be_sent_to_a_meeting_that_begins_tomorrow_but_not_to_one_that_is_over(room, people):
    Meeting.objects.filter(pk=room.meeting.pk).update(state="planned")
    ask(room, people.resident)
    Meeting.objects.filter(pk=room.meeting.pk).update(state="closed", closed_at=room.meeting.opened_at, closed_by=people.village_head)
    assert refused(lambda: ask(room, people.neighbour)).status == 409


def test_a_fourth_question_within_five_minutes_waits(room, people):
    for _ in range(3):
        ask(room, people.resident)
    refusal = refused(lambda: ask(room, people.resident))
    assert refusal.status == 429
    assert 0 < refusal.retry_after <= 301
    ask(room, people.neighbour)


def test_the_chair_takes_a_question_up_or_leaves_it_for_later_and_an_office_answers_officially(room, people):
    asked = ask(room, people.neighbour)
    assert refused(lambda: services.settle_question(said_id=asked.pk, actor=people.resident, state="later")).status == 403
    for state in ("later", "taken_up", "taken_up"):
        assert services.settle_question(said_id=asked.pk, actor=people.village_head, state=state).state == state
    assert refused(lambda: services.settle_question(said_id=asked.pk, actor=people.village_head, state="later")).status == 409
    given = {"question_id": asked.pk, "body": "Sudah, untuk tahun 2028."}
    assert refused(lambda: services.answer(said_id=new(), actor=people.resident, **given)).status == 403
    official, _new = services.answer(said_id=new(), actor=people.agency_officer, **given)
    asked.refresh_from_db()
    assert (official.is_official, official.capacity, asked.state) == (True, "agency_officer", QuestionState.ANSWERED)


def test_who_has_the_same_question_counts_once_and_not_the_asker(room, people):
    asked = ask(room, people.neighbour)
    assert [services.agree(said_id=asked.pk, actor=people.resident) for _ in range(3)] == [1, 1, 1]
    assert refused(lambda: services.agree(said_id=asked.pk, actor=people.neighbour)).code == "own"
    assert refused(lambda: services.agree(said_id=asked.pk, actor=people.stranger)).status == 401
    assert reading.agreed_by(people.resident, [asked]) == {asked.pk}
    assert [event.get("agreed") for event in events_after(room.meeting.pk, asked.seq)] == [1]


def test_hiding_leaves_the_place_and_the_reason_and_only_moderators_and_the_chair_read_on(room, people):
    asked = ask(room, people.neighbour, "Pertanyaan dengan kata-kata yang menghina.")
    reason = "Menghina warga lain, tidak pantas dalam rapat."
    for person in (people.resident, people.foreign_moderator, people.agency_officer):
        assert refused(lambda person=person: services.hide_statement(said_id=asked.pk, actor=person, reason=reason)).status == 403
    assert refused(lambda: services.hide_statement(said_id=asked.pk, actor=people.moderator, reason="jelek")).status == 400
    services.hide_statement(said_id=asked.pk, actor=people.moderator, reason=reason)
    seen = {person: reading.said(room.meeting, person)[0].body for person in (people.resident, people.moderator, people.auditor, people.village_head)}
    assert [bool(body) for body in seen.values()] == [False, True, True, True]
    assert Said.objects.get().body
    assert events_after(room.meeting.pk, asked.seq)[0]["hidden"] is True


@pytest.mark.parametrize("body", ["", "   ", "\u202e", "x" * 2001, "pendek"])
def test_a_question_that_says_nothing_or_too_much_is_refused_with_its_field(room, people, body):
    assert "body" in refused(lambda: ask(room, people.resident, body)).fields


def test_a_statement_for_somebody_who_was_not_called_on_this_item_is_refused(room, people):
    turn = services.ask_for_floor(turn_id=new(), meeting_id=room.meeting.pk, actor=people.facilitator, speaker=Speaker(name="Pak Usman"))[0]
    say = {"said_id": new(), "meeting_id": room.meeting.pk, "actor": people.facilitator, "body": "Setuju."}
    assert refused(lambda: services.record_statement(**say, hall=Hall(turn_id=turn.pk))).fields.keys() == {"turn"}
    services.grant_floor(turn_id=turn.pk, actor=people.village_head)
    assert services.record_statement(**say, hall=Hall(turn_id=turn.pk))[0].name == "Pak Usman"


def read_by(room, person):
    return [one.body for one in reading.questions(room.meeting, person)], [one.body for one in reading.said(room.meeting, person)]


def test_a_first_question_of_somebody_nobody_knows_is_read_by_the_chair_before_the_hall_reads_it(room, people):
    waiting = ask(room, people.newcomer)
    assert waiting.state == QuestionState.HELD
    for person in (people.village_head, people.moderator, people.newcomer):
        assert read_by(room, person) == ([QUESTION], [QUESTION])
    for person in (people.stranger, people.resident):
        assert read_by(room, person) == ([], [])
    assert refused(lambda: services.agree(said_id=waiting.pk, actor=people.resident)).code == "held"
    assert refused(lambda: services.answer(said_id=new(), question_id=waiting.pk, actor=people.village_head, body="Ya.")).code == "held"
    assert refused(lambda: services.settle_question(said_id=waiting.pk, actor=people.resident, state="open")).status == 403
    told = services.settle_question(said_id=waiting.pk, actor=people.village_head, state="open")
    assert told.seq > waiting.seq, "who reads on from a number has passed the one under which it waited"
    assert read_by(room, people.stranger) == ([QUESTION], [QUESTION])
    services.settle_question(said_id=waiting.pk, actor=people.village_head, state="later")
    assert refused(lambda: services.settle_question(said_id=waiting.pk, actor=people.village_head, state="open")).code == "settled"
    assert ask(room, people.newcomer, "Kapan papan kegiatannya dipasang?").state == QuestionState.OPEN, "only the first waits"


def test_a_first_question_that_does_not_belong_here_is_hidden_and_never_stood_anywhere(room, people):
    waiting = ask(room, people.newcomer, "Jual pasir murah, tanya saya saja.")
    services.hide_statement(said_id=waiting.pk, actor=people.village_head, reason="Iklan, bukan pertanyaan.")
    assert read_by(room, people.stranger) == ([], [])
    assert [one.hidden_reason for one in reading.questions(room.meeting, people.newcomer)] == ["Iklan, bukan pertanyaan."]
    assert "Iklan" not in str(minutes(room.meeting, []))


def test_whom_the_note_taker_knows_asks_at_once(room, people):
    room.seat(people.newcomer)
    assert ask(room, people.newcomer).state == QuestionState.OPEN
