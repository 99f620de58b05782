"""The room by HTTP: small answers for slow phones, the same events as the socket, plain refusals."""

import json
import uuid

import pytest
from django.test import Client

from deliberation.floor import services
from deliberation.floor.services.turns import Speaker
from deliberation.models import Meeting
from proposals import live
from proposals.hub import hub
from tests import make
from tests.deliberation.floor.room import Room, in_session, new

pytestmark = pytest.mark.django_db


def api(room: Room, path: str) -> str:
    return f"/api/v1/meetings/{room.meeting.pk}/{path}/"


@pytest.fixture
def as_(client):
    def sign_in(person) -> Client:
        one = Client()
        one.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return one

    return sign_in


def test_the_events_are_those_of_the_socket_and_end_with_the_number_to_go_on_from(room, client):
    for number in range(3):
        live.announce(room.meeting.pk, "agenda", {"item": number})
    assert client.get(api(room, "events") + "?after=1").json() == {
        "seq": 3, "events": [{"item": 1, "seq": 2, "kind": "agenda"}, {"item": 2, "seq": 3, "kind": "agenda"}]
    }  # fmt: skip
    assert client.get(api(room, "events") + "?after=3").json() == {"seq": 3, "events": []}
    assert client.get(api(room, "events") + "?after=x").json()["code"] == "invalid"
    assert client.get(f"/api/v1/meetings/{uuid.uuid4()}/events/").status_code == 404


def test_the_room_is_one_kilobyte_even_where_everything_is_long(room, people, client):
    Meeting.objects.filter(pk=room.meeting.pk).update(version=99)
    room.item.title, room.item.minutes = "Peningkatan jalan " * 8, 120
    room.item.save()
    speakers = [Speaker(name=f"Haji Muhammad Syamsuddin bin Abdurrahman {number}") for number in range(6)]
    turns = [services.ask_for_floor(turn_id=new(), meeting_id=room.meeting.pk, actor=people.village_head, speaker=one)[0] for one in speakers]
    services.grant_floor(turn_id=turns[0].pk, actor=people.village_head)
    put = services.put_motion(
        motion_id=new(), meeting_id=room.meeting.pk, actor=people.village_head, text="Usulan ini diteruskan dengan catatan " * 9, manner="hands"
    )
    services.open_motion(motion_id=put[0].pk, actor=people.village_head)
    with_three_decisions = 3 * len('{"number":12,"move":"forward_adjusted","proposal":"6112-2028-0417"},')
    answer = client.get(api(room, "room"))
    assert len(answer.content) + with_three_decisions <= 1024, len(answer.content)
    state = answer.json()
    assert (state["waiting"], len(state["next"]), state["speaking"]["id"]) == (5, 3, str(turns[0].pk))


def test_an_event_of_the_floor_is_at_most_300_bytes(room, people):
    room.seat(people.resident)
    turn = services.ask_for_floor(turn_id=new(), meeting_id=room.meeting.pk, actor=people.resident)[0]
    services.grant_floor(turn_id=turn.pk, actor=people.village_head)
    asked = services.ask_question(said_id=new(), meeting_id=room.meeting.pk, actor=people.resident, body="Apakah " * 200, item_id=room.item.pk)[0]
    services.answer(said_id=new(), question_id=asked.pk, actor=people.village_head, body="Ya " * 300)
    sizes = [len(json.dumps(event, separators=(",", ":"))) for event in live.events_after(room.meeting.pk, 0)]
    assert max(sizes) <= 300, sizes


def test_a_phone_that_has_seen_the_state_pays_for_no_body(room, people, client, django_assert_num_queries):
    first = client.get(api(room, "room"))
    with django_assert_num_queries(2):
        again = client.get(api(room, "room"), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    services.ask_question(said_id=new(), meeting_id=room.meeting.pk, actor=people.resident, body="Apakah lahannya siap?")
    assert client.get(api(room, "room"), headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_state_costs_the_same_however_many_wait(room, people, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(api(room, "room")).status_code == 200
        return len(asked)

    room.hall(3)
    few = cost()
    for number in range(12):
        services.ask_for_floor(turn_id=new(), meeting_id=room.meeting.pk, actor=people.village_head, speaker=Speaker(name=f"Warga {number}"))
    assert cost() <= few + 1, "the first who waits is one query more, the others are none"


def test_a_program_takes_part_by_the_same_verbs(room, people, as_):
    room.seat(people.resident)
    delegate, chair = as_(people.resident), as_(people.village_head)
    key = str(new())
    asked = [delegate.post(api(room, "floor"), {"id": key}, content_type="application/json") for _ in range(2)]
    assert [answer.status_code for answer in asked] == [201, 200]
    assert chair.get(api(room, "floor")).json()["queue"][0]["why"] == "first"
    assert chair.post(f"/api/v1/turns/{key}/grant/", {}, content_type="application/json").json()["state"] == "speaking"
    said = {"id": str(new()), "body": "Kami setuju dengan 600 meter."}
    assert [delegate.post(api(room, "statements"), said, content_type="application/json").status_code for _ in range(2)] == [201, 200]
    motion = {"id": str(new()), "text": "Diteruskan 600 meter.", "manner": "hands", "item": room.item.pk}
    assert chair.post(api(room, "motions"), motion, content_type="application/json").status_code == 201
    address = f"/api/v1/motions/{motion['id']}"
    assert chair.post(f"{address}/open/").status_code == 200
    voted = delegate.put(f"{address}/vote/", {"choice": "for"}, content_type="application/json").json()
    assert (voted["cast"], voted["result"]) == (1, None)
    assert chair.post(f"{address}/close/").json()["result"]["for"] == {"hall": 0, "online": 1}
    late = delegate.put(f"{address}/vote/", {"choice": "against"}, content_type="application/json")
    assert (late.status_code, late.json()["code"]) == (409, "counted")


def test_a_whole_hall_behind_one_address_may_ask_again_and_again(room, client, settings):
    from rest_framework.throttling import AnonRateThrottle

    original = AnonRateThrottle.THROTTLE_RATES
    AnonRateThrottle.THROTTLE_RATES = {**original, "anon": "2/min"}
    try:
        assert {client.get(api(room, "events")).status_code for _ in range(10)} == {200}
    finally:
        AnonRateThrottle.THROTTLE_RATES = original


def test_who_polls_is_counted_in_memory_and_said_to_be_of_this_server(room, people, client):
    before = hub.followers(room.meeting.pk).polling
    client.get(api(room, "events"), headers={"User-Agent": "ponsel satu"})
    client.get(api(room, "events"), headers={"User-Agent": "ponsel satu"})
    client.get(f"/ws/meetings/{room.meeting.pk}/", headers={"User-Agent": "ponsel dua"})
    state = client.get(api(room, "room")).json()
    assert state["following"] == {"socket": 0, "polling": before + 2, "servers": "one"}


@pytest.mark.parametrize("body", [{}, {"id": "x"}, {"id": str(uuid.uuid4()), "body": 7}, []])
def test_a_shape_that_is_none_is_a_400_with_its_fields(room, people, as_, body):
    answer = as_(people.resident).post(api(room, "questions"), json.dumps(body), content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"


def test_meetings_are_public_to_listen_to_and_nobody_writes_unsigned(room, client):
    for path in ("room", "events", "floor", "statements", "motions"):
        assert client.get(api(room, path)).status_code == 200, path
    for path in ("floor", "statements", "questions", "motions"):
        assert client.post(api(room, path), {"id": str(new()), "body": "Apa kabar semua?"}, content_type="application/json").status_code == 401, path


def test_a_meeting_that_has_no_agenda_yet_has_a_room(people, client):
    meeting = make.a_meeting(state="planned")
    state = client.get(f"/api/v1/meetings/{meeting.pk}/room/").json()
    assert (state["state"], state["item"], state["motion"], state["seq"]) == ("planned", None, None, 0)


def test_two_rooms_do_not_hear_each_other(people, room, client):
    other = in_session(people)
    live.announce(other.meeting.pk, "agenda", {"item": 1})
    assert client.get(api(room, "events")).json()["events"] == []
