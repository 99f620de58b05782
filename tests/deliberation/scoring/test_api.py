"""Scoring over HTTP: the same law as the pages, and blind until the close."""

import uuid

import pytest

from deliberation.models import Panel
from tests import cast, make
from tests.deliberation.scoring import scored
from tests.deliberation.scoring.test_panels import scorers, waiting

pytestmark = pytest.mark.django_db
BASE = "/api/v1/scoring/"


@pytest.fixture
def panel(people):
    waiting(2)
    return scored.opened(people.subdistrict_officer, *scorers(people))


def send(client, method, path, body):
    return getattr(client, method)(f"{BASE}{path}", body, content_type="application/json")


def test_no_answer_tells_a_score_of_another_before_the_close(people, panel, client):
    scored.submitted(panel, people.planner, {1: 5, 2: 4})
    for person in (None, people.resident, people.subdistrict_officer, people.auditor):
        if person:
            client.force_login(person)
        told = client.get(f"{BASE}{panel.pk}/").json()
        assert told["result"] is None
        assert {one["state"] for one in told["scorers"]} == {"submitted", "draft"}
        assert "marks" not in str(told)
    assert client.get(f"{BASE}{panel.pk}/sheet/").status_code == 403, "the auditor scores nothing"
    client.force_login(people.subdistrict_officer)
    own = client.get(f"{BASE}{panel.pk}/sheet/")
    assert (own.json()["marks"], own["Cache-Control"]) == ([], "no-store")


def test_a_program_drafts_opens_scores_and_closes(people, client):
    waiting(1)
    key = uuid.uuid4()
    client.force_login(people.subdistrict_officer)
    body = {
        "title": "Panel kecamatan",
        "region": cast.SUBDISTRICT,
        "stage": "subdistrict",
        "plan_year": 2028,
        "scorers": [{"username": "subdistrict_officer", "capacity": "Camat"}],
    }
    assert send(client, "put", f"{key}/", body).status_code == 201
    assert send(client, "put", f"{key}/", body).status_code == 200
    assert send(client, "post", f"{key}/steps/", {"step": "open"}).json()["state"] == "open"
    marks = [{"number": 1, "code": code, "value": 4} for code in scored.CODES]
    sheet = send(client, "put", f"{key}/sheet/", {"marks": marks, "submit": True}).json()
    assert (sheet["state"], sheet["missing"]) == ("submitted", 0)
    closed = send(client, "post", f"{key}/steps/", {"step": "close"}).json()
    assert closed["result"]["rows"][0]["place"] == 1


def test_lists_know_only_what_the_asker_may_know_of(people, client):
    make.open_cycle()
    panel = scored.draft(people.subdistrict_officer, people.planner)
    assert client.get(BASE).json()["results"] == []
    assert client.get(f"{BASE}{panel.pk}/").status_code == 404
    client.force_login(people.subdistrict_officer)
    assert [one["id"] for one in client.get(f"{BASE}?region={cast.HOME}&state=draft").json()["results"]] == [str(panel.pk)]
    assert send(client, "post", f"{panel.pk}/steps/", {"step": "discard"}).status_code == 204
    assert not Panel.objects.exists()


@pytest.mark.parametrize(
    "body",
    [{"marks": "x"}, {"marks": [{"number": 1, "code": "URG", "value": 6}]}, {"marks": [{"number": 1, "code": "URG", "value": "a"}]}, {"marks": [{}]}],
)
def test_bad_sheets_are_refused_by_shape(people, panel, client, body):
    client.force_login(people.planner)
    assert send(client, "put", f"{panel.pk}/sheet/", body).status_code == 400


def test_a_link_is_declared_over_http(people, panel, client):
    client.force_login(people.planner)
    answer = send(client, "post", f"{panel.pk}/ties/", {"number": 1, "reason": "Sepupu saya ketua RT di sana."}).json()
    assert answer["locked"] == {"1": "declared", "2": "declared"}
