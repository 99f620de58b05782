"""The one application under a real server: pages in threads that keep their connections, streams, and the wire's edges."""

from concurrent.futures import ThreadPoolExecutor

import httpx
from django.conf import settings
from django.db import connection

from tests import cast, make
from tests.server import LiveServer

#: Clients only: PostgreSQL's own housekeepers (autovacuum) come and go in the same view.
SESSIONS = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def sessions() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(SESSIONS)
        return {pid for (pid,) in cursor.fetchall()}


def test_a_crowd_of_requests_uses_no_more_connections_than_threads(site: LiveServer) -> None:
    # Connections that threads of earlier tests left behind may close at any time: only new ones are the crowd's.
    before = sessions()
    with ThreadPoolExecutor(24) as pool:
        answers = list(pool.map(lambda _: httpx.get(f"{site.url}/readyz", timeout=60).status_code, range(96)))
    assert set(answers) == {200}
    opened = sessions() - before
    assert len(opened) <= settings.HTTP_THREADS + 1, "one a thread, and the hub's own"


def test_a_stream_arrives_whole_through_the_bridge(site: LiveServer) -> None:
    cast.build()
    made = make.proposals(300)
    with httpx.stream("GET", f"{site.url}/api/v1/proposals.csv") as answer:
        assert answer.status_code == 200
        lines = [line for line in answer.iter_lines() if line]
    assert len(lines) == len(made) + 1


def test_a_reader_who_leaves_in_the_middle_of_a_stream_costs_no_thread(site: LiveServer) -> None:
    cast.build()
    make.proposals(300)
    for _ in range(settings.HTTP_THREADS * 2):
        with httpx.stream("GET", f"{site.url}/api/v1/proposals.csv") as answer:
            next(answer.iter_raw())
    assert httpx.get(f"{site.url}/healthz", timeout=5).status_code == 200


def test_a_host_that_is_not_ours_is_refused(site: LiveServer) -> None:
    for path in ("/", "/api/v1/regions/", "/healthz"):
        assert httpx.get(site.url + path, headers={"Host": "evil.example"}).status_code == 400


def test_static_files_are_compressed_and_kept_for_ever_by_their_hash(site: LiveServer) -> None:
    page = httpx.get(f"{site.url}/")
    address = next(part.split('"')[0] for part in page.text.split('href="') if part.startswith("/static/") and ".css" in part.split('"')[0])
    answer = httpx.get(f"{site.url}{address}", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]
