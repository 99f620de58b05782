"""People put themselves on the roll: by the door's code, by their own, by a button."""

from datetime import timedelta

import pytest

from accounts import clock
from accounts.refusals import Conflict, Invalid, Refusal
from deliberation.models import Attendance, Mandate, Presence
from deliberation.roll import door, stays
from deliberation.roll.reading import snapshot
from deliberation.roll.services.correcting import strike
from deliberation.roll.services.joining import admit, beat, check_in, join_online, leave_online, show_pass
from deliberation.roll.services.moving import arrive, leave, return_all
from proposals import live
from tests import make
from tests.cast import Cast
from tests.deliberation.roll.halls import hall, line

ME = {"name": "Rini Warga", "sex": "p", "element": "warga"}


def test_the_code_at_the_door_puts_a_person_on_the_roll_once(people: Cast) -> None:
    meeting = hall()
    for _twice in range(2):
        row = check_in(meeting_id=meeting.pk, actor=people.resident, code=door.shown(door.hall_code(meeting.pk)).lower(), sent=ME)
    assert (row.user, row.source, row.element, Attendance.objects.count(), Presence.objects.count()) == (people.resident, "code", "community", 1, 1)


def test_the_code_of_a_while_ago_of_another_meeting_or_guessed_opens_no_door(people: Cast) -> None:
    meeting = hall()
    old = door.hall_code(meeting.pk, clock.now() - door.TURN * (door.TURNS_TAKEN + 1))
    for code in (old, door.hall_code(hall().pk), "AAAAAAAA", "", "ÿ" * 9):
        with pytest.raises(Invalid):
            check_in(meeting_id=meeting.pk, actor=people.resident, code=code, sent=ME)
    check_in(meeting_id=meeting.pk, actor=people.resident, code=door.hall_code(meeting.pk, clock.now() - door.TURN), sent=ME)


def test_a_persons_own_code_is_read_by_the_door_and_no_other_reader(people: Cast) -> None:
    meeting = hall()
    own = show_pass(meeting_id=meeting.pk, actor=people.resident, sent=ME)
    assert show_pass(meeting_id=meeting.pk, actor=people.resident, sent=ME).code == own.code
    with pytest.raises(Refusal):
        admit(meeting_id=meeting.pk, actor=people.neighbour, code=own.code)
    for _twice in range(2):
        row = admit(meeting_id=meeting.pk, actor=people.facilitator, code=f"{own.code[:3]} - {own.code[3:]}")
    assert (row.user, row.entered_by, Attendance.objects.count()) == (people.resident, people.facilitator, 1)


def test_a_code_that_ran_out_or_is_nobodys_says_so(people: Cast) -> None:
    meeting = hall()
    with clock.telling(clock.now() - door.PASS_LASTS - timedelta(minutes=1)):
        own = show_pass(meeting_id=meeting.pk, actor=people.resident, sent=ME)
    for code, why in ((own.code, "pass_over"), ("ZZZZZZ", "no_such_pass"), ("", "no_such_pass")):
        with pytest.raises(Conflict) as refused:
            admit(meeting_id=meeting.pk, actor=people.facilitator, code=code)
        assert refused.value.code == why


def test_who_joins_online_stays_while_their_page_is_heard_and_joins_again_after_silence(people: Cast) -> None:
    meeting, now = hall(), clock.now()
    join_online(meeting_id=meeting.pk, actor=people.resident, sent=ME)
    with clock.telling(now + timedelta(minutes=3)):
        assert beat(meeting_id=meeting.pk, actor=people.resident)
    silent = now + timedelta(minutes=3) + stays.SILENCE + timedelta(seconds=1)
    with clock.telling(silent):
        assert snapshot(meeting)["total"] == 0
        assert not beat(meeting_id=meeting.pk, actor=people.resident)
        join_online(meeting_id=meeting.pk, actor=people.resident, sent={})
        assert snapshot(meeting)["online"] == 1
    first, second = Presence.objects.order_by("arrived_at")
    assert (first.left_at, second.arrived_at) == (now + timedelta(minutes=3), silent)
    assert Attendance.objects.count() == 1


def test_going_from_home_to_the_hall_ends_one_stay_and_begins_another(people: Cast) -> None:
    meeting = hall()
    row = join_online(meeting_id=meeting.pk, actor=people.resident, sent=ME)
    arrive(meeting_id=meeting.pk, line_id=row.pk, actor=people.facilitator, mode="hall")
    assert [(stay.mode, stay.left_at is None) for stay in row.stays.order_by("pk")] == [("online", False), ("hall", True)]
    assert snapshot(meeting)["total"] == 1


def test_arrivals_online_are_told_together_and_a_heartbeat_tells_what_was_left_unsaid(people: Cast) -> None:
    meeting, now = hall(), clock.now()
    for person in (people.resident, people.neighbour, people.newcomer):
        join_online(meeting_id=meeting.pk, actor=person, sent={**ME, "name": person.username})
    assert [event["total"] for event in live.events_after(meeting.pk, 0)] == [1]
    with clock.telling(now + timedelta(seconds=30)):
        beat(meeting_id=meeting.pk, actor=people.resident)
        beat(meeting_id=meeting.pk, actor=people.neighbour)
    assert [event["total"] for event in live.events_after(meeting.pk, 0)] == [1, 3]


def test_a_mandate_for_this_stage_comes_along_and_one_for_another_does_not(people: Cast) -> None:
    values = {
        "cycle": make.open_cycle(),
        "region_id": "61.12.01.2001",
        "name": "Rini Delegasi",
        "sex": "female",
        "basis": "BA 12",
        "given_by": people.village_head,
    }
    Mandate.objects.create(stage="district", user=people.neighbour, given_at=clock.now(), **{**values, "name": "Wati"})
    right = Mandate.objects.create(stage="subdistrict", user=people.resident, given_at=clock.now(), **values)
    meeting = hall(kind="subdistrict", region="61.12.01", stage="subdistrict")
    row = join_online(meeting_id=meeting.pk, actor=people.resident, sent={"element": "hamlet"})
    assert (row.mandate, row.region_id, row.name) == (right, "61.12.01.2001", "Rini Delegasi")
    assert join_online(meeting_id=meeting.pk, actor=people.neighbour, sent=ME).mandate is None


def test_who_was_struck_does_not_put_themselves_back(people: Cast) -> None:
    meeting = hall()
    row = join_online(meeting_id=meeting.pk, actor=people.resident, sent=ME)
    strike(meeting_id=meeting.pk, line_id=row.pk, actor=people.facilitator, reason="Mengganggu jalannya rapat")
    with pytest.raises(Conflict):
        join_online(meeting_id=meeting.pk, actor=people.resident, sent=ME)


def test_strangers_sign_in_first_and_a_closed_meeting_takes_nobody(people: Cast) -> None:
    meeting = hall(state="closed")
    for person, status in ((people.stranger, 401), (people.resident, 409)):
        with pytest.raises(Refusal) as refused:
            join_online(meeting_id=meeting.pk, actor=person, sent=ME)
        assert refused.value.status == status


def test_leaving_twice_is_leaving_once_and_times_that_cannot_be_are_refused(people: Cast) -> None:
    meeting = hall()
    row = line(meeting, user=people.resident)
    for impossible in (clock.now() + timedelta(hours=1), clock.now() - timedelta(hours=5)):
        with pytest.raises(Invalid):
            leave(meeting_id=meeting.pk, line_id=row.pk, actor=people.facilitator, at=impossible)
    leave_online(meeting_id=meeting.pk, actor=people.resident)
    gone = Presence.objects.get().left_at
    leave_online(meeting_id=meeting.pk, actor=people.resident)
    assert Presence.objects.get().left_at == gone


def test_after_an_adjournment_the_hall_is_back_with_one_press_but_not_who_had_gone_home(people: Cast) -> None:
    meeting = hall()
    line(meeting, "Siti")
    line(meeting, "Budi", left=clock.now() - timedelta(minutes=30))
    assert stays.end_all(meeting, clock.now()) == 1
    assert return_all(meeting_id=meeting.pk, actor=people.facilitator) == 1
    assert return_all(meeting_id=meeting.pk, actor=people.facilitator) == 0
    assert snapshot(meeting)["total"] == 1
