"""Meetings over HTTP: what programs send and read, with the contract's shapes and errors."""

import uuid
from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from accounts import clock
from deliberation.models import Decision, Meeting
from proposals.models import Proposal
from tests import cast, make


@pytest.fixture(autouse=True)
def _year(people):
    make.cycle()


def api(person=None):
    client = APIClient()
    if person is not None:
        client.force_authenticate(person)
    return client


def body(**fields):
    starts = (clock.now() + timedelta(days=7)).replace(microsecond=0)
    return {"kind": "village_plan", "region": cast.VILLAGE, "plan_year": 2028, "starts_at": starts.isoformat(), "place": "Balai desa", **fields}


def test_a_meeting_is_planned_read_opened_and_closed_by_a_program(people):
    key, head = uuid.uuid4(), api(people.village_head)
    sent = body()
    made = head.put(f"/api/v1/meetings/{key}/", sent, format="json")
    again = head.put(f"/api/v1/meetings/{key}/", sent, format="json")
    assert (made.status_code, again.status_code) == (201, 200), (made.data, again.data)
    assert made.data["moves"] == ["open", "cancel"]
    for name, state in (("invite", "planned"), ("open", "open"), ("adjourn", "adjourned"), ("close", "closed")):
        answer = head.post(f"/api/v1/meetings/{key}/moves/", {"step": name}, format="json")
        assert (answer.status_code, answer.data["state"]) == (200, state), answer.data
    assert head.post(f"/api/v1/meetings/{key}/moves/", {"step": "open"}, format="json").status_code == 409
    assert api().get(f"/api/v1/meetings/{key}/").data["moves"] == []


def test_the_list_filters_and_its_queries_do_not_grow(people, django_assert_num_queries):
    for state in ("planned", "open", "closed"):
        make.a_meeting(state=state)
    make.a_meeting(kind="subdistrict", region=cast.OTHER_SUBDISTRICT)
    found = {
        query: len(api().get(f"/api/v1/meetings/?{query}").data["results"])
        for query in ("", "region=61.12.01", "region=61.12.01.2001&state=open", "kind=subdistrict", "plan_year=2027", "region=x")
    }
    assert list(found.values()) == [4, 3, 1, 1, 0, 0]
    with django_assert_num_queries(1):
        api().get("/api/v1/meetings/")


@pytest.mark.parametrize("query", ["kind=picnic", "state=asleep", "plan_year=x", "cursor=x", "page_size=0"])
def test_a_filter_that_cannot_be_read_is_a_400(people, query):
    answer = api().get(f"/api/v1/meetings/?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_an_agenda_is_made_and_an_item_taken_in_hand(people):
    meeting, proposal = make.a_meeting(), make.proposal()
    head = api(people.village_head)
    rows = head.post(f"/api/v1/meetings/{meeting.pk}/agenda/", {}, format="json").data["results"]
    item = next(row for row in rows if row["proposal"] == str(proposal.pk))
    answer = head.post(f"/api/v1/meetings/{meeting.pk}/agenda/{item['id']}/", {"do": "hand"}, format="json")
    assert (answer.status_code, answer.data["state"]) == (200, "in_hand")
    assert head.delete(f"/api/v1/meetings/{meeting.pk}/agenda/{item['id']}/").status_code == 409
    assert api().post(f"/api/v1/meetings/{meeting.pk}/agenda/", {}, format="json").status_code == 401
    assert api(people.resident).post(f"/api/v1/meetings/{meeting.pk}/agenda/", {}, format="json").status_code == 403


def test_a_decision_over_http_is_made_once_and_says_what_happened_to_the_second(people):
    meeting, proposal = make.a_meeting(), make.proposal()
    head, address = api(people.village_head), f"/api/v1/meetings/{meeting.pk}/decisions/"
    sent = {"id": str(uuid.uuid4()), "proposal": str(proposal.pk), "move": "forward", "version": 1}
    assert [head.post(address, sent, format="json").status_code for _ in range(2)] == [201, 200]
    second = head.post(address, {**sent, "id": str(uuid.uuid4())}, format="json")
    assert second.status_code == 409
    assert second.json()["message"]
    row = api().get(address).data["results"][0]
    assert (row["number"], row["role"], row["presence"]["total"]) == (1, "village_head", 0)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"id": "x"},
        {"move": "fly"},
        {"version": "x"},
        {"version": -1},
        {"proposal": "7"},
        {"agency": 10**12},
        {"captured_at": "yesterday"},
        {"reason": "a\0"},
    ],
)
def test_a_decision_that_cannot_be_read_is_a_400(people, sent):
    whole = {"id": str(uuid.uuid4()), "proposal": str(make.proposal().pk), "move": "return", "version": 1, "reason": "x" * 30}
    answer = api(people.village_head).post(f"/api/v1/meetings/{make.a_meeting().pk}/decisions/", {**whole, **sent} if sent else {}, format="json")
    assert answer.status_code == 400, answer.data
    assert answer.json()["fields"]


def test_a_captured_list_is_answered_line_by_line_and_twice_counts_once(people):
    meeting, free, gone = make.a_meeting(), make.proposal(), make.proposal()
    Proposal.objects.filter(pk=gone.pk).update(version=5)
    now = clock.now()
    told = {"captured_at": (now - timedelta(minutes=5)).isoformat(), "device_time": now.isoformat()}
    lines = [{"id": str(uuid.uuid4()), "proposal": str(one.pk), "move": "forward", "version": 1, **told} for one in (free, gone)]
    head, address = api(people.village_head), f"/api/v1/meetings/{meeting.pk}/decisions/sync/"
    for expected in (["recorded", "conflict"], ["already", "conflict"]):
        answer = head.post(address, {"decisions": lines}, format="json")
        assert [line["status"] for line in answer.data["results"]] == expected, answer.data
    assert Decision.objects.count() == 1
    assert answer.data["results"][1]["stands"]["version"] == 5
    assert api(people.resident).post(address, {"decisions": lines}, format="json").status_code == 403


def test_the_order_is_set_with_its_version(people):
    meeting = make.a_meeting()
    head = api(people.village_head)
    keys = []
    for _ in range(2):
        proposal = make.proposal()
        keys.append(str(proposal.pk))
        sent = {"id": str(uuid.uuid4()), "proposal": keys[-1], "move": "forward", "version": 1}
        head.post(f"/api/v1/meetings/{meeting.pk}/decisions/", sent, format="json")
    address = f"/api/v1/meetings/{meeting.pk}/ranking/"
    order = {"version": 0, "order": [{"proposal": key} for key in reversed(keys)]}
    answer = head.put(address, order, format="json")
    assert (answer.status_code, answer.data["version"]) == (200, 1), answer.data
    assert [row["proposal"] for row in api().get(address).data["results"]] == keys[::-1]
    assert head.put(address, {"version": 0, "order": [{"proposal": key} for key in keys]}, format="json").status_code == 409


def test_mandates_are_given_read_and_ended(people):
    meeting, head = make.a_meeting(), api(people.village_head)
    address = f"/api/v1/meetings/{meeting.pk}/mandates/"
    made = head.post(address, {"stage": "subdistrict", "name": "Siti Aminah", "sex": "female", "user": "resident"}, format="json")
    assert made.status_code == 201, made.data
    assert "resident" not in str(api().get(address).data), "whose account it is stays with the office"
    ended = head.post(f"/api/v1/mandates/{made.data['id']}/end/", {"reason": "Pindah domisili ke kota."}, format="json")
    assert (ended.status_code, bool(ended.data["ended_at"])) == (200, True)
    assert head.post(f"/api/v1/mandates/{made.data['id']}/end/", {"reason": ""}, format="json").status_code == 200


@pytest.mark.parametrize("path", ["", "agenda/", "decisions/", "ranking/", "mandates/"])
def test_a_meeting_that_is_not_is_a_404(people, path):
    assert api().get(f"/api/v1/meetings/{uuid.uuid4()}/{path}").status_code == 404


def test_no_address_of_a_meeting_grows_with_what_is_in_it(people, django_assert_max_num_queries):
    meeting = make.a_meeting()
    for proposal in make.proposals(30):
        make.an_item(meeting, proposal)
    for path, most in (("", 1), ("agenda/", 2), ("decisions/", 2), ("ranking/", 2), ("mandates/", 2)):
        with django_assert_max_num_queries(most):
            assert api().get(f"/api/v1/meetings/{meeting.pk}/{path}").status_code == 200
    assert Meeting.objects.count() == 1
