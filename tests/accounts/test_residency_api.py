"""Claiming a residence and deciding about it over HTTP."""

import json

import pytest

from accounts import scope
from accounts.models import Residency
from tests import cast

pytestmark = pytest.mark.django_db
CLAIMS = "/api/v1/residencies/"


def post(client, address: str, **body):
    return client.post(address, json.dumps(body), content_type="application/json")


def test_a_citizen_claims_her_village_and_its_facilitator_confirms_it(client, people):
    client.force_login(people.planner)
    for _ in range(2):
        assert post(client, CLAIMS, village=cast.VILLAGE, hint="RT 03").json()["status"] == "pending"
    client.force_login(people.facilitator)
    waiting = client.get(CLAIMS, {"village": cast.VILLAGE}).json()
    assert [(claim["user_name"], claim["hint"]) for claim in waiting] == [("Newcomer", ""), ("Planner", "RT 03")]
    decision = f"{CLAIMS}{waiting[1]['id']}/decision/"
    assert post(client, decision, confirm=True).json()["status"] == "confirmed"
    assert post(client, decision, confirm=True).status_code == 409
    assert scope.residence_of(people.planner) == cast.VILLAGE


def test_claims_name_people_so_only_who_decides_sees_them(client, people):
    seen = set()
    for name, person in people.people().items():
        client.logout()
        if name != "stranger":
            client.force_login(person)
        response = client.get(CLAIMS, {"village": cast.VILLAGE})
        if response.status_code == 200:
            seen.add(name)
        else:
            assert response.status_code == (401 if name == "stranger" else 403), name
    assert seen == {"facilitator", "village_head"}


@pytest.mark.parametrize("village", ["", "61", "x", "61.12.01.2001\x00", "99.99.99.9999"])
def test_a_village_that_is_none_shows_nothing_and_takes_nobody(client, people, village):
    client.force_login(people.facilitator)
    assert client.get(CLAIMS, {"village": village}).status_code == 403
    assert post(client, CLAIMS, village=village).status_code == 400


def test_bad_decisions_are_refused_by_field_and_unknown_claims_are_404(client, people):
    claim = Residency.objects.get(user=people.newcomer)
    client.force_login(people.facilitator)
    decision = f"{CLAIMS}{claim.pk}/decision/"
    for body, field in (
        ({}, "confirm"),
        ({"confirm": "maybe"}, "confirm"),
        ({"confirm": False}, "reason"),
        ({"confirm": False, "reason": "x\x00"}, "reason"),
    ):
        response = post(client, decision, **body)
        assert response.status_code == 400
        assert list(response.json()["fields"]) == [field]
    for key in ("0", "999999999999999999", "9" * 30, "x"):
        assert post(client, f"{CLAIMS}{key}/decision/", confirm=True).status_code == 404


def test_one_moves_away_by_ones_own_word(client, people):
    claim = Residency.objects.get(user=people.resident)
    client.force_login(people.neighbour)
    assert post(client, f"{CLAIMS}{claim.pk}/end/").status_code == 403
    client.force_login(people.resident)
    assert post(client, f"{CLAIMS}{claim.pk}/end/").json()["status"] == "ended"
