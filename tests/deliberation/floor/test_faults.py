"""Faults in mid-meeting: what was acknowledged is there, every page that comes back with `after` hears all of it, once."""

import asyncio
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection
from knox.models import get_token_model
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from deliberation.models import Said
from proposals.hub import FRAMES_WAITING, hub
from tests import cast
from tests.deliberation.floor.room import Room, in_session
from tests.ground.test_redis import Redis

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="no redis-server on this machine: script/test installs it"),
]
#: Seconds that a slow machine may take to start a server; a quick one takes two.
PATIENCE = 180
GONE = (OSError, http.client.HTTPException, TimeoutError)


@pytest.fixture
def room() -> Room:
    return in_session(cast.build())


class Server:
    """The application in a process of its own, on the test's database, that can be killed and started again."""

    def __init__(self, redis: int) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        kept = connection.settings_dict
        address = f"postgis://{kept['USER']}:{kept['PASSWORD']}@{kept['HOST'].replace('/', '%2F')}:{kept['PORT']}/{kept['NAME']}"
        self._environment = {**os.environ, "DATABASE_URL": address, "REDIS_URL": f"redis://127.0.0.1:{redis}/0", "THROTTLE_WRITE": "100000/min"}
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "uvicorn", "musrenbang.asgi:application", "--port", str(self.port), "--log-level", "critical"]
        self.process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=self._environment)
        for _ in range(PATIENCE * 10):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise TimeoutError

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    server = Redis(tmp_path)
    yield server
    server.kill()


@pytest.fixture
def server(redis: Redis, room: Room) -> Iterator[Server]:
    made = Server(redis.port)
    yield made
    made.process.terminate()
    made.process.wait(PATIENCE)


def say(server: Server, room: Room, token: str, key: str) -> int:
    """One statement of the hall; the status."""
    asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    body = json.dumps({"id": key, "body": f"Kata {key}", "hall": {"name": "Bu Halimah"}})
    asked.request(
        "POST", f"/api/v1/meetings/{room.meeting.pk}/statements/", body, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    )
    answer = asked.getresponse()
    answer.read()
    return answer.status


def say_until_told(server: Server, room: Room, token: str, key: str) -> None:
    """As a page does on a bad line: the same words under the same key again, until the server has answered."""
    for _ in range(PATIENCE * 10):
        try:
            if say(server, room, token, key) in (200, 201):
                return
        except GONE:
            pass
        time.sleep(0.1)
    raise TimeoutError


async def follow(server: Server, room: Room, until: int, heard: list[int]) -> None:
    """A page that comes back with `after` whenever its line drops."""
    while not heard or heard[-1] < until:
        try:
            async with connect(f"ws://127.0.0.1:{server.port}/ws/meetings/{room.meeting.pk}/?after={heard[-1] if heard else 0}") as line:
                while not heard or heard[-1] < until:
                    heard.append(json.loads(await asyncio.wait_for(line.recv(), 60))["seq"])
        except (*GONE, ConnectionClosed, InvalidStatus):
            await asyncio.sleep(0.1)


def token_of(room: Room) -> str:
    return get_token_model().objects.create(room.clerk)[1]


@pytest.mark.parametrize("fault", ["the server is killed", "redis is killed"])
async def test_a_restart_in_mid_meeting_costs_nobody_a_statement(server: Server, redis: Redis, room: Room, fault: str):
    token = await sync_to_async(token_of)(room)
    keys = [str(uuid.uuid4()) for _ in range(24)]
    pages: list[list[int]] = [[] for _ in range(8)]
    following = [asyncio.create_task(follow(server, room, len(keys), heard)) for heard in pages]

    async def speak() -> None:
        for key in keys:
            await asyncio.to_thread(say_until_told, server, room, token, key)

    async def break_and_mend() -> None:
        for _ in range(3000):
            if len(pages[0]) >= 6:
                break
            await asyncio.sleep(0.02)
        broken = server if fault == "the server is killed" else redis
        await asyncio.to_thread(broken.kill)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(broken.start)

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(speak(), break_and_mend(), *following)
    assert [heard == list(range(1, len(keys) + 1)) for heard in pages] == [True] * len(pages), pages
    kept = await sync_to_async(lambda: sorted(str(key) for key in Said.objects.values_list("pk", flat=True)))()
    assert kept == sorted(keys), "each statement once, none lost"


async def test_without_redis_the_meeting_goes_on_and_the_page_says_whom_it_counts(server: Server, redis: Redis, room: Room):
    token = await sync_to_async(token_of)(room)

    def asked(path: str) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read().decode()

    heard: list[int] = []
    page = asyncio.create_task(follow(server, room, 3, heard))
    assert await asyncio.to_thread(say, server, room, token, str(uuid.uuid4())) == 201
    await asyncio.to_thread(redis.kill)
    for _ in range(2):
        assert await asyncio.to_thread(say, server, room, token, str(uuid.uuid4())) == 201
    async with asyncio.timeout(PATIENCE):
        await page
    assert heard == [1, 2, 3]
    status, events = await asyncio.to_thread(asked, f"/api/v1/meetings/{room.meeting.pk}/events/?after=1")
    assert (status, [event["seq"] for event in json.loads(events)["events"]]) == (200, [2, 3])
    for _ in range(60):
        status, state = await asyncio.to_thread(asked, f"/api/v1/meetings/{room.meeting.pk}/room/")
        if json.loads(state)["following"]["servers"] == "one":
            break
        await asyncio.sleep(0.5)
    assert (status, json.loads(state)["following"]["servers"]) == (200, "one")
    status, text = await asyncio.to_thread(asked, f"/rapat/{room.meeting.pk}/")
    assert (status, "dihitung di server ini" in text) == (200, True)


async def test_a_socket_that_never_reads_holds_no_other_page_of_the_meeting_up(site, room: Room):
    from proposals import live

    announce = sync_to_async(live.announce)
    address = f"{site.ws}/ws/meetings/{room.meeting.pk}/"
    deaf = await connect(address, max_queue=1, compression=None)
    async with connect(address, compression=None) as awake:
        await asyncio.sleep(0.1)
        for number in range(1, FRAMES_WAITING + 120):
            await announce(room.meeting.pk, "statement", {"wide": "x" * 60_000})
            assert json.loads(await asyncio.wait_for(awake.recv(), 30))["seq"] == number
        assert hub.followers(room.meeting.pk).sockets == 1
    deaf.transport.abort()


async def test_a_meeting_that_does_not_exist_has_no_room(site):
    with pytest.raises(InvalidStatus):
        await connect(f"{site.ws}/ws/meetings/{uuid.uuid4()}/")
