"""Programs read and write the channel, its sponsor and what it rests on."""

import uuid

import pytest
from rest_framework.test import APIClient

from proposals.stages import Stage
from tests import cast, make


@pytest.fixture
def secretary(people):
    make.cycle()
    client = APIClient()
    client.force_authenticate(people.council_secretary)
    return client


def _body(people, **changes):
    return {
        "channel": "council", "sponsor": "H. Anwar", "sponsor_reference": "Reses I", "agency": people.works_agency.pk, "village": cast.HOME,
        "plan_year": 2028, "title": "Penerangan jalan poros", **changes,
    }  # fmt: skip


def test_a_put_twice_makes_one_programme_that_tells_its_door(people, secretary):
    address = f"/api/v1/proposals/{uuid.uuid4()}/"
    answers = [secretary.put(address, _body(people), format="json") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    told = answers[1].json()
    assert (told["channel"], told["sponsor"], told["sponsor_reference"], told["agency"], told["version"]) == (
        "council",
        "H. Anwar",
        "Reses I",
        people.works_agency.pk,
        1,
    )


def test_who_may_not_write_for_the_channel_gets_the_reason(people, secretary):
    client = APIClient()
    client.force_authenticate(people.facilitator)
    answer = client.put(f"/api/v1/proposals/{uuid.uuid4()}/", _body(people), format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_a_writer")


def test_the_list_is_narrowed_by_channel_and_the_vocabulary_names_them(people, secretary):
    make.proposal()
    make.proposal(channel="council", village=cast.HOME, stage=Stage.AGENCY, sponsor="H. Anwar")
    found = APIClient().get("/api/v1/proposals/?channel=council").json()["results"]
    assert [(row["channel"], row["village"], row["sponsor"]) for row in found] == [("council", cast.HOME, "H. Anwar")]
    assert {one["code"] for one in APIClient().get("/api/v1/vocabulary/").json()["channels"]} == {"village", "council", "agency", "mandatory"}
