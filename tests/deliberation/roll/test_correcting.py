"""What is wrong on the roll is put right, and what stood there stays in the journal."""

from datetime import timedelta

import pytest

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from deliberation.models import Attendance
from deliberation.roll.listing import twins
from deliberation.roll.reading import snapshot
from deliberation.roll.services.correcting import correct, merge, strike, tell_apart
from deliberation.roll.services.entering import enter
from deliberation.roll.stays import Stay, union
from tests.cast import Cast
from tests.deliberation.roll.halls import HOUR, hall, line, sent

FIELDS = {"name": "Siti Aminah", "sex": "female", "element": "farmers"}


def test_a_correction_keeps_what_stood_there_in_the_journal(people: Cast) -> None:
    meeting = hall()
    row = line(meeting, "Siti Aminha")
    fixed = correct(meeting_id=meeting.pk, line_id=row.pk, actor=people.facilitator, version=1, sent={**FIELDS, "element": "women"})
    assert (fixed.name, fixed.name_key, fixed.element, fixed.version) == ("Siti Aminah", "siti aminah", "women", 2)
    assert AuditEntry.objects.get().changes["name"] == ["Siti Aminha", "Siti Aminah"]


def test_the_same_correction_again_is_no_second_one_and_another_is_a_conflict(people: Cast) -> None:
    meeting = hall()
    row = line(meeting, "Siti Aminha")
    for _twice in range(2):
        correct(meeting_id=meeting.pk, line_id=row.pk, actor=people.facilitator, version=1, sent=FIELDS)
    assert AuditEntry.objects.count() == 1
    with pytest.raises(Conflict):
        correct(meeting_id=meeting.pk, line_id=row.pk, actor=people.facilitator, version=1, sent={**FIELDS, "element": "women"})


def test_a_struck_line_stays_with_its_number_and_counts_no_more(people: Cast) -> None:
    meeting = hall()
    row = line(meeting)
    for _twice in range(2):
        strike(meeting_id=meeting.pk, line_id=row.pk, actor=people.facilitator, reason="Salah rapat, bukan peserta")
    assert snapshot(meeting)["total"] == 0
    assert enter(meeting_id=meeting.pk, actor=people.facilitator, sent=sent("Budi")).row.number == 2  # type: ignore[union-attr]
    assert AuditEntry.objects.filter(action="deliberation.roll.strike").count() == 1


def test_striking_without_a_reason_and_correcting_what_was_struck_is_refused(people: Cast) -> None:
    meeting = hall()
    row = line(meeting)
    with pytest.raises(Invalid):
        strike(meeting_id=meeting.pk, line_id=row.pk, actor=people.facilitator, reason="x")
    strike(meeting_id=meeting.pk, line_id=row.pk, actor=people.facilitator, reason="Salah rapat, bukan peserta")
    with pytest.raises(Conflict):
        correct(meeting_id=meeting.pk, line_id=row.pk, actor=people.facilitator, version=1, sent=FIELDS)


def test_after_the_closing_a_line_stays_as_it_is_because_the_record_was_made_of_it(people: Cast) -> None:
    meeting = hall(state="closed")
    row = line(meeting)
    with pytest.raises(Conflict):
        strike(meeting_id=meeting.pk, line_id=row.pk, actor=people.facilitator, reason="Salah rapat, bukan peserta")
    with pytest.raises(Refusal):
        correct(meeting_id=meeting.pk, line_id=row.pk, actor=people.resident, version=1, sent=FIELDS)


def test_twins_become_one_with_one_press_and_keep_what_either_knew(people: Cast) -> None:
    meeting = hall()
    first = line(meeting, "Siti Aminah", arrived_at=clock.now() - HOUR)
    second = line(meeting, "Aminah Siti", user=people.resident, address="RT 03", arrived_at=clock.now() - 2 * HOUR)
    assert [(one.line.pk, one.earlier) for one in twins(meeting)] == [(second.pk, 1)]
    for _twice in range(2):
        kept = merge(meeting_id=meeting.pk, line_id=second.pk, into=1, actor=people.facilitator)
    assert (kept.pk, kept.user_id, kept.address) == (first.pk, people.resident.pk, "RT 03")
    assert kept.stays.get().arrived_at < clock.now() - timedelta(minutes=100)
    assert (snapshot(meeting)["total"], twins(meeting)) == (1, [])
    assert Attendance.objects.get(pk=second.pk).merged_into_id == first.pk


def test_two_accounts_are_two_people_and_namesakes_are_asked_about_once(people: Cast) -> None:
    meeting = hall()
    line(meeting, "Muhammad Ali", user=people.resident)
    other = line(meeting, "Muhammad Ali", user=people.neighbour)
    assert twins(meeting) == []
    with pytest.raises(Conflict):
        merge(meeting_id=meeting.pk, line_id=other.pk, into=1, actor=people.facilitator)
    third = line(meeting, "Muhammad Ali")
    assert len(twins(meeting)) == 1
    tell_apart(meeting_id=meeting.pk, line_id=third.pk, actor=people.facilitator)
    assert twins(meeting) == []


def test_stays_of_two_lines_join_without_overlapping() -> None:
    at = [clock.now() + timedelta(minutes=minute) for minute in range(10)]
    told = [Stay("hall", at[0], at[4]), Stay("hall", at[2], None), Stay("online", at[6], at[7])]
    assert union(told) == [Stay("hall", at[0], at[6]), Stay("online", at[6], at[7])]
    assert union([Stay("hall", at[0], at[1]), Stay("hall", at[5], None)]) == [Stay("hall", at[0], at[1]), Stay("hall", at[5], None)]
