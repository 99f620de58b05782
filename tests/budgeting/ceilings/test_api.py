"""What belongs to ceilings for programs: parts, ledger, versions, transfers, formulas; who sees what."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgeting import services
from budgeting.models import Transfer
from tests import cast
from tests.budgeting.ceilings.conftest import MILLION, ask, moved, part, setting
from tests.budgeting.test_api import BODY, api

INPUTS = {
    "total": 400 * MILLION,
    "base": "20",
    "reward": 0,
    "variables": [{"key": "people", "name": "Penduduk", "weight": 100, "source": "BPS 2026"}],
    "values": {cast.SUBDISTRICT: {"people": 3}, cast.OTHER_SUBDISTRICT: {"people": "1,0"}},
}


def test_a_part_names_its_parent_and_its_agency_and_keeps_them(people, tree):
    body = {**BODY, "parent": tree.whole.pk, "agency": people.works_agency.pk, "amount": 50 * MILLION, "reserve": 0}
    made = api(people.planner).post("/api/v1/ceilings/", body)
    assert (made.status_code, made.json()["parent"], made.json()["agency"]) == (201, tree.whole.pk, people.works_agency.pk), made.json()
    address = f"/api/v1/ceilings/{made.json()['id']}/"
    changed = api(people.planner).put(address, {"version": 1, "amount": 60 * MILLION, "legal_basis": "Perbup 13/2027"})
    assert (changed.json()["parent"], changed.json()["agency_name"]) == (tree.whole.pk, "Dinas Pekerjaan Umum")
    whole = api(people.planner).get(f"/api/v1/ceilings/{tree.whole.pk}/").json()
    assert (whole["handed_down"], whole["balance"], whole["size"]) == (560 * MILLION, 340 * MILLION, 1000 * MILLION)
    assert len(api().get(f"/api/v1/ceilings/?parent={tree.whole.pk}").json()["results"]) == 2
    refused = api(people.planner).post("/api/v1/ceilings/", {**body, "agency": people.farming_agency.pk, "amount": 341 * MILLION})
    assert (refused.status_code, refused.json()["code"]) == (409, "above_parent")


@pytest.mark.parametrize("change", [{"parent": "x"}, {"parent": 10**30}, {"parent": True}, {"agency": [1]}, {"parent": 10**8}, {"agency": 10**8}])
def test_a_parent_or_agency_that_is_none_is_a_400_by_field(people, tree, change):
    answer = api(people.planner).post("/api/v1/ceilings/", {**BODY, "region": cast.VILLAGE, "parent": tree.whole.pk, **change})
    assert (answer.status_code, set(answer.json()["fields"])) == (400, set(change))


def test_while_it_is_changed_strangers_read_the_published_figures(people, tree):
    services.set_ceiling(actor=people.planner, **setting(tree.first, amount=333 * MILLION))
    address = f"/api/v1/ceilings/{tree.first.pk}/"
    public, team = api().get(address).json(), api(people.budget_team).get(address).json()
    assert (public["amount"], public["is_published"], team["amount"]) == (300 * MILLION, False, 333 * MILLION)
    assert [one["amount"] for one in api().get(address + "versions/").json()["results"]] == [300 * MILLION]


def test_a_transfer_is_put_under_the_clients_uuid_and_confirmed_by_another(people, tree):
    address = f"/api/v1/transfers/{uuid.uuid4()}/"
    body = {"source": tree.first.pk, "target": tree.second.pk, "amount": 5, "reason": "Banjir merusak jembatan.", "legal_basis": "SK 1"}
    for _again in range(2):
        assert api(people.planner).put(address, body).json()["status"] == "asked"
    assert Transfer.objects.count() == 1
    assert api().get(address).status_code == 404
    assert api(people.planner).post(address + "confirm/").json()["code"] == "second_person"
    assert api(people.budget_team).post(address + "confirm/").json()["status"] == "confirmed"
    assert api(people.budget_team).post(address + "withdraw/").status_code == 409
    assert api().get(address).json()["amount"] == 5
    told = api().get(f"/api/v1/ceilings/{tree.second.pk}/ledger/").json()["results"]
    assert [(one["kind"], one["amount"]) for one in told] == [("transfer_in", 5)]
    assert len(api().get(f"/api/v1/ceilings/{tree.first.pk}/transfers/").json()["results"]) == 1


@pytest.mark.parametrize(
    "change", [{"amount": 0}, {"amount": 1.5}, {"amount": {}}, {"reason": 7}, {"target": "x"}, {"from_reserve": "ya"}, {"legal_basis": None}]
)
def test_a_transfer_of_the_wrong_shape_is_a_400_by_field(people, tree, change):
    body = {"source": tree.first.pk, "target": tree.second.pk, "amount": 5, "reason": "Banjir merusak jembatan.", "legal_basis": "SK 1"}
    answer = api(people.planner).put(f"/api/v1/transfers/{uuid.uuid4()}/", {**body, **change})
    assert (answer.status_code, set(answer.json()["fields"])) == (400, set(change))


def test_a_formula_goes_from_its_inputs_to_the_drafts_of_ceilings(people):
    from tests.budgeting.conftest import published_ceiling

    whole = published_ceiling(people, amount=500 * MILLION, reserve=100 * MILLION)
    made = api(people.planner).post(f"/api/v1/ceilings/{whole.pk}/formulas/", {"inputs": INPUTS, "legal_basis": "Perbup 30/2027"}, format="json")
    assert (made.status_code, [row["amount"] for row in made.json()["outcome"]]) == (201, [280 * MILLION, 120 * MILLION]), made.json()
    address = f"/api/v1/formulas/{made.json()['id']}/"
    assert api().get(address).status_code == 404
    assert api(people.planner).post(address + "publish/").json()["code"] == "second_person"
    assert api(people.budget_team).post(address + "publish/", {"version": 1}).status_code == 200
    assert api().get(address).json()["inputs"]["variables"][0]["source"] == "BPS 2026"
    applied = api(people.planner).post(address + "apply/")
    assert [(one["amount"], one["formula"], one["is_published"]) for one in applied.json()] == [
        (280 * MILLION, made.json()["id"], False),
        (120 * MILLION, made.json()["id"], False),
    ]
    assert len(api().get(f"/api/v1/ceilings/{whole.pk}/formulas/").json()["results"]) == 1


@pytest.mark.parametrize(
    "inputs", [None, [], "x", {}, {**INPUTS, "variables": "x"}, {**INPUTS, "values": [1]}, {**INPUTS, "values": {cast.SUBDISTRICT: {"people": {}}}}]
)
def test_inputs_of_the_wrong_shape_are_a_400(people, tree, inputs):
    answer = api(people.planner).post(f"/api/v1/ceilings/{tree.whole.pk}/formulas/", {"inputs": inputs, "legal_basis": "SK 1"}, format="json")
    assert (answer.status_code, bool(answer.json()["fields"])) == (400, True)


def test_lists_ask_a_constant_number_of_questions(people, tree):
    addresses = [f"/api/v1/ceilings/{tree.whole.pk}/{name}/" for name in ("ledger", "versions", "transfers", "formulas")]
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert {api().get(address).status_code for address in [*addresses, "/api/v1/ceilings/"]} == {200}
        counts.append(len(queries))
        moved(people, tree.whole, tree.first, MILLION)
        part(people, tree.first, cast.VILLAGE if _turn == 0 else cast.NEXT_VILLAGE, MILLION)
        ask(people, tree.whole, tree.second, MILLION)
    assert counts[0] == counts[1]
