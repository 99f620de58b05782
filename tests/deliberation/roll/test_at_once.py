"""Two at the same moment, on real connections: each person once on the roll, numbers without gaps."""

import uuid

import pytest

from accounts.refusals import Conflict
from deliberation.models import Attendance, Presence
from deliberation.roll import door
from deliberation.roll.reading import snapshot
from deliberation.roll.services.correcting import correct, merge
from deliberation.roll.services.entering import enter_all
from deliberation.roll.services.joining import check_in, join_online
from deliberation.roll.services.moving import arrive
from proposals import live
from tests import cast
from tests.deliberation.roll.halls import hall, line, sent
from tests.proposals.told import at_once

pytestmark = pytest.mark.django_db(transaction=True)
FIELDS = {"name": "Siti", "sex": "p", "element": "ta"}


def numbers(meeting):
    return sorted(Attendance.objects.filter(meeting=meeting).values_list("number", flat=True))


def test_the_same_roll_from_two_phones_at_once_is_on_the_roll_once(people):
    meeting, same = hall(), [sent(f"Orang {number}", id=uuid.uuid4()) for number in range(20)]
    answers = at_once(*[lambda who=who: enter_all(meeting_id=meeting.pk, actor=who, sent=same) for who in (people.facilitator, people.village_head)])
    assert not [one for one in answers if isinstance(one, Exception)]
    states = sorted(answer.state for one in answers for answer in one)
    assert states == ["entered"] * 20 + ["known"] * 20
    assert numbers(meeting) == list(range(1, 21))


def test_two_phones_that_type_at_once_get_numbers_without_gaps_and_a_uuid_of_both_meetings_lands_in_one(people):
    meeting, other, shared = hall(), hall(), uuid.uuid4()
    jobs = [lambda n=n: enter_all(meeting_id=meeting.pk, actor=people.facilitator, sent=[sent(f"Orang {n} {m}") for m in range(4)]) for n in range(6)]
    twice = [
        lambda where=where: enter_all(meeting_id=where.pk, actor=people.facilitator, sent=[sent("Sama", id=shared)]) for where in (meeting, other)
    ]
    at_once(*jobs, *twice)
    assert Attendance.objects.filter(pk=shared).count() == 1
    assert numbers(meeting) == list(range(1, len(numbers(meeting)) + 1))
    assert len(numbers(meeting)) >= 24


def test_checking_in_twice_at_once_is_coming_once(people):
    meeting = hall()
    code = door.hall_code(meeting.pk)
    answers = at_once(*[lambda: check_in(meeting_id=meeting.pk, actor=people.resident, code=code, sent=FIELDS)] * 4)
    assert not [one for one in answers if isinstance(one, Exception)]
    assert (Attendance.objects.count(), Presence.objects.count()) == (1, 1)


def test_one_person_who_comes_online_and_through_the_door_at_once_has_one_open_stay(people):
    meeting = hall()
    code = door.hall_code(meeting.pk)
    at_once(
        lambda: check_in(meeting_id=meeting.pk, actor=people.resident, code=code, sent=FIELDS),
        lambda: join_online(meeting_id=meeting.pk, actor=people.resident, sent=FIELDS),
    )
    assert Attendance.objects.count() == 1
    assert Presence.objects.filter(left_at__isnull=True).count() == 1


def test_two_hundred_arrivals_are_two_hundred_people_told_in_few_events(people):
    meeting = hall()
    guests = [cast.person(username=f"tamu{number}") for number in range(200)]
    batches = [guests[start::8] for start in range(8)]

    def come(group):
        for one in group:
            join_online(meeting_id=meeting.pk, actor=one, sent={**FIELDS, "name": one.username})

    answers = at_once(*[lambda group=group: come(group) for group in batches])
    assert not [one for one in answers if isinstance(one, Exception)]
    assert snapshot(meeting)["total"] == 200
    assert numbers(meeting) == list(range(1, 201))
    assert len(live.events_after(meeting.pk, 0)) < 60


def test_of_two_who_correct_one_line_at_once_one_wins(people):
    meeting = hall()
    row = line(meeting)
    answers = at_once(
        *[
            lambda name=name: correct(meeting_id=meeting.pk, line_id=row.pk, actor=people.facilitator, version=1, sent={**FIELDS, "name": name})
            for name in ("Wati", "Tuti")
        ]
    )
    assert sum(isinstance(one, Conflict) for one in answers) == 1


def test_a_merge_and_an_arrival_at_once_leave_one_line_and_one_open_stay(people):
    meeting = hall()
    line(meeting, "Siti Aminah")
    second = line(meeting, "Siti Aminah")
    at_once(
        lambda: merge(meeting_id=meeting.pk, line_id=second.pk, into=1, actor=people.facilitator),
        lambda: arrive(meeting_id=meeting.pk, line_id=second.pk, actor=people.village_head, mode="online"),
    )
    assert Attendance.objects.filter(struck_at__isnull=True).count() == 1
    assert snapshot(meeting)["total"] == 1
