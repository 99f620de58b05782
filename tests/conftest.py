"""What every test may ask for: the cast, a real server on the test database, a real Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as examples

from tests import cast, emptying
from tests.server import LiveServer, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

#: What is expected of a page comes within this time on a machine that does much else; waiting costs only where it fails.
PATIENCE_MS = 20_000
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure() -> None:
    """Cheap passwords, and names of static files even where nothing was collected yet; a busy machine fails no generated case."""
    examples.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    examples.load_profile("house")
    emptying.install()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Throttles count in the cache: each test begins with a new day."""
    cache.clear()


@pytest.fixture
def people(db: None) -> cast.Cast:
    """The whole cast on its piece of country."""
    return cast.build()


@pytest.fixture(scope="session")
def _server(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[LiveServer]:
    with django_db_blocker.unblock():
        with serving() as server:
            yield server
        _end_connections_of_server_threads()


def _end_connections_of_server_threads() -> None:
    """The pool's threads keep their connections for good, and a database in use cannot be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def site(_server: LiveServer, transactional_db: None) -> LiveServer:
    """The whole application, sockets included, under uvicorn in a thread; `.url` and `.ws` are its addresses.

    Its threads see only what is committed, so the test runs without the usual surrounding transaction.
    """
    return _server


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """A real Chromium, the distribution's own."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine: script/test installs it")
    # Playwright's loop runs in this thread, which makes Django take every plain query of a test for one from async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_context(browser: "Browser", site: LiveServer) -> Iterator[Callable[..., "BrowserContext"]]:
    """Open one more window with cookies of its own: `new_context(width=360)`; `goto` takes paths."""
    opened = []

    def make(width: int = 1280, height: int = 800, **options: object) -> "BrowserContext":
        context = browser.new_context(
            base_url=site.url, viewport={"width": width, "height": height}, **{"locale": "id-ID", "timezone_id": "Asia/Pontianak", **options}
        )
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., "BrowserContext"]) -> "Page":
    """One window on a desktop."""
    return new_context().new_page()
