"""Works as files: CSV, GeoJSON and OC4IDS, with the filters of the list and in a constant number of queries."""

import csv
import json
from datetime import timedelta
from io import StringIO

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from budgeting.models import FundedWork
from budgeting.works import oc4ids, photos
from budgeting.works.oc4ids import SECTORS, STATUS
from proposals.words import Sector
from tests.budgeting.works import oc4ids_schema as standard
from tests.budgeting.works.conftest import a_work
from tests.budgeting.works.test_saying import done, say
from tests.proposals.pictures import jpeg

pytestmark = pytest.mark.django_db


def text(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.content[:300]
    return b"".join(answer.streaming_content).decode()


def package(client, query=""):
    found = json.loads(text(client, f"/api/v1/works.oc4ids.json{query}"))
    jsonschema.Draft202012Validator(standard.PACKAGE, format_checker=jsonschema.FormatChecker()).validate(found)
    return found


def test_every_state_is_a_valid_project(client, people, bridge):
    FundedWork.objects.filter(pk=bridge.pk).update(
        procurement_reference="RUP-1", provider="CV Karya", budget_document="DPA/1", planned_end=clock.today() + timedelta(days=90)
    )
    for state in ("", "under_way", "reported_done", "confirmed", "disputed"):
        a_work(people, realisation=state, sector="", agency=None, location=None)
    done(people, bridge)
    say(bridge, people.resident)
    photos.add_photo(work_id=bridge.pk, actor=people.agency_officer, content=jpeg(), moment="after")
    found = package(client)
    assert len(found["projects"]) == 6
    told = next(project for project in found["projects"] if project["title"] == bridge.title)
    assert told["status"] == "completed"
    assert told["budget"]["amount"] == {"amount": 500_000_000, "currency": "IDR"}
    assert told["contractingProcesses"][0]["summary"]["externalReference"] == "RUP-1"
    assert {party["roles"][0] for party in told["parties"]} == {"publicAuthority", "supplier"}
    assert [metric["observations"][0]["measure"] for metric in told["metrics"]] == [100, 40]
    assert any(document["documentType"] == "illustration" for document in told["documents"])


def test_a_work_and_a_region_have_a_package_of_their_own(client, people, bridge, road, settings):
    found = json.loads(text(client, f"/api/v1/works/{bridge.pk}.oc4ids.json"))
    jsonschema.Draft202012Validator(standard.PACKAGE, format_checker=jsonschema.FormatChecker()).validate(found)
    (told,) = found["projects"]
    assert told["id"] == f"{settings.OC4IDS_PREFIX}-{bridge.pk}"
    assert told["identifiers"] == [{"scheme": "ID-musrenbang-proposal", "id": bridge.proposal.number}]
    assert told["locations"][0]["address"]["countryName"] == "Indonesia"
    assert len(package(client, f"?region={bridge.region_id}")["projects"]) == 2
    assert client.get("/api/v1/works/00000000-0000-0000-0000-000000000000.oc4ids.json").status_code == 404


def test_a_package_is_read_as_it_is_sent_and_never_as_a_whole(people, monkeypatch):
    """A kabupaten has ten thousand works: what is sent first must not wait for what is read last."""
    monkeypatch.setattr(oc4ids, "_CHUNK", 2)
    for _ in range(5):
        a_work(people)
    with CaptureQueriesContext(connection) as asked:
        pieces = oc4ids.package(FundedWork.objects.for_cards().order_by("pk"), uri="https://contoh.id/a", base="https://contoh.id/")
        begun = [next(pieces) for _ in range(3)]
        until_here = len(asked)
        rest = list(pieces)
    assert len(asked) > until_here, "the next works are asked for when their turn comes"
    assert len(json.loads("".join(begun + rest))["projects"]) == 5


def test_the_code_lists_are_those_of_the_standard():
    assert set(STATUS.values()) <= set(standard.PROJECT_STATUS)
    assert set(SECTORS) == set(Sector)
    assert {code for codes in SECTORS.values() for code in codes} <= set(standard.SECTORS)


def test_a_package_without_projects_is_none(client, people):
    assert client.get("/api/v1/works.oc4ids.json").status_code == 404


def test_a_package_costs_the_same_however_many_works(client, people, django_assert_max_num_queries):
    for _ in range(8):
        a_work(people)
    with django_assert_max_num_queries(8):
        assert len(package(client, "?region=61.12&sector=road")["projects"]) == 8


def test_csv_and_geojson_have_every_work_and_no_formula(client, people, road):
    a_work(people, title="=HYPERLINK(1)", location=None)
    rows = list(csv.DictReader(StringIO(text(client, "/api/v1/works.csv").removeprefix("\ufeff"))))
    assert {row["title"] for row in rows} == {road.title, "'=HYPERLINK(1)"}
    found = json.loads(text(client, "/api/v1/works.geojson?late=1"))
    assert found["features"] == []
    places = [feature["geometry"] for feature in json.loads(text(client, "/api/v1/works.geojson"))["features"]]
    assert sorted(place is None for place in places) == [False, True]


@pytest.mark.parametrize("path", ["works.csv", "works.geojson", "works.oc4ids.json", "works/", "works.form.xlsx"])
@pytest.mark.parametrize("query", ["region=satu", "state=x", "plan_year=abc", "late=ya", "agency=0"])
def test_wrong_filters_are_refused_before_the_first_byte(client, people, path, query):
    assert client.get(f"/api/v1/{path}?{query}").status_code == 400
