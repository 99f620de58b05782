"""The list and its files: pages that never skip, drafts that stay private, cells that do not run."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from django.test import Client

from geo.api.pagination import CursorPages
from proposals.models import Proposal
from proposals.sheets import exports
from proposals.stages import Stage
from tests import cast, make

pytestmark = pytest.mark.usefixtures("author")
LIST = "/api/v1/proposals/"


def walk(client: Client, way: str, address: str) -> list[str]:
    found = []
    while address:
        body = client.get(address).json()
        page = [row["id"] for row in body["results"]]
        found += page if way == "next" else page[::-1]
        address = body[way]
    return found


@pytest.mark.parametrize("ordering", ["-changed", "changed", "-supports", "supports", "amount", "-amount", "number", "-number"])
def test_pages_show_every_proposal_once_forth_and_back_though_all_have_the_same_key(
    client: Client, ordering: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CursorPages, "page_size", 4)
    made = make.proposals(11) + make.proposals(2, supports=5, amount=7)
    forth = walk(client, "next", f"{LIST}?ordering={ordering}")
    assert sorted(forth) == sorted(str(proposal.pk) for proposal in made)
    last = client.get(LIST, {"ordering": ordering, "page_size": 100}).json()
    assert [row["id"] for row in last["results"]] == forth
    second = client.get(client.get(f"{LIST}?ordering={ordering}").json()["next"]).json()
    assert walk(client, "previous", second["previous"]) == forth[:4][::-1]


def test_a_proposal_that_arrives_between_two_pages_shifts_nothing(client: Client) -> None:
    made = make.proposals(30)
    first = client.get(LIST).json()
    make.proposal()
    second = client.get(first["next"]).json()
    shown = [row["id"] for row in first["results"] + second["results"]]
    assert sorted(shown) == sorted(str(proposal.pk) for proposal in made)


def test_a_page_takes_the_same_queries_however_long_it_is(client: Client, django_assert_num_queries: Callable[..., object]) -> None:
    make.proposals(1)
    with django_assert_num_queries(1):
        client.get(LIST)
    make.proposals(60, village=cast.NEXT_VILLAGE)
    with django_assert_num_queries(1):
        client.get(LIST, {"page_size": 50})


def test_a_draft_is_listed_to_its_author_alone_and_only_when_asked_for(client: Client) -> None:
    author = cast.resident_of(username="penulis")
    draft = make.proposal(stage=Stage.DRAFT, author=author, amount=None, title="Rahasia")
    make.proposal()
    client.force_login(author, "django.contrib.auth.backends.ModelBackend")
    assert [row["title"] for row in client.get(LIST, {"mine": "1", "ordering": "-amount"}).json()["results"]] == ["Rahasia"]
    for address in (LIST, "/api/v1/proposals.geojson", "/api/v1/proposals.csv"):
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        assert str(draft.pk).encode() not in content
    client.force_login(cast.person(username="lain"), "django.contrib.auth.backends.ModelBackend")
    assert client.get(LIST, {"mine": "1"}).json()["results"] == []


def test_own_proposals_need_a_sign_in(client: Client) -> None:
    assert client.get(LIST, {"mine": "1"}).status_code == 401
    assert client.get(LIST, {"mine": "all"}).json()["fields"].keys() == {"mine"}


@pytest.mark.parametrize("cursor", ["rubbish", "W10", "bnVsbA", "e30", "WzAsMSwyXQ", "%00", "WzAsIlx1MDAwMCIsIlx1MDAwMCJd", "💧"])
def test_a_cursor_that_cannot_be_read_is_400(client: Client, cursor: str) -> None:
    response = client.get(LIST, {"cursor": cursor})
    assert (response.status_code, set(response.json()["fields"])) == (400, {"cursor"})


WRONG = [("bbox", "x"), ("region", "1"), ("stage", "draft"), ("plan_year", "MMXXVIII"), ("ordering", "password")]


@pytest.mark.parametrize(
    ("address", "field", "value"),
    [(LIST, "page_size", "0"), (LIST, "page_size", "1e9"), (LIST, "page_size", "²")]
    + [(address, *wrong) for address in (LIST, "/api/v1/proposals.csv", "/api/v1/proposals.geojson") for wrong in WRONG],
)
def test_a_wrong_value_is_400_by_field(client: Client, address: str, field: str, value: str) -> None:
    response = client.get(address, {field: value})
    assert (response.status_code, set(response.json()["fields"])) == (400, {field})


def test_the_row_has_the_contracts_names(client: Client) -> None:
    make.proposal()
    [row] = client.get(LIST).json()["results"]
    assert row["location"] == {"type": "Point", "coordinates": [109.41, -0.09]}
    assert (row["village"], row["volume"], row["amount"], row["author_name"]) == (cast.VILLAGE, 500, 400_000_000, "Facilitator")


def read_csv(client: Client, **query: str) -> list[dict[str, str]]:
    content = b"".join(client.get("/api/v1/proposals.csv", query).streaming_content)  # type: ignore[attr-defined]
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("title", ["=HYPERLINK(0)", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_no_cell_of_the_csv_runs_as_a_formula(client: Client, title: str) -> None:
    make.proposal(title=title)
    [row] = read_csv(client)
    assert row["title"] == "'" + title


def test_the_csv_keeps_quotes_lines_and_whole_money(client: Client) -> None:
    make.proposal(title='Jalan "Karya", RT 03', problem="baris satu\nbaris dua", amount=10**15, volume="569.5")
    make.proposal(village=cast.FOREIGN_VILLAGE)
    [row] = read_csv(client, region=cast.HOME)
    assert (row["title"], row["problem"]) == ('Jalan "Karya", RT 03', "baris satu\nbaris dua")
    assert (row["amount"], row["volume"], row["village_name"], row["district_name"]) == ("1000000000000000", "569.5", "Kapur", "Kubu Raya")


def test_the_geojson_is_whole_and_says_where_a_position_is_missing(client: Client) -> None:
    make.proposal()
    make.proposal(village=cast.UNDRAWN_VILLAGE)
    content = b"".join(client.get("/api/v1/proposals.geojson", {"ordering": "number"}).streaming_content)  # type: ignore[attr-defined]
    first, second = json.loads(content)["features"]
    assert (first["geometry"]["coordinates"], second["geometry"]) == ([109.41, -0.09], None)
    assert first["properties"]["village"] == cast.VILLAGE


def test_a_file_is_fetched_in_chunks_by_one_query(django_assert_num_queries: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "CHUNK", 5)
    make.proposals(23)
    with django_assert_num_queries(1):
        lines = list(exports.csv(Proposal.objects.public().order_by("number")))
    assert len(lines) == 24


def test_a_file_answers_whatever_the_reader_accepts(client: Client) -> None:
    assert client.get("/api/v1/proposals.csv", headers={"accept": "text/csv"}).status_code == 200
    assert client.get("/api/v1/proposals.csv", {"bbox": "x"}, headers={"accept": "text/csv"}).status_code == 400
