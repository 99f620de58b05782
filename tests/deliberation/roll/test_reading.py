"""Who is counted at a moment, and what strangers are told of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from accounts import clock
from deliberation.meetings.rows import loaded_meeting
from deliberation.models import Presence
from deliberation.roll import stays
from deliberation.roll.reading import falls_short, snapshot
from deliberation.roll.services.moving import arrive
from deliberation.roll.votes import is_vouched
from deliberation.roll.vouching import unvouched
from deliberation.roll.wording import in_words
from tests.cast import Cast
from tests.deliberation.roll.halls import HOUR, hall, line, rules

MINUTE = timedelta(minutes=1)


def test_hall_and_online_are_one_count_with_women_and_elements(people: Cast) -> None:
    meeting = hall()
    line(meeting, "Siti")
    line(meeting, "Budi", sex="male", element="youth", mode="online", is_young=True)
    line(meeting, "Cici", struck_at=clock.now(), struck_by=people.facilitator, struck_reason="Bukan peserta")
    counted = snapshot(meeting)
    assert (counted["total"], counted["hall"], counted["online"], counted["women"], counted["men"], counted["young"]) == (2, 1, 1, 1, 1, 1)
    assert counted["elements"] == {"farmers": 1, "youth": 1}
    assert counted["quorum"] == {"met": None, "short": []}
    assert counted["basis"] == "present"


def test_who_left_counts_for_the_moment_they_were_there_and_no_other(people: Cast) -> None:
    meeting, now = hall(), clock.now()
    line(meeting, "Siti", left=now - 30 * MINUTE)
    assert snapshot(meeting)["total"] == 0
    assert snapshot(meeting, now - 40 * MINUTE)["total"] == 1
    assert snapshot(meeting, now - 90 * MINUTE)["total"] == 0


def test_a_closed_meeting_counts_everybody_who_came_because_its_list_is_signed_by_all(people: Cast) -> None:
    meeting = hall(state="closed")
    line(meeting, "Siti", left=clock.now() - 90 * MINUTE, arrived_at=clock.now() - 2 * HOUR)
    line(meeting, "Budi", left=meeting.closed_at, arrived_at=clock.now() - 2 * HOUR)
    counted = snapshot(meeting)
    assert (counted["total"], counted["basis"], counted["as_of"]) == (2, "attended", meeting.closed_at.isoformat())


def test_an_online_page_that_fell_silent_counts_no_more_although_nobody_wrote_it_down(people: Cast) -> None:
    meeting, now = hall(), clock.now()
    line(meeting, "Siti", mode="online", heard_at=now - stays.SILENCE - MINUTE)
    line(meeting, "Budi", mode="online", heard_at=now - MINUTE)
    assert snapshot(meeting)["total"] == 1
    assert stays.end_silent(meeting, now) == 1
    assert snapshot(meeting)["total"] == 1


def test_villages_that_somebody_came_for_are_counted_once_however_many_came(people: Cast) -> None:
    meeting = hall(kind="subdistrict", region="61.12.01", stage="subdistrict")
    for name, village in (("Siti", "61.12.01.2001"), ("Budi", "61.12.01.2001"), ("Cici", "61.12.01.2002"), ("Dodi", None)):
        line(meeting, name, region_id=village)
    rules("subdistrict", quorum_regions_percent=75, women_percent=30)
    counted = snapshot(meeting)
    assert counted["regions"] == {"represented": 2, "of": 4}
    assert counted["quorum"] == {"met": False, "short": [{"rule": "regions", "have": 2, "need": 3}]}
    assert counted["women_share"] == {"percent": 100, "met": True, "missing": 0}
    assert falls_short(counted)


def test_rules_say_whether_anybody_confirmed_them(people: Cast) -> None:
    meeting = hall()
    rules(quorum_people=20, legal_basis="Perbup 1/2027")
    assert snapshot(meeting)["rules"]["verified"] is False
    rules(verified_at=clock.now(), verified_by=people.planner)
    told = snapshot(loaded_meeting(meeting.pk))["rules"]
    assert (told["verified"], told["people"], told["legal_basis"]) == (True, 20, "Perbup 1/2027")


def test_the_only_disabled_person_of_a_hall_is_not_pointed_at(people: Cast) -> None:
    meeting = hall()
    line(meeting, "Siti", element="disability", is_disabled=True)
    line(meeting, "Budi", element="other", sex="male")
    counted = snapshot(meeting)
    assert (counted["disabled"], counted["elements"], counted["elements_count"]) == (None, {"other": 2}, 2)
    exact = snapshot(meeting, exact=True)
    assert (exact["disabled"], exact["elements"]) == (1, {"disability": 1, "other": 1})


def test_two_hundred_people_are_as_many_queries_as_two(people: Cast, django_assert_num_queries: Callable[..., Any]) -> None:
    meeting = hall(kind="subdistrict", region="61.12.01", stage="subdistrict")
    for number in range(60):
        line(meeting, f"Orang {number}", region_id="61.12.01.2001")
    with django_assert_num_queries(3):
        assert snapshot(meeting)["total"] == 60


def test_who_put_themselves_on_the_roll_counts_for_the_quorum_once_somebody_vouches_for_them(people: Cast) -> None:
    meeting = hall()
    rules(quorum_people=4, women_percent=50)
    line(meeting, "Siti")
    line(meeting, "Rosmini", source="self", heard_at=clock.now(), mode="online", user=people.resident)
    line(meeting, "Juru bicara", source="self", heard_at=clock.now(), mode="online", user=people.subdistrict_officer)
    unknown = line(meeting, "Akun baru", source="self", heard_at=clock.now(), mode="online", user=people.newcomer)
    counted = snapshot(meeting)
    assert (counted["total"], counted["unvouched"]) == (4, 1)
    assert counted["quorum"] == {"met": False, "short": [{"rule": "people", "have": 3, "need": 4}]}
    assert "1 orang mencatat dirinya sendiri" in in_words(counted)
    arrive(line_id=unknown.pk, meeting_id=meeting.pk, actor=people.village_head, mode="online")
    assert (snapshot(meeting)["quorum"]["met"], snapshot(meeting)["unvouched"]) == (True, 0)


def test_the_two_rules_of_vouching_are_one(people: Cast) -> None:
    meeting = hall()
    persons = (
        people.resident,
        people.newcomer,
        people.neighbour,
        people.planner,
        people.subdistrict_officer,
        people.moderator,
        people.next_facilitator,
    )
    rows = {one.pk: line(meeting, one.username, source="self", heard_at=clock.now(), mode="online", user=one) for one in persons}
    alone = set(Presence.objects.filter(unvouched(meeting), attendance__meeting=meeting).values_list("attendance__user_id", flat=True))
    assert alone == {one.pk for one in persons if not is_vouched(rows[one.pk], meeting, one)}
    assert 0 < len(alone) < len(persons)
