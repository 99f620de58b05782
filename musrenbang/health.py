"""Answers for machines that watch: does the process live, is it ready, and what does it measure."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

from proposals.hub import hub

#: Seconds that the live layer has to bring a message back.
LAYER_PATIENCE = 2.0


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process lives; nothing else is asked, so that a slow database never gets a good process killed."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when requests can be served; 503 says for each part whether it answers: `{"status", "checks": {name: sentence}}`."""
    answers = {name: check() for name, check in CHECKS.items()}
    ready = all(answer == "ok" for answer in answers.values())
    return JsonResponse({"status": "ok" if ready else "unavailable", "checks": answers}, status=200 if ready else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return "the database does not answer"
    return "ok"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "the database does not say"
    return f"{len(waiting)} migrations are not applied" if waiting else "ok"


def _live_layer() -> str:
    return "ok" if hub.answers(LAYER_PATIENCE) else "the live layer does not answer"


CHECKS: dict[str, Callable[[], str]] = {"database": _database, "migrations": _migrations, "live_layer": _live_layer}

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", ExportToDjangoView, name="metrics"),
]
