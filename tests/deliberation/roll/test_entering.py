"""Lines come onto the roll: once under their UUID, numbered without gaps, with a sentence for whatever is wrong."""

import uuid
from datetime import timedelta

import pytest

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from deliberation.models import Attendance, Presence
from deliberation.roll.services.entering import MOST, enter, enter_all
from proposals import live
from proposals.capture_words import Told
from tests.cast import Cast
from tests.deliberation.roll.halls import HOUR, hall, line, rules, sent


def test_a_typed_line_is_numbered_and_there_at_once_and_the_room_hears_of_it(people: Cast) -> None:
    meeting = hall()
    answer = enter(meeting_id=meeting.pk, actor=people.facilitator, sent=sent("2. Hj. Siti Aminah, S.Pd.", address="Dusun Karya RT 03"))
    row = Attendance.objects.get()
    assert (answer.state, row.number, row.name, row.sex, row.element) == ("entered", 1, "Siti Aminah", "female", "farmers")
    assert Presence.objects.get().left_at is None
    (event,) = live.events_after(meeting.pk, 0)
    assert (event["kind"], event["total"], event["women"]) == ("presence", 1, 1)
    assert AuditEntry.objects.get().action == "deliberation.roll.enter"


def test_the_same_uuid_again_is_the_line_that_is_there_whatever_it_says_now(people: Cast) -> None:
    meeting, same = hall(), uuid.uuid4()
    enter(meeting_id=meeting.pk, actor=people.facilitator, sent=sent(id=same))
    again = enter(meeting_id=meeting.pk, actor=people.village_head, sent=sent("Orang lain", id=same))
    assert (again.state, Attendance.objects.count(), Attendance.objects.get().name) == ("known", 1, "Siti Aminah")
    assert AuditEntry.objects.count() == 1


def test_a_uuid_of_another_meeting_is_refused_because_a_line_belongs_to_one_roll(people: Cast) -> None:
    taken = line(hall())
    with pytest.raises(Conflict):
        enter(meeting_id=hall().pk, actor=people.facilitator, sent=sent(id=taken.pk))


def test_a_wrong_line_holds_no_other_back_and_says_what_is_wrong_by_field(people: Cast) -> None:
    answers = enter_all(
        meeting_id=hall().pk, actor=people.facilitator, sent=[sent("A"), sent("Budi", sex="l"), sent("Cici", sex="x", element="zz"), sent("123")]
    )
    assert [one.state for one in answers] == ["refused", "entered", "refused", "refused"]
    wrong = answers[2].refusal
    assert wrong is not None
    assert set(wrong.fields or {}) == {"sex", "element"}
    assert Attendance.objects.get().number == 1


def test_identity_numbers_are_masked_before_they_are_kept(people: Cast) -> None:
    enter(meeting_id=hall().pk, actor=people.facilitator, sent=sent("Siti Aminah", address="RT 03 6112015708900003", institution="HP 0812 3456 7890"))
    kept = Attendance.objects.get()
    assert "6112015708900003" not in kept.address
    assert "7890" not in kept.institution


@pytest.mark.parametrize("name", ["", "   ", "x" * 200, "\u202e", "Siti\x00Aminah", 7, None, ["Siti"]])
def test_a_name_that_is_none_is_refused_with_its_field(people: Cast, name: object) -> None:
    with pytest.raises(Invalid) as refused:
        enter(meeting_id=hall().pk, actor=people.facilitator, sent=sent(name))  # type: ignore[arg-type]
    assert "name" in (refused.value.fields or {})


def test_a_region_that_is_not_below_the_meetings_is_refused(people: Cast) -> None:
    meeting = hall(kind="subdistrict", region="61.12.01", stage="subdistrict")
    with pytest.raises(Invalid):
        enter(meeting_id=meeting.pk, actor=people.subdistrict_officer, sent=sent(region="61.12.02.2001"))
    enter(meeting_id=meeting.pk, actor=people.subdistrict_officer, sent=sent(region="61.12.01.2001"))


def test_a_probable_twin_comes_in_and_is_told_because_nothing_is_dropped_silently(people: Cast) -> None:
    meeting = hall()
    line(meeting, "Siti Aminah")
    answer = enter(meeting_id=meeting.pk, actor=people.facilitator, sent=sent("Aminah Sitti"))
    assert answer.twins == []
    answer = enter(meeting_id=meeting.pk, actor=people.facilitator, sent=sent("Hj. Sitti Aminah"))
    assert answer.twins == [1, 2]
    assert Attendance.objects.count() == 3


def test_strangers_and_residents_write_no_roll(people: Cast) -> None:
    meeting = hall()
    for person, status in ((people.stranger, 401), (people.resident, 403), (people.next_facilitator, 403)):
        with pytest.raises(Refusal) as refused:
            enter(meeting_id=meeting.pk, actor=person, sent=sent())
        assert refused.value.status == status


def test_the_roll_of_another_day_is_not_open_yet(people: Cast) -> None:
    meeting = hall(state="planned", starts_at=clock.now() + timedelta(days=3))
    with pytest.raises(Conflict) as refused:
        enter(meeting_id=meeting.pk, actor=people.facilitator, sent=sent())
    assert refused.value.code == "not_yet_open"


def test_too_many_lines_at_once_are_told_before_any_is_read(people: Cast) -> None:
    with pytest.raises(Invalid):
        enter_all(meeting_id=hall().pk, actor=people.facilitator, sent=[sent()] * (MOST + 1))
    assert not Attendance.objects.exists()


# captured without signal


def _told(before: timedelta, ahead: timedelta = timedelta(0)) -> Told:
    """Captured so long ago on a phone whose clock is so far ahead."""
    return Told(clock.now() - before + ahead, clock.now() + ahead)


def test_a_phone_half_an_hour_ahead_is_put_right_by_what_was_measured(people: Cast) -> None:
    enter(meeting_id=hall().pk, actor=people.facilitator, sent=sent(told=_told(HOUR, timedelta(minutes=30))))
    row = Attendance.objects.get()
    assert abs(row.stays.get().arrived_at - (clock.now() - HOUR)) < timedelta(seconds=10)
    assert (row.source, row.clock_ahead_s is None) == ("offline", False)
    assert 1790 <= row.clock_ahead_s <= 1810


@pytest.mark.parametrize("ahead", [timedelta(days=2, minutes=1), timedelta(days=-2, minutes=-1)])
def test_a_phone_two_days_off_is_refused_with_words_and_the_line_may_be_sent_anew_without_its_time(people: Cast, ahead: timedelta) -> None:
    meeting, wanted = hall(), uuid.uuid4()
    with pytest.raises(Conflict) as refused:
        enter(meeting_id=meeting.pk, actor=people.facilitator, sent=sent(id=wanted, told=_told(HOUR, ahead)))
    assert refused.value.code == "device_clock"
    assert "2" in str(refused.value.message)
    assert enter(meeting_id=meeting.pk, actor=people.facilitator, sent=sent(id=wanted)).state == "entered"


def test_what_was_captured_before_the_closing_counts_within_the_grace_and_is_flagged(people: Cast) -> None:
    meeting = hall(state="closed")
    rules(late_grace_hours=24)
    enter(meeting_id=meeting.pk, actor=people.facilitator, sent=sent(told=_told(timedelta(minutes=90))), source="offline")
    row = Attendance.objects.get()
    assert row.is_late
    assert row.stays.get().left_at == meeting.closed_at
    assert AuditEntry.objects.get().changes["late"] is True


def test_after_the_grace_and_after_the_closing_nothing_comes_onto_the_roll(people: Cast) -> None:
    meeting = hall(state="closed")
    rules(late_grace_hours=24)
    for told in (_told(timedelta(minutes=5)), None):
        with pytest.raises(Conflict):
            enter(meeting_id=meeting.pk, actor=people.facilitator, sent=sent(told=told))
    rules(late_grace_hours=0)
    with pytest.raises(Conflict):
        enter(meeting_id=meeting.pk, actor=people.facilitator, sent=sent(told=_told(timedelta(minutes=90))))


def test_who_left_before_the_phone_had_signal_has_left(people: Cast) -> None:
    meeting, same = hall(), uuid.uuid4()
    enter(meeting_id=meeting.pk, actor=people.facilitator, sent=sent(id=same, told=_told(HOUR)))
    left = clock.now() - timedelta(minutes=10)
    enter(meeting_id=meeting.pk, actor=people.facilitator, sent=sent(id=same, told=_told(HOUR), left_at=left))
    stay = Presence.objects.get()
    assert stay.left_at is not None
    assert abs(stay.left_at - left) < timedelta(seconds=10)
