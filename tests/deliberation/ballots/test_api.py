"""Ballots by programs: the whole life of one, and nothing of its result before the publication."""

import json
import uuid

import pytest
from django.test import Client

from deliberation.ballots.services.casting import cast_vote
from deliberation.models import Vote
from tests import cast, make
from tests.deliberation.ballots import drawn_up as up

pytestmark = pytest.mark.django_db
BASE = "/api/v1/ballots/"


def enter(person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client, method, path, body):
    return getattr(client, method)(BASE + path, json.dumps(body), content_type="application/json")


def body(**more):
    proposals = make.proposals(3)
    given = {"title": "Usulan mana dulu", "scope": "residents", "region": cast.VILLAGE, "plan_year": 2028, "kind": "approval", "most": 2}
    window = {"opens_at": "2020-01-01T08:00:00+07:00", "closes_at": "2099-01-01T08:00:00+07:00"}
    return {**given, **window, "proposals": [str(one.pk) for one in proposals], **more}


def test_the_whole_life_of_a_ballot(people):
    head, key, sent = enter(people.village_head), uuid.uuid4(), body()
    assert send(head, "put", f"{key}/", sent).status_code == 201
    assert send(head, "put", f"{key}/", sent).status_code == 200
    assert Client().get(f"{BASE}{key}/").status_code == 404, "a draft is nobody else's"
    assert send(head, "post", f"{key}/steps/", {"step": "open"}).json()["state"] == "open"
    vote = {"nonce": str(uuid.uuid4()), "marks": [{"number": 1}, {"number": 3}]}
    answers = [send(enter(people.resident), "put", f"{key}/vote/", vote) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["receipt"] == answers[1].json()["receipt"]
    assert send(enter(people.resident), "put", f"{key}/vote/", {**vote, "nonce": str(uuid.uuid4())}).json()["code"] == "already_voted"
    assert send(head, "post", f"{key}/steps/", {"step": "publish"}).status_code == 409
    assert send(head, "post", f"{key}/steps/", {"step": "close", "reason": up.REASON}).json()["state"] == "closed"
    told = send(head, "post", f"{key}/steps/", {"step": "publish"}).json()
    assert (told["result"]["ballots"], told["result"]["withheld"], told["result"]["lines"]) == (1, True, []), "one secret vote is nobody's business"
    assert Client().get(f"{BASE}{key}/").json()["state"] == "published"


def test_before_the_publication_no_answer_tells_how_it_stands(people):
    """Not the ballot, not the list, not its files, for nobody: also not who runs it."""
    ballot = up.opened(people.village_head)
    for resident in up.residents(7):
        up.vote(ballot, resident, 2)
    for client in (Client(), enter(people.resident), enter(people.village_head), enter(people.auditor)):
        told = client.get(f"{BASE}{ballot.pk}/").json()
        assert (told["result"], told["files"], told["turnout"]) == (None, {}, {"online": 7, "paper": 0})
        assert client.get(f"{BASE}{ballot.pk}/files/ballots.pb").status_code == 404
        assert "votes" not in client.get(BASE).content.decode()


def test_a_ballot_that_shows_no_turnout_tells_no_count(people):
    ballot = up.opened(people.village_head, shows_turnout=False)
    up.vote(ballot, people.resident, 2)
    assert Client().get(f"{BASE}{ballot.pk}/").json()["turnout"] is None


def test_few_voters_are_told_as_few(people):
    ballot = up.opened(people.village_head)
    up.vote(ballot, people.resident, 2)
    assert Client().get(f"{BASE}{ballot.pk}/").json()["turnout"]["online"] is None


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"nonce": "satu", "marks": []},
        {"nonce": str(uuid.uuid4()), "marks": [{"number": 9}]},
        {"nonce": str(uuid.uuid4()), "marks": [{"number": 1, "value": 7}]},
        {"nonce": str(uuid.uuid4()), "marks": []},
        {"nonce": str(uuid.uuid4()), "marks": [{"number": 1}], "abstains": True},
        {"nonce": str(uuid.uuid4()), "marks": [{"number": "1;drop"}]},
    ],
)
def test_what_is_no_ballot_is_400_and_records_nothing(people, sent):
    ballot = up.opened(people.village_head)
    answer = send(enter(people.resident), "put", f"{ballot.pk}/vote/", sent)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert not Vote.objects.exists()


def test_who_may_not_hears_why(people):
    ballot = up.opened(people.village_head)
    vote = {"nonce": str(uuid.uuid4()), "marks": [{"number": 1}]}
    assert send(Client(), "put", f"{ballot.pk}/vote/", vote).status_code == 401
    assert send(enter(people.neighbour), "put", f"{ballot.pk}/vote/", vote).json()["code"] == "not_a_resident"
    assert send(enter(people.resident), "post", f"{ballot.pk}/steps/", {"step": "close"}).status_code == 403
    assert send(enter(people.resident), "put", f"{uuid.uuid4()}/vote/", vote).status_code == 404


def test_the_list_is_filtered_by_region_and_state_and_costs_the_same_for_many(people, django_assert_max_num_queries):
    for _ in range(4):
        up.opened(people.village_head)
    cast_vote(ballot_id=up.opened(people.village_head).pk, actor=people.resident, marks=[(1, 1)], nonce=uuid.uuid4())
    with django_assert_max_num_queries(3):
        assert len(Client().get(f"{BASE}?region={cast.SUBDISTRICT}&state=open").json()["results"]) == 5
    assert Client().get(f"{BASE}?region={cast.FAR_VILLAGE}").json()["results"] == []
    assert Client().get(f"{BASE}?state=apa").status_code == 400
