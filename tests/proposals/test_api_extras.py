"""Lines, marks and counts over HTTP: written as they are read, refused by field, small groups told to their writers only."""

import uuid

import pytest
from rest_framework.test import APIClient

from proposals.models import Proposal
from tests import make
from tests.proposals import told
from tests.proposals.test_people_and_cost import MARKS, REASON
from tests.proposals.test_shapes import ROAD, area, line

pytestmark = pytest.mark.urls("tests.proposals.told")


@pytest.fixture(autouse=True)
def _place(people):
    make.cycle()


def _as(person=None):
    client = APIClient()
    if person is not None:
        client.force_authenticate(person)
    return client


def _address(key=None):
    return f"/api/v1/proposals/{key or uuid.uuid4()}/"


def _body(**fields):
    return told.entry(location=None, location_source=..., location_accuracy_m=..., **fields)


def test_what_is_put_is_what_is_read_and_putting_it_again_changes_nothing(people):
    address, client = _address(), _as(people.facilitator)
    body = _body(shape=line(*ROAD), amount=450_000_000, amount_reason=REASON, unit="meter", **{**MARKS, "beneficiaries_male": 3})
    first, again = client.put(address, body, format="json"), client.put(address, body, format="json")
    assert (first.status_code, again.status_code, again.json()["version"]) == (201, 200, 1)
    read = client.get(address).json()
    assert read["shape"] == line(*ROAD)
    assert (read["amount"], read["amount_reason"], read["unit"]) == (450_000_000, REASON, "m")
    assert (read["measured_unit"], read["location"]["type"]) == ("m", "Point")
    assert abs(read["measured"] - 887.6) < 1
    assert abs(read["deviation_percent"] - 77.5) < 0.3
    assert {name: read[name] for name in ("raised_by_women", "land_owner", "beneficiaries_male")} == {
        "raised_by_women": True,
        "land_owner": "granted",
        "beneficiaries_male": 3,
    }


def test_without_a_shape_nothing_is_measured(people):
    read = _as(people.facilitator).put(_address(), told.entry(), format="json").json()
    assert (read["shape"], read["measured"], read["measured_unit"], read["deviation_percent"]) == (None, None, "", None)


def test_small_groups_are_told_to_nobody_but_their_writers(people):
    made = make.proposal(beneficiaries_female=4, beneficiaries_male=5, poor_households=1, beneficiary_households=0)
    for person in (None, people.resident, people.planner):
        read = _as(person).get(_address(made.pk)).json()
        assert [read[name] for name in ("beneficiaries_female", "beneficiaries_male", "beneficiary_households", "poor_households")] == [
            None,
            5,
            0,
            None,
        ]
        assert read["fewer_than_five"] == ["beneficiaries_female", "poor_households"]


BAD = {
    "swapped": {"shape": line([-0.09, 109.406], [-0.09, 109.41])},
    "crossing": {"shape": area([[109.406, -0.09], [109.41, -0.086], [109.41, -0.09], [109.406, -0.086], [109.406, -0.09]])},
    "one vertex": {"shape": line([109.406, -0.09])},
    "null island": {"shape": line([0, 0], [0, 1])},
    "no geometry": {"shape": {"type": "LineString"}},
    "a file path": {"shape": "/etc/passwd"},
    "a number": {"shape": 12},
}


@pytest.mark.parametrize("name", BAD)
def test_a_shape_that_cannot_be_is_a_400_that_names_the_field(people, name):
    answer = _as(people.facilitator).put(_address(), _body(**BAD[name]), format="json")
    assert (answer.status_code, set(answer.json()["fields"])) == (400, {"shape"})
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_numbers_that_are_none_are_a_400_however_they_come(people, number):
    import json

    raw = json.dumps(_body(shape=line([109.406, -0.09], [109.41, "HERE"]))).replace('"HERE"', number)
    answer = _as(people.facilitator).put(_address(), raw, content_type="application/json")
    assert answer.status_code == 400
    assert not Proposal.objects.exists()


def test_a_hundred_thousand_points_are_refused_at_once(people):
    shape = line(*[[109.4 + n * 1e-7, -0.09] for n in range(100_000)])
    answer = _as(people.facilitator).put(_address(), _body(shape=shape), format="json")
    assert answer.status_code in (400, 413)
    assert not Proposal.objects.exists()


def test_the_description_names_the_new_fields(people):
    words = _as(people.facilitator).get("/api/v1/vocabulary/").json()
    assert "granted" in [one["code"] for one in words["land_owners"]]


def test_the_history_keeps_small_groups_back_too(people):
    from proposals import services

    proposal = told.sent(people, beneficiaries_female=4, beneficiaries_male=40)
    assert services.move(proposal_id=proposal.pk, name="forward", actor=people.village_head, version=2)
    versions = _as().get(_address(proposal.pk) + "versions/").json()["results"]
    assert {(one["content"]["beneficiaries_female"], one["content"]["beneficiaries_male"]) for one in versions} == {(None, 40)}
