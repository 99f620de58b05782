"""Two processes' hubs and a real Redis between them, which dies and comes back."""

import asyncio
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers, get_channel_layer
from channels_redis.pubsub import RedisPubSubChannelLayer

from proposals import hub, live
from tests.server import LiveServer

pytestmark = pytest.mark.skipif(shutil.which("redis-server") is None, reason="no redis-server on this machine: script/test installs it")


class Redis:
    """A server on a free port that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.folder = folder
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)], stdout=subprocess.DEVNULL
        )
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis(tmp_path: Path, site: LiveServer) -> Iterator[Redis]:
    """Only after the site has subscribed to its own layer, which is put back."""
    kept = get_channel_layer()
    server = Redis(tmp_path)
    channel_layers.set("default", RedisPubSubChannelLayer(hosts=[f"redis://127.0.0.1:{server.port}/0"]))
    yield server
    channel_layers.set("default", kept)
    server.kill()


@pytest.fixture
async def open_hub(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[hub.Hub]:
    """A hub of its own in the test's loop; what it hears can only have come through Redis, since it never looks."""
    monkeypatch.setattr(hub, "LOOK_EVERY", 3600)
    made = hub.Hub()
    made.open()
    yield made
    await made.close()


async def next_seq(line: hub.Line, within: float = 5) -> int:
    return (await asyncio.wait_for(line.frames.get(), within))[0]


async def test_an_event_told_by_another_process_arrives_through_redis(open_hub: hub.Hub) -> None:
    room, line = uuid.uuid4(), hub.Line()
    await open_hub.join(room, line)
    assert await asyncio.to_thread(open_hub.answers)
    await asyncio.to_thread(hub.Hub().tell, room, 1, '{"seq":1}')
    assert await next_seq(line) == 1


async def test_redis_may_die_and_come_back_and_no_event_is_missing(
    open_hub: hub.Hub, redis: Redis, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    room, line = uuid.uuid4(), hub.Line()
    await open_hub.join(room, line)
    monkeypatch.setattr(live, "hub", open_hub)
    announce = sync_to_async(live.announce)
    await announce(room, "support", {"count": 1})
    assert await next_seq(line) == 1

    redis.kill()
    assert await announce(room, "support", {"count": 2}) == 2, "a layer that is away must not refuse the vote"
    assert not await asyncio.to_thread(open_hub.answers, 1)

    await asyncio.to_thread(redis.start)
    for _ in range(50):
        if await asyncio.to_thread(open_hub.answers, 1):
            break
        await asyncio.sleep(0.2)
    await announce(room, "support", {"count": 3})
    assert [await next_seq(line), await next_seq(line)] == [2, 3]
