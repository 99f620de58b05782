"""Papers over HTTP: what everybody reads, what the officials of the region read, and issuing."""

import pytest
from rest_framework.test import APIClient

from deliberation.records import services, short_code
from tests import cast, make
from tests.deliberation.records import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(people: cast.Cast):
    made = stage.closed_meeting(people)
    stage.attend(made, people.village_head, 4)
    stage.decide(made, make.proposal(title="Rabat beton"), people.village_head)
    return made


def client_of(person=None) -> APIClient:
    client = APIClient()
    if person is not None:
        client.force_authenticate(person)
    return client


def test_who_runs_the_meeting_issues_and_everybody_lists(meeting, people):
    address = f"/api/v1/meetings/{meeting.pk}/documents/"
    assert client_of(people.village_head).post(address, {"kinds": ["record", "attendance"]}).status_code == 200
    told = client_of().get(address).json()
    listed = told["results"]
    assert (told["next"], told["previous"]) == (None, None)

    assert [(one["kind"], one["state"]) for one in listed] == [("attendance", "issued"), ("record", "issued")]
    assert all(one["check_url"].endswith(f"/periksa/{one['code'].replace('-', '')}/") for one in listed)
    assert listed[0]["pdf_url"] is None


@pytest.mark.parametrize(("who", "whole"), [(None, False), ("resident", False), ("village_head", True), ("auditor", True)])
def test_a_paper_is_whole_for_officials_and_reduced_for_everybody_else(meeting, people, who, whole):
    paper = services.issue(meeting_id=meeting.pk, actor=people.village_head, kinds=["attendance"])[0]
    told = client_of(getattr(people, who) if who else None).get(f"/api/v1/meetings/{meeting.pk}/documents/{paper.printed_code}/").json()

    assert told["seal"]["holds"] is True
    assert told["is_whole"] is whole
    assert ("Peserta Rahasia 1" in str(told["facts"])) is whole


@pytest.mark.parametrize(("code", "status"), [("x", 400), ("K7QM2XVA9HR4", 400), (short_code.draw(), 404)], ids=["short", "mistyped", "unknown"])
def test_codes_that_lead_nowhere_say_why(meeting, code, status):
    answer = client_of().get(f"/api/v1/meetings/{meeting.pk}/documents/{code}/")
    assert answer.status_code == status
    assert answer.json()["message"]


def test_pages_that_are_not_set_yet_are_told_so_and_not_taken_for_missing(meeting, people):
    paper = services.issue(meeting_id=meeting.pk, actor=people.village_head, kinds=["attendance"])[0]
    answer = client_of(people.village_head).get(f"/api/v1/meetings/{meeting.pk}/documents/{paper.printed_code}/pdf/")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_set")


def test_bad_bodies_and_strangers_are_refused_in_the_apis_own_shape(meeting, people):
    address = f"/api/v1/meetings/{meeting.pk}/documents/"
    assert client_of().post(address, {}).status_code == 401
    assert client_of(people.resident).post(address, {}).status_code == 403
    for body in ({"kinds": ["x"]}, {"kinds": "record"}, {"kinds": ["photos"]}, {"kinds": []}):
        assert client_of(people.village_head).post(address, body).status_code == 400
    still = make.a_meeting(state="open")
    assert client_of(people.village_head).post(f"/api/v1/meetings/{still.pk}/documents/", {}).status_code == 409
    assert client_of().get(f"/api/v1/meetings/{meeting.pk}/documents/{short_code.draw()}/pdf/").status_code == 401
