"""The floors: a bare Django view that runs the same statements, and the statements alone."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from benchmarks.floor import seconds, tell

#: What the bare view runs; a measurement fills it with the statements of the address that it measures.
STATEMENTS: list[str] = []
#: These belong to the measurement's own frame.
FRAME = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET CONSTRAINTS")


def run_statements() -> list[Any]:
    """The statements alone, rows fetched."""
    rows: list[Any] = []
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement)
            rows += cursor.fetchall() if cursor.description else []
    return rows


def bare(_request: HttpRequest) -> JsonResponse:
    """Run them and answer with what they gave, as text."""
    return JsonResponse({"rows": [[str(value) for value in row] for row in run_statements()]})


urlpatterns = [path("bare/", bare)]


def beside_floors(
    name: str, client: Client, ask: Callable[[], Any], *, around: Callable[[Callable[[], Any]], Callable[[], Any]] = lambda work: work
) -> int:
    """Measure `ask` beside both floors; `around` takes back what a write did. Returns the number of its queries."""
    around(ask)()
    with CaptureQueriesContext(connection) as captured:
        answer = around(ask)()
    if answer is not None and answer.status_code >= 400:
        message = f"{name}: {answer.status_code} {answer.content[:300]!r}"
        raise RuntimeError(message)
    STATEMENTS[:] = [query["sql"] for query in captured if not query["sql"].startswith(FRAME)]
    measured, sql = seconds(around(ask)), seconds(around(run_statements))
    with override_settings(ROOT_URLCONF="benchmarks.bare"):
        view = seconds(around(lambda: client.get("/bare/")))
    tell(name, measured, view, "a bare view with its SQL")
    tell(f"{name}: {len(STATEMENTS)} queries", measured, sql, "its bare SQL")
    return len(STATEMENTS)
