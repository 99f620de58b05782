"""Origins and routes over HTTP: lists by cursor, files, and the shape of refusals."""

import json
import uuid

import pytest
from django.test import Client

from tests import cast, make
from tests.budgeting.provenance.conftest import REASON, a_line, authority

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(people):
    def make_client(name):
        client = Client()
        if name != "stranger":
            client.force_login(getattr(people, name))
        return client

    return make_client


def post(client, path, body):
    return client.post(path, json.dumps(body), content_type="application/json")


def test_the_lines_come_by_cursor_in_few_questions_and_each_once(people, plan, client_of, django_assert_max_num_queries):
    for _place in range(5):
        a_line(people)
    client, seen, address = client_of("stranger"), [], "/api/v1/provenance/?never_proposed=1&page_size=2"
    while address:
        with django_assert_max_num_queries(6):
            page = client.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == 5


def test_the_sums_and_the_files_say_the_same(people, plan, ghost, client_of):
    client = client_of("stranger")
    summary = client.get("/api/v1/provenance/summary/?plan_year=2028").json()
    assert (summary["ghost"]["amount"], summary["ghost"]["per_mille"]) == (300_000_000, 1000)
    csv = b"".join(client.get("/api/v1/provenance.csv?plan_year=2028")).decode()
    assert "Turap beton Sungai Kapuas" in csv
    assert "300000000" in csv
    features = json.loads(b"".join(client.get("/api/v1/provenance.geojson")))["features"]
    assert features[0]["geometry"]["type"] == "Point"
    assert client.get("/api/v1/provenance.csv?plan_year=soon").status_code == 400


def test_a_cell_that_would_run_as_a_formula_does_not(people, plan, client_of):
    a_line(people, title="=cmd|' /C calc'!A0")
    csv = b"".join(client_of("stranger").get("/api/v1/provenance.csv")).decode()
    assert "'=cmd" in csv


def test_a_statement_and_a_claim_travel_over_http_and_repeat_as_once(people, plan, ghost, client_of):
    dinas, village = client_of("agency_officer"), client_of("facilitator")
    said = {"id": str(uuid.uuid4()), "origin": "agency", "reference": "Renja 1", "words": REASON}
    path = f"/api/v1/provenance/{ghost.pk}/"
    assert [post(dinas, f"{path}statements/", said).status_code for _ in range(2)] == [201, 200]
    proposal = make.proposal(of=plan)
    asked = post(village, f"{path}claims/", {"proposal": str(proposal.pk), "words": REASON})
    assert asked.status_code == 201
    confirm = f"/api/v1/provenance/claims/{asked.json()['id']}/confirm/"
    assert post(village, confirm, {}).status_code == 403
    assert post(dinas, confirm, {}).status_code == 200
    assert post(dinas, confirm, {}).status_code == 409
    told = client_of("stranger").get(path).json()
    assert (told["proposal_number"], told["claims"][0]["state"], told["statements"][0]["origin"]) == (proposal.number, "confirmed", "agency")


@pytest.mark.parametrize(
    ("body", "field"),
    [({"origin": "village"}, "origin"), ({"seen": -1}, "seen"), ({"id": "x"}, "id"), ({"seen": True}, "seen")],
)
def test_what_has_no_shape_is_named_by_its_field(people, ghost, client_of, body, field):
    sent = {"origin": "agency", "reference": "Renja 1", "words": REASON, **body}
    answer = post(client_of("planner"), f"/api/v1/provenance/{ghost.pk}/statements/", sent)
    assert (answer.status_code, field in answer.json()["fields"]) == (400, True)


def test_strangers_read_and_do_not_write(people, plan, ghost, client_of):
    stranger = client_of("stranger")
    assert post(stranger, f"/api/v1/provenance/{ghost.pk}/statements/", {}).status_code == 401
    assert stranger.get(f"/api/v1/provenance/{uuid.uuid4()}/").status_code == 404
    assert post(client_of("planner"), f"/api/v1/provenance/claims/{uuid.uuid4()}/burn/", {}).status_code == 404


def test_a_route_is_read_by_all_and_chosen_by_who_decides(people, plan, client_of, django_assert_max_num_queries):
    authority(plan, "district", sector="road")
    proposal = make.proposal(of=plan)
    path = f"/api/v1/proposals/{proposal.pk}/route/"
    with django_assert_max_num_queries(3):
        told = client_of("stranger").get(path).json()
    assert (told["route"]["code"], told["route"]["funding_source"], told["decisions"]) == ("DISTRICT_AUTHORITY", "district_budget", [])
    body = {"target": "climbs", "funding_source": "province_budget", "reason": REASON}
    assert post(client_of("resident"), path, body).status_code == 403
    assert post(client_of("village_head"), path, body).status_code == 201
    rows = client_of("stranger").get(f"/api/v1/routes/?funding_source=province_budget&region={cast.HOME}").json()["results"]
    assert rows[0]["route"]["chosen"] == {"target": "climbs", "funding_source": "province_budget"}
    csv = b"".join(client_of("stranger").get("/api/v1/routes.csv?chosen=1")).decode()
    assert f"{proposal.number},2028" in csv
    assert "province_budget" in csv
    draft = make.proposal(of=plan, stage="draft")
    assert client_of("stranger").get(f"/api/v1/proposals/{draft.pk}/route/").status_code in (401, 404)


def test_authorities_are_everybodys_to_read(people, plan, client_of):
    authority(plan, "village", sector="road")
    found = client_of("stranger").get(f"/api/v1/authorities/?region={cast.HOME}&plan_year=2028").json()["results"]
    assert [(row["sector"], row["authority"], row["verified_at"]) for row in found] == [("road", "village", None)]


def test_a_form_left_empty_asks_for_everything(client_of, people):
    """A page's own form sends `origin=` where nothing is chosen; the same address of the API refused it."""
    client = client_of("stranger")
    assert client.get("/api/v1/provenance/?origin=&agency=&q=").status_code == 200
    assert client.get("/api/v1/provenance/?origin=nobody").status_code == 400
