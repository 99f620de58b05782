"""The private PostGIS survives what happens on real machines; steps are skipped, and their failures shown."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings

BEGIN = ". script/lib/steps.sh; . script/lib/project.sh; "
START = BEGIN + 'postgres_start >/dev/null; echo "$POSTGRES_STARTED"; cat "$PG/url"'


def shell(commands: str, var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", commands],
        cwd=settings.BASE_DIR,
        env={**os.environ, "MUSRENBANG_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def started(var: Path) -> tuple[bool, str]:
    """Start it; whether this start started it, and its address."""
    answer = shell(START, var)
    assert answer.returncode == 0, answer.stderr
    first, address = answer.stdout.splitlines()
    return first == "1", address


def ask(var: Path, statement: str) -> str:
    return shell(
        BEGIN + f'_choose_socket; "$(postgres_found)/psql" -XqtA -h "$SOCKETS" -p "$(<$PG/port)" -U pgsuper -d musrenbang -c "{statement}"', var
    ).stdout


@pytest.fixture(params=["reached by the system user", "reached by nobody else", "too deep for a socket"])
def var(request: pytest.FixtureRequest) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="musrenbang"))
    folder.chmod(0o700 if "nobody" in request.param else 0o755)
    inner = folder / ("deep" * 30 if "deep" in request.param else "var")
    inner.mkdir()
    yield inner
    shell(BEGIN + "postgres_stop", inner)
    shutil.rmtree(folder)


@pytest.mark.slow
def test_it_starts_keeps_its_data_through_a_kill_and_a_taken_port_and_two_starts_at_once(var: Path) -> None:
    assert started(var)[0]
    assert started(var)[0] is False, "a running server is left as it is"
    assert ask(var, "CREATE TABLE kept (x int); INSERT INTO kept VALUES (7); SELECT postgis_lib_version() > '3'").strip() == "t"

    data = var / "postgres" / "data"
    os.kill(int((data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    port = int((var / "postgres" / "port").read_text())
    time.sleep(0.5)
    with socket.create_server(("127.0.0.1", port)), ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: started(var), range(2)))
    assert sorted(first for first, _ in answers) == [False, True], "one of the two started it, the other found it"
    assert answers[0][1] == answers[1][1]
    assert f":{port}/" not in answers[0][1]
    assert ask(var, "SELECT x FROM kept").strip() == "7"


def test_a_step_is_skipped_while_its_key_is_the_same_and_repeated_after_a_failure(tmp_path: Path) -> None:
    steps = ". script/lib/steps.sh; step_unless_same 'count up' {key} {command}"
    count = tmp_path / "count"
    for key, command in [("a", f"tee -a {count} <<<x"), ("a", f"tee -a {count}"), ("b", "false"), ("b", "true"), ("b", "false")]:
        answer = shell(steps.format(key=key, command=command), tmp_path)
    assert answer.returncode == 0, "b succeeded before, so the last one was skipped"
    assert answer.stdout == ""


def test_a_step_that_fails_ends_the_script_and_shows_what_it_said(tmp_path: Path) -> None:
    answer = shell(". script/lib/steps.sh; said() { echo reason; false; echo not here; }; step 'doomed' said; echo 'went on'", tmp_path)
    assert answer.returncode != 0
    assert "failed" in answer.stdout
    assert answer.stderr.strip() == "reason"
    assert "went on" not in answer.stdout


def test_where_nothing_can_be_installed_the_missing_names_are_printed(tmp_path: Path) -> None:
    commands = (
        BEGIN
        + "python_found() { false; }; postgres_found() { false; }; command() { [ $2 != apt-get ]; }; apt-cache() { false; }; system_packages server"
    )
    answer = shell(commands, tmp_path, DATABASE_URL="")
    assert answer.returncode == 1
    assert "python3-venv" in answer.stderr
    assert "postgis-3" in answer.stderr


def test_the_server_says_that_its_port_is_taken_before_it_starts_anything(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        answer = shell("script/server", tmp_path, PORT=str(holder.getsockname()[1]))
    assert answer.returncode == 1
    assert "is taken" in answer.stderr
    assert not (tmp_path / "postgres").exists()


def test_the_pages_scripts_pass_their_own_tests(tmp_path: Path) -> None:
    answer = shell(BEGIN + "_npm test", tmp_path)
    assert answer.returncode == 0, answer.stdout
