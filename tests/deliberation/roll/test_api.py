"""The roll over HTTP: counts for everybody, names for few, each line its own answer."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts import clock
from deliberation.models import Attendance
from deliberation.roll import door
from tests.cast import Cast
from tests.deliberation.roll.halls import HOUR, hall, line


def client(person: Any = None) -> APIClient:
    made = APIClient()
    if person is not None:
        made.force_authenticate(person)
    return made


def address(meeting: Any, rest: str = "") -> str:
    return f"/api/v1/meetings/{meeting.pk}/roll/{rest}"


def test_counts_are_public_and_names_are_not(people: Cast) -> None:
    meeting = hall()
    row = line(meeting, "Siti Aminah")
    assert client().get(address(meeting)).json()["total"] == 1
    assert "Siti" not in client().get(address(meeting)).content.decode()
    for person, status in ((None, 401), (people.resident, 403), (people.foreign_planner, 403), (people.moderator, 403)):
        assert client(person).get(address(meeting, "lines/")).status_code == status
    for person in (people.facilitator, people.village_head, people.subdistrict_officer, people.planner, people.auditor):
        assert client(person).get(address(meeting, "lines/")).json()["results"][0]["id"] == str(row.pk)


def test_a_person_reads_what_the_roll_says_of_them(people: Cast) -> None:
    meeting = hall()
    assert client(people.resident).get(address(meeting, "me/")).status_code == 404
    line(meeting, "Rini", user=people.resident)
    assert client(people.resident).get(address(meeting, "me/")).json()["name"] == "Rini"


def test_the_same_roll_from_two_phones_is_counted_once_and_twins_are_told(people: Cast) -> None:
    meeting, same = hall(), [str(uuid.uuid4()) for _line in range(3)]
    now = clock.now()
    told = {"device_time": now.isoformat(), "source": "offline"}
    lines = [
        {"id": key, "name": name, "sex": "p", "element": "ta", "captured_at": (now - HOUR).isoformat()}
        for key, name in zip(same, ("Ani", "Budi", "Cici"), strict=True)
    ]
    first = client(people.facilitator).post(address(meeting, "lines/"), {"lines": lines, **told}).json()["results"]
    second = client(people.village_head).post(address(meeting, "lines/"), {"lines": lines, **told}).json()["results"]
    assert [one["state"] for one in first] == ["entered"] * 3
    assert [(one["state"], one["number"]) for one in second] == [("known", 1), ("known", 2), ("known", 3)]
    other = client(people.village_head).post(address(meeting, "lines/"), {"lines": [{**lines[0], "id": str(uuid.uuid4())}], **told}).json()["results"]
    assert (other[0]["state"], other[0]["twins"], Attendance.objects.count()) == ("entered", [1], 4)
    merged = client(people.facilitator).post(address(meeting, f"lines/{other[0]['id']}/merge/"), {"into": 1})
    assert (merged.status_code, merged.json()["number"]) == (200, 1)
    assert client().get(address(meeting)).json()["total"] == 3


def test_a_refused_line_says_why_and_the_others_come_in(people: Cast) -> None:
    meeting, now = hall(), clock.now()
    lines = [
        {"id": str(uuid.uuid4()), "name": name, "sex": "p", "element": "ta", "captured_at": (now + timedelta(days=2)).isoformat()}
        for name in ("Ani", "Budi")
    ]
    lines[1].pop("captured_at")
    sent = {"lines": lines, "device_time": (now + timedelta(days=2, minutes=1)).isoformat()}
    first, second = client(people.facilitator).post(address(meeting, "lines/"), sent).json()["results"]
    assert (first["state"], first["code"], second["state"]) == ("refused", "device_clock", "entered")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"lines": []},
        {"lines": "Ani"},
        {"lines": [7]},
        {"lines": [{"name": "Ani"}]},
        {"lines": [{"id": "x", "name": "Ani"}]},
        {"lines": [{"id": str(uuid.uuid4()), "name": "Ani", "captured_at": "kemarin"}]},
        {"lines": [{"id": str(uuid.uuid4()), "name": "Ani", "captured_at": "2026-09-30T16:45:00+07:00"}]},
        {"lines": [{"id": str(uuid.uuid4())}] * 501},
        {"lines": [{"id": str(uuid.uuid4())}], "source": "code"},
        [1, 2],
    ],
)
def test_a_body_of_another_shape_is_400_and_writes_nothing(people: Cast, body: Any) -> None:
    assert client(people.facilitator).post(address(hall(), "lines/"), body).status_code == 400
    assert not Attendance.objects.exists()


def test_a_line_of_odd_types_is_refused_by_itself(people: Cast) -> None:
    odd = {"id": str(uuid.uuid4()), "name": ["x"], "sex": {"a": 1}, "element": None, "region": 5, "is_young": [], "mode": {}}
    answer = client(people.facilitator).post(address(hall(), "lines/"), {"lines": [odd]})
    assert (answer.status_code, answer.json()["results"][0]["state"]) == (200, "refused")


def test_verbs_of_a_line_over_http(people: Cast) -> None:
    meeting = hall()
    row = line(meeting, "Siti Aminha")
    officer = client(people.facilitator)
    fixed = officer.patch(address(meeting, f"lines/{row.pk}/"), {"name": "Siti Aminah", "sex": "p", "element": "women", "version": 1})
    assert (fixed.status_code, fixed.json()["version"]) == (200, 2)
    assert officer.patch(address(meeting, f"lines/{row.pk}/"), {"name": "Wati", "sex": "p", "element": "women", "version": 1}).status_code == 409
    assert officer.post(address(meeting, f"lines/{row.pk}/stay/"), {"verb": "leave"}).json()["stays"][0]["left_at"]
    assert officer.post(address(meeting, f"lines/{row.pk}/stay/"), {"verb": "arrive", "mode": "online"}).json()["stays"][-1]["mode"] == "online"
    assert officer.post(address(meeting, f"lines/{row.pk}/namesake/")).status_code == 200
    assert officer.delete(address(meeting, f"lines/{row.pk}/"), {"reason": "Salah rapat, bukan peserta"}).json()["struck"] is True
    assert officer.post(address(meeting, f"lines/{uuid.uuid4()}/stay/"), {"verb": "leave"}).status_code == 404


def test_people_come_by_themselves_over_http(people: Cast) -> None:
    meeting = hall()
    me = client(people.resident)
    assert client().put(address(meeting, "me/"), {}).status_code == 401
    assert me.put(address(meeting, "me/"), {"mode": "online"}).status_code == 400
    joined = me.put(address(meeting, "me/"), {"mode": "online", "sex": "p", "element": "community"})
    assert (joined.status_code, joined.json()["stays"][0]["mode"]) == (200, "online")
    assert me.post(address(meeting, "me/beat/")).json() == {"there": True}
    assert me.delete(address(meeting, "me/")).status_code == 204
    assert me.post(address(meeting, "me/beat/")).json() == {"there": False}
    code = client(people.facilitator).get(address(meeting, "door/")).json()["code"]
    assert me.get(address(meeting, "door/")).status_code == 403
    assert me.put(address(meeting, "me/"), {"mode": "hall", "code": code}).status_code == 200
    assert me.put(address(meeting, "me/"), {"mode": "hall", "code": "x"}).status_code == 400


def test_the_door_admits_by_a_persons_own_code(people: Cast) -> None:
    meeting = hall()
    own = door.make_pass(meeting_id=meeting.pk, user=people.resident, details={"name": "Rini", "sex": "female", "element": "farmers"})
    assert client(people.resident).post(address(meeting, "door/"), {"code": own.code}).status_code == 403
    assert client(people.facilitator).post(address(meeting, "door/"), {"code": own.code}).json()["name"] == "Rini"
    assert client(people.facilitator).post(address(meeting, "door/"), {"code": "??"}).status_code == 409


def test_suggestions_are_for_who_writes_the_roll_and_hold_no_private_data(people: Cast) -> None:
    earlier, now = hall(state="closed"), hall()
    line(earlier, "Siti Aminah", address="RT 03", is_disabled=True, institution="PKK")
    line(earlier, "Asih (Bu) [x].*")
    assert client(people.resident).get(address(now, "names/?q=si")).status_code == 403
    found = client(people.facilitator).get(address(now, "names/?q=amin")).json()["results"]
    assert found == [{"name": "Siti Aminah", "sex": "female", "element": "farmers", "institution": "PKK"}]
    for odd in ("", "s", ".*", "(((", "%00", "a" * 80):
        assert client(people.facilitator).get(address(now, f"names/?q={odd}")).status_code in (200, 400)
    line(now, "Siti Aminah")
    assert client(people.facilitator).get(address(now, "names/?q=amin")).json()["results"] == []


def test_a_long_roll_comes_in_pieces_with_as_many_queries_as_a_short_one(people: Cast, django_assert_max_num_queries: Callable[..., Any]) -> None:
    meeting = hall()
    for number in range(7):
        line(meeting, f"Orang {number}")
    officer = client(people.facilitator)
    first = officer.get(address(meeting, "lines/?limit=4")).json()
    assert [one["number"] for one in first["results"]] == [1, 2, 3, 4]
    with django_assert_max_num_queries(6):
        second = officer.get(first["next"]).json()
    assert ([one["number"] for one in second["results"]], second["next"]) == ([5, 6, 7], None)


def test_of_a_meeting_that_is_not_there_nothing_is_told(people: Cast) -> None:
    nowhere = f"/api/v1/meetings/{uuid.uuid4()}/roll/"
    assert client().get(nowhere).status_code == 404
    assert client(people.facilitator).get(f"{nowhere}lines/").status_code == 404
    assert client(people.facilitator).get(address(hall(), "?at=kemarin")).status_code == 400
