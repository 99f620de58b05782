"""The service's own words: every document, every question, every wrong question with its sentence."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from geo.models import Region
from proposals.models import Proposal
from tests import cast, make

pytestmark = pytest.mark.django_db
ITEMS = "/ogc/collections/proposals/items"


@pytest.fixture
def country() -> None:
    cast.build()


def ask(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def ids(said: Any) -> set[str]:
    return {feature["id"] for feature in said["features"]}


def test_the_landing_page_leads_to_every_document(client: Client, country: None) -> None:
    links = {link["rel"]: link for link in ask(client, "/ogc/")["links"]}
    assert {"self", "service-desc", "conformance", "data"} <= links.keys()
    assert any(uri.endswith("/conf/core") for uri in ask(client, links["conformance"]["href"])["conformsTo"])
    assert [one["id"] for one in ask(client, links["data"]["href"])["collections"]] == ["regions", "proposals", "works"]


def test_the_description_names_every_parameter_that_is_taken(client: Client, country: None) -> None:
    paths = ask(client, "/ogc/api")["paths"]
    for name in ("regions", "proposals", "works"):
        told = {parameter["name"] for parameter in paths[f"/collections/{name}/items"]["get"]["parameters"]}
        assert {"bbox", "datetime", "limit"} <= told
        for parameter in told - {"bbox", "datetime", "limit"}:
            assert client.get(f"/ogc/collections/{name}/items", {parameter: ""}).status_code == 200, parameter


def test_pages_follow_each_other_and_keep_their_questions(client: Client, country: None) -> None:
    made = make.proposals(12, village=cast.VILLAGE)
    make.proposals(3, village=cast.FAR_VILLAGE)
    address, seen, pages = f"{ITEMS}?region={cast.SUBDISTRICT}&limit=5", list[str](), 0
    while address:
        said = ask(client, address)
        assert said["numberMatched"] == 12
        assert said["numberReturned"] == len(said["features"])
        seen += [feature["id"] for feature in said["features"]]
        address = next((link["href"] for link in said["links"] if link["rel"] == "next"), "")
        pages += 1
    assert pages == 3
    assert sorted(seen) == sorted(str(proposal.pk) for proposal in made)


def test_a_box_asks_for_what_lies_in_it(client: Client, country: None) -> None:
    here = make.proposal(location=cast.point_in(cast.VILLAGE))
    make.proposal(location=cast.point_in(cast.NEXT_VILLAGE), village=cast.NEXT_VILLAGE)
    make.proposal(location=None)
    west, south, east, north = cast.square(cast.VILLAGE).extent
    assert ids(ask(client, f"{ITEMS}?bbox={west},{south},{east},{north}")) == {str(here.pk)}
    assert ids(ask(client, f"{ITEMS}?bbox={west},{south},0,{east},{north},9")) == {str(here.pk)}
    assert ids(ask(client, f"{ITEMS}?bbox=170,-5,-170,5")) == set()


def test_time_asks_for_when_it_was_sent_in(client: Client, country: None) -> None:
    early = make.proposal(submitted_at=datetime(2027, 1, 5, 8, tzinfo=UTC))
    late = make.proposal(submitted_at=datetime(2027, 2, 5, 8, tzinfo=UTC))
    assert ids(ask(client, f"{ITEMS}?datetime=2027-01-05")) == {str(early.pk)}
    assert ids(ask(client, f"{ITEMS}?datetime=2027-02-01T00:00:00Z/..")) == {str(late.pk)}
    assert ids(ask(client, f"{ITEMS}?datetime=../2027-02-01")) == {str(early.pk)}
    assert ids(ask(client, f"{ITEMS}?datetime=2027-01-01/2027-12-31")) == {str(early.pk), str(late.pk)}


def test_drafts_are_in_no_page_and_at_no_address(client: Client, country: None) -> None:
    draft = make.proposal(stage="draft", number=None)
    assert ids(ask(client, ITEMS)) == set()
    answer = client.get(f"{ITEMS}/{draft.pk}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_one_feature_links_back_to_its_collection(client: Client, country: None) -> None:
    proposal = make.proposal(title="Rabat beton Gang Damai")
    said = ask(client, f"{ITEMS}/{proposal.pk}")
    assert said["properties"]["title"] == "Rabat beton Gang Damai"
    assert {link["rel"] for link in said["links"]} == {"self", "collection"}
    assert ask(client, f"/ogc/collections/regions/items/{cast.VILLAGE}")["properties"]["name"] == "Kapur"


def test_regions_are_asked_for_by_level_and_parent(client: Client, country: None) -> None:
    said = ask(client, f"/ogc/collections/regions/items?level=village&parent={cast.SUBDISTRICT}")
    assert ids(said) == set(Region.objects.filter(parent=cast.SUBDISTRICT).values_list("pk", flat=True))
    assert all(feature["geometry"] is None or feature["geometry"]["type"] == "MultiPolygon" for feature in said["features"])


@pytest.mark.parametrize(
    "question",
    [
        "bbox=1,2,3", "bbox=a,b,c,d", "bbox=nan,0,1,1", "bbox=0,91,1,95", "bbox=0,5,1,-5", "bbox=200,0,210,1", "limit=0", "limit=-1", "limit=x",
        "datetime=kemarin", "datetime=2027-01-01/2026-01-01", "datetime=2027-13-01", "datetime=a/b/c", "cursor=x", "warna=merah", "stage=bulan",
        "region=99", "plan_year=x", "f=html", "bbox-crs=http://www.opengis.net/def/crs/EPSG/0/3857",
    ],
)  # fmt: skip
def test_a_wrong_question_is_answered_with_its_name(client: Client, country: None, question: str) -> None:
    answer = client.get(f"{ITEMS}?{question}")
    assert answer.status_code == 400
    assert question.split("=", maxsplit=1)[0] in answer.json()["description"]


@pytest.mark.parametrize(
    "address", ["/ogc/collections/kapal", "/ogc/collections/kapal/items", f"{ITEMS}/bukan-uuid", "/ogc/collections/regions/items/00.00"]
)
def test_what_does_not_exist_is_404_in_the_standards_shape(client: Client, country: None, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, set(answer.json())) == (404, {"code", "description"})


def test_a_limit_above_the_most_is_taken_as_the_most(client: Client, country: None) -> None:
    assert ask(client, f"{ITEMS}?limit=999999")["numberReturned"] == 0


def test_any_page_of_the_web_may_read_it_and_nobody_may_write(client: Client, country: None) -> None:
    assert client.get(ITEMS)["Access-Control-Allow-Origin"] == "*"
    assert client.post(ITEMS).status_code == 405


def test_a_page_costs_as_many_queries_for_one_as_for_many(client: Client, country: None, django_assert_max_num_queries: Any) -> None:
    make.proposals(60)
    with django_assert_max_num_queries(3):
        assert ask(client, f"{ITEMS}?limit=50")["numberReturned"] == 50


def test_a_whole_volume_keeps_its_point_so_that_gdal_does_not_cut_off_the_next_ones_fraction(client: Client, country: None) -> None:
    make.proposal()
    Proposal.objects.update(volume=120)
    page = client.get("/ogc/collections/proposals/items").content.decode()
    assert '"volume":120.0' in page
    assert '"volume":120,' not in page
