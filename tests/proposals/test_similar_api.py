"""Likenesses over HTTP."""

import pytest
from rest_framework.test import APIClient

from proposals.stages import Stage
from tests import cast, make
from tests.proposals import told

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.proposals.told")]


@pytest.fixture
def road(people):
    return make.dictionary_entry(of=make.open_cycle())


def client(user=None) -> APIClient:
    made = APIClient()
    if user is not None:
        made.force_authenticate(user)
    return made


def address(proposal) -> str:
    return f"/api/v1/proposals/{proposal.pk}/similar/"


def test_a_proposals_likenesses_come_with_their_reasons(people, road):
    other = make.proposal(dictionary_entry=road, channel="council")
    mine = make.proposal(dictionary_entry=road)
    found = client().get(address(mine)).json()
    assert [one["proposal"]["number"] for one in found] == [other.number]
    assert found[0]["must_answer"]
    assert found[0]["distance_m"] == 0
    assert len(found[0]["reasons"]) == 5, "place, work, words, year, channel"


def test_a_drafts_likenesses_are_read_by_its_writers_only(people, road):
    draft = make.proposal(dictionary_entry=road, stage=Stage.DRAFT)
    assert client(people.planner).get(address(draft)).status_code == 404
    assert client(people.facilitator).get(address(draft)).json() == []


def test_an_answer_is_sent_with_the_draft_and_opens_the_way(people, road):
    other = make.proposal(dictionary_entry=road)
    draft = told.draft(people.facilitator, dictionary_entry=road.code)
    api = client(people.facilitator)
    move = {"move": "submit", "version": 1}
    refused = api.post(f"/api/v1/proposals/{draft.pk}/moves/", move, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "similar_unanswered")
    assert other.number in refused.json()["fields"]["similar"][0]
    body = {"other": str(other.pk), "verdict": "different", "difference": "Ruas yang ini di seberang parit."}
    assert api.post(address(draft), body, format="json").status_code == 201
    assert api.post(address(draft), body, format="json").status_code == 200, "a late repeat changes nothing"
    assert api.post(f"/api/v1/proposals/{draft.pk}/moves/", move, format="json").status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"other": "x"}, "other"),
        ({}, "other"),
        ({"verdict": "perhaps"}, "verdict"),
        ({"verdict": "different", "difference": "beda"}, "difference"),
        ({"verdict": "different", "difference": 5}, "difference"),
        ({"verdict": "same", "seen": "1"}, "seen"),
        ({"verdict": "same", "seen": True}, "seen"),
    ],
)
def test_wrong_answers_are_told_by_field(people, road, body, field):
    other, mine = make.proposal(), make.proposal()
    sent = {"other": str(other.pk), **body} if body else {}
    answer = client(people.planner).post(address(mine), sent, format="json")
    assert answer.status_code == 400
    assert field in answer.json()["fields"]


def test_who_has_no_say_is_told_so_before_anything_else(people, road):
    other, mine = make.proposal(), make.proposal()
    body = {"other": str(other.pk), "verdict": "nonsense"}
    assert client().post(address(mine), body, format="json").status_code == 401
    assert client(people.moderator).post(address(mine), body, format="json").status_code == 403


def test_what_is_typed_is_compared_with_what_is_public(people, road):
    make.proposal(dictionary_entry=road, title="Rabat beton Gang Mawar")
    make.proposal(dictionary_entry=road, stage=Stage.DRAFT)
    asked = {"village": cast.VILLAGE, "plan_year": 2028, "lon": "109.4101", "lat": "-0.09", "title": "Rabat beton", "dictionary_entry": road.code}
    found = client().get("/api/v1/proposals/similar/", asked).json()
    assert [(one["proposal"]["title"], one["distance_m"]) for one in found] == [("Rabat beton Gang Mawar", 11)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"village": ""}, "village"),
        ({"village": cast.HOME}, "village"),
        ({"plan_year": "next"}, "plan_year"),
        ({"plan_year": "99999999999999999999"}, "plan_year"),
        ({"lon": "abc"}, "location"),
        ({"lon": "-0.09", "lat": "109.41"}, "location"),
        ({"lon": "nan"}, "location"),
        ({"sector": "roads"}, "sector"),
    ],
)
def test_a_wrong_question_is_refused_by_field(people, wrong, field):
    asked = {"village": cast.VILLAGE, "plan_year": "2028", "lon": "109.41", "lat": "-0.09", **wrong}
    answer = client().get("/api/v1/proposals/similar/", asked)
    assert answer.status_code == 400
    assert field in answer.json()["fields"]


def test_the_answer_costs_the_same_queries_for_many_as_for_one(people, road, django_assert_max_num_queries):
    mine = make.proposal(dictionary_entry=road)
    for _ in range(2):
        make.proposals(6, of=make.open_cycle(), dictionary_entry=road)
        with django_assert_max_num_queries(12):
            assert client().get(address(mine)).status_code == 200
