"""The queue of speakers: asked for by those on the roll, called by the chair, each step seen by all."""

import pytest

from accounts.models import AuditEntry
from deliberation.floor import reading, services
from deliberation.floor.services.turns import Speaker
from deliberation.models import AgendaItem, Meeting, Turn
from proposals.events import events_after
from tests.deliberation.floor.room import new, refused

pytestmark = pytest.mark.django_db


def ask(room, person, **more):
    return services.ask_for_floor(turn_id=new(), meeting_id=room.meeting.pk, actor=person, **more)[0]


def test_only_those_on_the_roll_ask_for_the_floor_and_the_others_hear_what_they_can_do(room, people):
    room.seat(people.resident)
    others = {name: person for name, person in people.people().items() if name != "resident"}
    for name, person in others.items():
        assert refused(lambda person=person: ask(room, person)).status == (401 if name == "stranger" else 403), name
    assert ask(room, people.resident).state == "waiting"
    refusal = refused(lambda: ask(room, people.neighbour))
    assert (refusal.code, "pertanyaan" in str(refusal.message)) == ("not_on_the_roll", True)


def test_asking_twice_is_asking_once(room, people):
    room.seat(people.resident)
    key = new()
    first, is_new = services.ask_for_floor(turn_id=key, meeting_id=room.meeting.pk, actor=people.resident)
    assert [is_new, services.ask_for_floor(turn_id=key, meeting_id=room.meeting.pk, actor=people.resident)[1], ask(room, people.resident)] == [
        True,
        False,
        first,
    ]
    assert Turn.objects.count() == 1
    assert [event["waiting"] for event in events_after(room.meeting.pk, 0)] == [1]


def test_a_key_of_somebody_else_is_a_conflict_that_says_what_to_do(room, people):
    room.seat(people.resident)
    room.seat(people.neighbour)
    turn = ask(room, people.resident)
    refusal = refused(lambda: services.ask_for_floor(turn_id=turn.pk, meeting_id=room.meeting.pk, actor=people.neighbour))
    assert refusal.status == 409


def test_the_chair_calls_in_the_order_that_is_shown_with_its_reason(room, people):
    room.seat(people.resident, mode="online")
    man = ask(room, people.village_head, speaker=Speaker(name="Pak Darmawan", sex="male"))
    woman = ask(room, people.resident)
    services.choose_order(meeting_id=room.meeting.pk, actor=people.village_head, order="women", seconds=120)
    queue = reading.queue(room.meeting, room.item)
    assert [(one.turn, one.why) for one in queue] == [(woman, "women"), (man, "after")]
    called = services.grant_floor(turn_id=woman.pk, actor=people.village_head)
    assert (called.state, called.why, called.seconds) == ("speaking", "women", 120)


def test_calling_out_of_order_needs_a_sentence_that_all_read(room, people):
    room.seat(people.resident)
    first, second = ask(room, people.resident), ask(room, people.village_head, speaker=Speaker(name="Ibu Sri Wahyuni", sex="female"))
    assert refused(lambda: services.grant_floor(turn_id=second.pk, actor=people.village_head)).fields.keys() == {"reason"}
    called = services.grant_floor(turn_id=second.pk, actor=people.village_head, reason="Beliau harus pulang sebelum pukul sebelas.")
    assert (called.why, reading.queue(room.meeting, room.item)[0].turn) == ("chair", first)
    assert AuditEntry.objects.get(action="deliberation.floor.grant").reason == called.reason


def test_calling_the_next_ends_the_turn_before_and_pressing_again_changes_nothing(room, people):
    room.seat(people.resident)
    first, second = ask(room, people.resident), ask(room, people.village_head, speaker=Speaker(name="Ibu Sri Wahyuni"))
    for turn in (first, second, second):
        services.grant_floor(turn_id=turn.pk, actor=people.village_head)
    first.refresh_from_db()
    assert (first.state, first.ended_by) == ("done", people.village_head)
    assert refused(lambda: services.grant_floor(turn_id=first.pk, actor=people.village_head)).status == 409
    assert [event["speaking"] for event in events_after(room.meeting.pk, 0)] == [None, None, str(first.pk), str(second.pk)]


def test_a_speaker_ends_the_own_turn_and_nobody_elses(room, people):
    room.seat(people.resident)
    turn = ask(room, people.resident)
    services.grant_floor(turn_id=turn.pk, actor=people.village_head)
    assert refused(lambda: services.end_turn(turn_id=turn.pk, actor=people.neighbour)).status == 403
    assert services.end_turn(turn_id=turn.pk, actor=people.resident).state == "done"
    assert services.end_turn(turn_id=turn.pk, actor=people.resident).state == "done"


def test_who_withdrew_is_not_called_and_who_was_called_does_not_withdraw(room, people):
    room.seat(people.resident)
    turn = ask(room, people.resident)
    assert refused(lambda: services.withdraw_request(turn_id=turn.pk, actor=people.neighbour)).status == 403
    services.withdraw_request(turn_id=turn.pk, actor=people.resident)
    assert refused(lambda: services.grant_floor(turn_id=turn.pk, actor=people.village_head)).status == 409
    again = ask(room, people.resident)
    services.grant_floor(turn_id=again.pk, actor=people.village_head)
    assert refused(lambda: services.withdraw_request(turn_id=again.pk, actor=people.resident)).code == "called"


def test_the_queue_belongs_to_the_item_in_hand(room, people):
    room.seat(people.resident)
    turn = ask(room, people.resident)
    AgendaItem.objects.filter(pk=room.item.pk).update(state="done")
    assert refused(lambda: services.grant_floor(turn_id=turn.pk, actor=people.village_head)).code == "no_item"
    assert refused(lambda: ask(room, people.resident)).code == "no_item"
    assert reading.queue(room.meeting, reading.item_in_hand(room.meeting)) == []


@pytest.mark.parametrize(("state", "code"), [("adjourned", "adjourned"), ("closed", "closed")])
def test_nobody_speaks_in_a_meeting_that_is_not_in_session(room, people, state, code):
    room.seat(people.resident)
    over = {"closed_at": room.meeting.opened_at, "closed_by": people.village_head} if state == "closed" else {}
    Meeting.objects.filter(pk=room.meeting.pk).update(state=state, **over)
    refusal = refused(lambda: ask(room, people.resident))
    assert (refusal.status, refusal.code) == (409, code)


def test_a_struck_line_of_the_roll_speaks_no_more(room, people):
    line = room.seat(people.resident)
    line.struck_at, line.struck_by, line.struck_reason = room.meeting.opened_at, people.village_head, "Salah orang, bukan warga desa ini."
    line.save()
    assert refused(lambda: ask(room, people.resident)).code == "not_on_the_roll"


@pytest.mark.parametrize(("order", "seconds"), [("loudest", 60), ("first", 5), ("first", 86_400)])
def test_an_order_that_is_none_and_a_time_that_is_none_are_refused(room, people, order, seconds):
    refusal = refused(lambda: services.choose_order(meeting_id=room.meeting.pk, actor=people.village_head, order=order, seconds=seconds))
    assert refusal.status == 400
