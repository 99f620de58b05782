"""Who takes large files slowly, and who asks what the whole register would have to be walked for, holds up nobody else."""

import json
import socket
import time
from functools import partial

import httpx
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from accounts.refusals import Refusal
from geo.ogc import pages
from proposals import long_answers
from proposals.long_answers import LongText
from tests import cast, make
from tests.server import LiveServer


def _sleeping_reader(site: LiveServer, path: str) -> socket.socket:
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", site.port))
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    return line


def test_readers_of_exports_who_fall_asleep_hold_up_nobody(site: LiveServer, monkeypatch) -> None:
    """The thread that writes waits for its reader: eight sleeping strangers would be eight threads, which is all there are."""
    from proposals.api.list_views import ProposalCsv

    cast.build()
    monkeypatch.setattr(ProposalCsv, "write", staticmethod(lambda _found: ("x" * 4000 for _ in range(20_000))))
    held = [_sleeping_reader(site, "/api/v1/proposals.csv") for _ in range(settings.HTTP_THREADS + 2)]
    try:
        time.sleep(2)
        assert httpx.get(f"{site.url}/healthz", timeout=5).status_code == 200
        refused = httpx.get(f"{site.url}/api/v1/proposals.csv", timeout=5)
        assert (refused.status_code, refused.json()["code"], refused.headers["Retry-After"]) == (503, "busy", "30")
    finally:
        for line in held:
            line.close()
    # who goes away gives the seat back
    deadline = time.monotonic() + 20
    while httpx.get(f"{site.url}/api/v1/proposals.geojson", timeout=5).status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.5)


@pytest.mark.django_db
def test_a_seat_is_given_back_once_whether_read_closed_or_dropped() -> None:
    seats = max(1, settings.HTTP_THREADS // 2)
    for _round in range(3):
        taken = [LongText(partial(iter, ["a", "b"])) for _ in range(seats)]
        with pytest.raises(Refusal):
            LongText(partial(iter, ["a"]))
        assert list(taken[0]) == ["a", "b"]
        for text in taken:
            text.close()
            text.close()
    dropped = [LongText(partial(iter, ["a"])) for _ in range(seats)]
    del dropped
    LongText(partial(iter, ["a"])).close()


def test_a_small_file_needs_no_seat(tmp_path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")
    with path.open("rb") as file:
        assert long_answers.seated(file, 1) is file


@pytest.mark.django_db
def test_a_large_file_gives_its_seat_back_when_it_is_closed(tmp_path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")
    for _ in range(settings.HTTP_THREADS):
        file = long_answers.seated(path.open("rb"), long_answers.FITS + 1)
        assert file.read() == b"x"
        file.close()


def test_the_database_gives_up_on_a_page_that_would_take_too_long(site: LiveServer, monkeypatch) -> None:
    """One stranger with one question that no index answers, asked by eight tabs, would stop the platform for minutes."""
    from proposals import lists

    asked = []

    def forever(_filters: object) -> object:
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            asked.append(cursor.fetchone()[0])
            cursor.execute("SET statement_timeout = 50")
            try:
                cursor.execute("SELECT pg_sleep(5)")
            finally:
                cursor.execute("RESET statement_timeout")

    cast.build()
    monkeypatch.setattr(lists, "total_of", forever)
    for address, shape in (("/api/v1/proposals/?amount_min=1", "json"), ("/usulan/?amount_min=1", "html")):
        answer = httpx.get(site.url + address, timeout=5)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "60"
        assert shape == "html" or answer.json()["code"] == "too_slow"
    assert asked == [f"{settings.STATEMENT_SECONDS}s"] * 2


@pytest.mark.django_db
def test_the_recap_of_the_whole_country_is_no_answer_to_a_stranger(people: cast.Cast) -> None:
    """Eighty thousand villages are ten seconds of a thread; the background does it for who signed in."""
    make.proposal()
    reader = Client()
    refused = reader.get("/api/v1/proposals.xlsx?kind=recap")
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_rows")
    assert reader.get(f"/api/v1/proposals.xlsx?kind=recap&region={cast.HOME}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("most", [0, 4_000])
def test_features_are_the_same_whether_they_are_few_or_many(people: cast.Cast, monkeypatch, most: int) -> None:
    """Few ones are fetched by their keys, many by a walk in the order of the keys: no reader may notice."""
    monkeypatch.setattr(pages, "SOUGHT_AT_MOST", most)
    made = {str(one.pk) for one in make.proposals(7, title="Jembatan gantung Parit Baru")}
    make.proposals(3, title="Saluran air Dusun Karya")
    address, seen = "/ogc/collections/proposals/items?q=gantung&limit=3", list[str]()
    while address:
        said = json.loads(Client().get(address).content)
        seen += [feature["id"] for feature in said["features"]]
        address = next((link["href"] for link in said["links"] if link["rel"] == "next"), "")
    assert seen == sorted(made)


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["'", "| ", "-", '""'])
@pytest.mark.parametrize(
    "address", ["/peta/", "/usulan/", "/api/v1/map/14/13172/8194.json", "/api/v1/map/4/12/8.json", "/ogc/collections/proposals/items"]
)
def test_a_search_for_signs_alone_finds_nothing_and_breaks_nothing(people: cast.Cast, address: str, words: str) -> None:
    make.proposal()
    answer = Client().get(address, {"q": words})
    assert answer.status_code == 200
