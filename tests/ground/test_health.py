"""Watchers learn what is wrong, and what a bad set-up looks like before it starts."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import httpx
import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from musrenbang import checks
from proposals.hub import hub
from tests.server import LiveServer


def test_the_process_lives_without_asking_the_database(client: Client, django_assert_num_queries) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_ready_when_database_migrations_and_live_layer_answer(site: LiveServer) -> None:
    answer = httpx.get(f"{site.url}/readyz")
    assert answer.json() == {"status": "ok", "checks": {"database": "ok", "migrations": "ok", "live_layer": "ok"}}
    assert answer.status_code == 200


@pytest.mark.django_db
def test_a_missing_migration_is_said(client: Client) -> None:
    [newest] = MigrationLoader(connection).graph.leaf_nodes("deliberation")
    MigrationRecorder(connection).record_unapplied(*newest)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"].endswith("migrations are not applied")
    assert answer.json()["checks"]["database"] == "ok"


@pytest.mark.django_db
def test_a_database_that_is_away_is_a_503_that_says_so_and_no_crash(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_arguments: object) -> NoReturn:
        raise OperationalError("connection refused")

    monkeypatch.setattr("musrenbang.health.connection", SimpleNamespace(cursor=away, close=lambda: None))
    monkeypatch.setattr("musrenbang.health.MigrationExecutor", away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {
        "database": "the database does not answer",
        "migrations": "the database does not say",
        "live_layer": "ok",
    }


@pytest.mark.django_db
def test_a_live_layer_that_is_silent_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "answers", lambda _within: False)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["live_layer"] == "the live layer does not answer"


@pytest.mark.django_db
def test_prometheus_reads_the_metrics(client: Client) -> None:
    assert b"django_http_requests_before_middlewares_total" in client.get("/metrics").content


@pytest.mark.parametrize(
    ("check", "bad", "code"),
    [
        (checks.a_secret_worth_the_name, {"SECRET_KEY": "short"}, "musrenbang.E002"),
        (checks.no_debug_in_public, {"DEBUG": True, "BEHIND_TLS": True}, "musrenbang.E003"),
        (checks.own_hosts_behind_tls, {"ALLOWED_HOSTS": ["localhost"], "BEHIND_TLS": True}, "musrenbang.W001"),
        (checks.threads_for_pages, {"HTTP_THREADS": 0}, "musrenbang.E004"),
    ],
)
def test_a_bad_setting_is_named_before_the_start(settings, check, bad: dict[str, object], code: str) -> None:
    assert check() == []
    for name, value in bad.items():
        setattr(settings, name, value)
    assert [message.id for message in check()] == [code]


def test_a_second_database_driver_is_named_before_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.one_database_driver() == []
    monkeypatch.setattr(checks, "find_spec", lambda _name: object())
    assert [message.id for message in checks.one_database_driver()] == ["musrenbang.E001"]


def test_static_libraries_come_from_the_wheels_and_django_does_not_warn_of_an_old_gdal() -> None:
    answer = subprocess.run(
        [sys.executable, "manage.py", "check", "--fail-level", "WARNING"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert Path(settings.GDAL_LIBRARY_PATH).exists()
