"""Ceilings and runs for programs: shapes, who sees what, and refusals in sentences."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from budgeting import services
from budgeting.models import AllocationRun, Ceiling
from proposals.stages import Stage
from tests import cast, make
from tests.budgeting.conftest import calculated, published_ceiling

BODY = {
    "plan_year": 2028,
    "region": cast.HOME,
    "funding_source": "district_budget",
    "amount": 1_000_000_000,
    "reserve": 100_000_000,
    "legal_basis": "Perbup 12/2027",
}


def api(user=None):
    client = APIClient()
    if user is not None and user.is_authenticated:
        client.force_authenticate(user)
    return client


def test_a_ceiling_goes_from_one_person_to_the_other_and_then_to_everybody(people):
    made = api(people.planner).post("/api/v1/ceilings/", BODY)
    assert made.status_code == 201, made.json()
    address = f"/api/v1/ceilings/{made.json()['id']}/"
    assert api().get(address).status_code == 404
    own = api(people.planner).post(address + "publish/", {"version": 1})
    assert (own.status_code, own.json()["code"]) == (403, "second_person")
    published = api(people.budget_team).post(address + "publish/", {"version": 1})
    assert (published.status_code, published.json()["is_published"], published.json()["balance"]) == (200, True, 900_000_000)
    assert api().get(address).json()["amount"] == 1_000_000_000


def test_a_change_needs_the_version_that_was_read(people, ceiling):
    address = f"/api/v1/ceilings/{ceiling.pk}/"
    change = {"amount": 800_000_000, "legal_basis": "Perbup 13/2027"}
    assert api(people.planner).put(address, change).json()["fields"].keys() == {"version"}
    assert api(people.planner).put(address, {**change, "version": 1}).status_code == 409
    changed = api(people.planner).put(address, {**change, "version": ceiling.version})
    assert (changed.status_code, changed.json()["version"], changed.json()["is_published"]) == (200, ceiling.version + 1, False)


@pytest.mark.parametrize(
    "change",
    [
        {"amount": -1},
        {"amount": 0.5},
        {"amount": 10**30},
        {"amount": None},
        {"amount": [1]},
        {"amount": {"a": 1}},
        {"reserve": 10**12},
        {"reserve": "x"},
        {"plan_year": "tahun"},
        {"plan_year": 99999999999},
        {"region": 6112},
        {"region": "61.12\x00"},
        {"funding_source": ["district_budget"]},
        {"funding_source": "x" * 500},
        {"legal_basis": {"a": 1}},
        {"legal_basis": "a\x00b"},
    ],
)
def test_what_cannot_be_a_ceiling_is_a_clear_400_by_field_and_nothing_is_written(people, change):
    answer = api(people.planner).post("/api/v1/ceilings/", {**BODY, **change})
    assert answer.status_code in (400, 403), answer.json()
    assert answer.json()["message"]
    assert not Ceiling.objects.exists()


@pytest.mark.parametrize("body", ["[]", "5", "{", "null", '"x"'])
@pytest.mark.parametrize("address", ["/api/v1/ceilings/", "/api/v1/runs/"])
def test_a_body_that_is_no_object_is_a_400(people, address, body):
    answer = api(people.planner).post(address, body, content_type="application/json")
    assert (answer.status_code, set(answer.json()) >= {"code", "message"}) == (400, True)


@pytest.mark.parametrize("name", ["stranger", "resident", "agency_officer", "foreign_planner"])
def test_who_may_not_set_a_ceiling_is_told_why(people, name):
    answer = api(getattr(people, name)).post("/api/v1/ceilings/", BODY)
    assert answer.status_code == (401 if name == "stranger" else 403)
    assert len(answer.json()["message"]) > 10


def test_the_list_is_filtered_and_asks_a_constant_number_of_questions(people, ceiling):
    published_ceiling(people, region_code=cast.VILLAGE, funding_source="village_fund")
    counts = []
    for year in (2029, 2030):
        with CaptureQueriesContext(connection) as queries:
            assert api().get("/api/v1/ceilings/").status_code == 200
        counts.append(len(queries))
        published_ceiling(people, plan_year=year)
    assert counts[0] == counts[1]
    for query, wanted in (
        ("?region=61.12.01", 1),
        ("?region=61", 4),
        ("?plan_year=2028", 2),
        ("?funding_source=district_budget&plan_year=2028", 1),
        ("?region=61.71", 0),
    ):
        assert len(api().get("/api/v1/ceilings/" + query).json()["results"]) == wanted, query
    for query in ("?region=abc", "?plan_year=x", "?plan_year=99999999999999999999", "?funding_source=x", "?cursor=x"):
        assert api().get("/api/v1/ceilings/" + query).status_code == 400, query


def test_a_run_is_asked_for_calculated_and_published_by_the_second_person(people, ceiling, waiting):
    asked = api(people.planner).post("/api/v1/runs/", {"ceiling": ceiling.pk, "rule": "greedy", "options": {}})
    assert (asked.status_code, asked.json()["status"], asked.json()["total"]) == (202, "queued", 3)
    address = f"/api/v1/runs/{asked.json()['id']}/"
    services.perform_run(AllocationRun.objects.get().pk)
    draft = api(people.budget_team).get(address).json()
    assert [(line["rank"], line["verdict"], line["amount"]) for line in draft["lines"]] == [
        (1, "funded", 500_000_000),
        (2, "not_funded", 0),
        (3, "funded", 100_000_000),
    ]
    assert "Rp250.000.000" in draft["lines"][1]["reason"]
    assert api(people.planner).post(address + "publish/").status_code == 403
    assert api(people.budget_team).post(address + "publish/").json()["status"] == "published"
    assert api(people.second_budget_team).post(address + "publish/").status_code == 409
    assert api().get(address).json()["spent"] == 600_000_000
    assert len(api().get(draft["lines_url"]).json()["results"]) == 3


def test_a_run_is_asked_for_once_by_its_own_id_and_refused_by_the_fields_of_its_options(people, ceiling, waiting):
    body = {"id": "7b2f6a0e-3c1d-4e5f-8a9b-0c1d2e3f4a5b", "ceiling": ceiling.pk, "rule": "greedy", "options": {"per_village": 1}}
    first, again = (api(people.planner).post("/api/v1/runs/", body, format="json") for _ in range(2))
    assert (first.status_code, again.status_code, again.json()["id"]) == (202, 202, body["id"])
    assert AllocationRun.objects.count() == 1
    other = api(people.second_planner).post("/api/v1/runs/", body, format="json")
    assert (other.status_code, other.json()["code"]) == (409, "run_exists")
    for change, field in (({"id": 7}, "id"), ({"rule": "phragmen", "options": {}}, "ballot"), ({"options": {"per_village": "x"}}, "per_village")):
        answer = api(people.planner).post("/api/v1/runs/", {**body, **change}, format="json")
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


def test_a_draft_is_seen_by_its_team_only(people, ceiling, waiting):
    run = calculated(people, ceiling)
    address = f"/api/v1/runs/{run.pk}/"
    for who, status in ((None, 401), (people.resident, 403), (people.foreign_planner, 403), (people.facilitator, 403), (people.second_planner, 200)):
        assert api(who).get(address).status_code == status
        assert api(who).get(address + "lines/").status_code == status
        assert len(api(who).get("/api/v1/runs/").json()["results"]) == (1 if status == 200 else 0)


def test_a_draft_is_discarded_and_never_comes_back(people, ceiling, waiting):
    address = f"/api/v1/runs/{calculated(people, ceiling).pk}/"
    assert api(people.second_planner).post(address + "discard/").json()["status"] == "discarded"
    assert api(people.budget_team).post(address + "publish/").status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"ceiling": "x"},
        {"ceiling": 10**30},
        {"ceiling": True},
        {"rule": "best"},
        {"rule": {}},
        {"options": [1]},
        {"stage": "works"},
        {"stage": 7},
    ],
)
def test_a_run_of_the_wrong_shape_is_a_400_by_field(people, ceiling, waiting, body):
    answer = api(people.planner).post("/api/v1/runs/", body and {"ceiling": ceiling.pk, "rule": "greedy", **body})
    assert (answer.status_code, bool(answer.json()["fields"])) == (400, True)
    assert not AllocationRun.objects.exists()


def test_a_run_page_asks_as_many_questions_for_many_lines_as_for_few(people, ceiling, waiting):
    counts = []
    api(people.second_planner).get("/api/v1/runs/")
    for _ in range(2):
        run = calculated(people, ceiling)
        with CaptureQueriesContext(connection) as queries:
            api(people.second_planner).get(f"/api/v1/runs/{run.pk}/")
        counts.append(len(queries))
        make.proposals(20, stage=Stage.BUDGET)
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "address", ["/api/v1/runs/00000000-0000-0000-0000-000000000000/", "/api/v1/ceilings/999999999999999999999/", "/api/v1/ceilings/0/"]
)
def test_what_nobody_made_is_a_404(people, address):
    assert api(people.planner).get(address).status_code == 404
