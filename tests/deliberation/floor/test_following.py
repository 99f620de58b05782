"""How many follow: counted in memory, summed up by what the processes tell each other, honest about whom it could ask."""

import asyncio
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from channels.layers import channel_layers, get_channel_layer
from channels_redis.pubsub import RedisPubSubChannelLayer

from proposals import hub
from proposals.following import HEARD_WITHIN, POLLS_WITHIN, Following
from tests.ground.test_redis import Redis
from tests.server import LiveServer

ROOM, OTHER = uuid.uuid4(), uuid.uuid4()


class Clock:
    """A clock that is turned by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_who_polls_is_one_however_often_and_is_forgotten_after_a_minute_and_a_half():
    clock = Clock()
    following = Following(clock)
    for who in (1, 1, 2):
        following.polled(ROOM, who)
    assert following.of(ROOM, 5)[:2] == (5, 2)
    clock.now += POLLS_WITHIN / 2
    following.polled(ROOM, 1)
    clock.now += POLLS_WITHIN / 2 + 1
    assert following.of(ROOM, 5)[:2] == (5, 1)
    assert following.of(OTHER, 0)[:2] == (0, 0)


def test_the_counts_of_other_processes_are_added_and_one_that_fell_silent_is_not():
    clock = Clock()
    here, there = Following(clock), Following(clock)
    there.polled(ROOM, 9)
    here.heard(there.process, there.told({ROOM: 7, OTHER: 0}))
    assert here.of(ROOM, 3) == (10, 1, False)
    clock.now += HEARD_WITHIN + 1
    assert here.of(ROOM, 3)[:2] == (3, 0)


def test_a_process_that_hears_itself_hears_the_others_too_and_counts_nothing_twice():
    here = Following(Clock())
    here.heard(here.process, here.told({ROOM: 3}))
    assert here.of(ROOM, 3) == (3, 0, True)


def test_rooms_that_nobody_follows_are_not_told():
    assert Following(Clock()).told({ROOM: 0}) == {}


@pytest.fixture
def redis(tmp_path: Path, site: LiveServer) -> Iterator[Redis]:
    """Only after the site has subscribed to its own layer, which is put back."""
    kept = get_channel_layer()
    server = Redis(tmp_path)
    channel_layers.set("default", RedisPubSubChannelLayer(hosts=[f"redis://127.0.0.1:{server.port}/0"]))
    yield server
    channel_layers.set("default", kept)
    server.kill()


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="no redis-server on this machine: script/test installs it")
async def test_two_processes_sum_up_through_redis_and_say_so_until_it_is_gone(redis: Redis, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(hub, "COUNT_EVERY", 0.1)
    monkeypatch.setattr(hub, "LOOK_EVERY", 3600)
    one, two = hub.Hub(), hub.Hub()
    one.open()
    two.open()
    try:
        await one.join(ROOM, hub.Line())
        for _ in range(2):
            await two.join(ROOM, hub.Line())
        two.following.polled(ROOM, 4)
        for _ in range(60):
            if one.followers(ROOM) == two.followers(ROOM) == (3, 1, True):
                break
            await asyncio.sleep(0.1)
        assert one.followers(ROOM) == two.followers(ROOM) == (3, 1, True)
        redis.kill()
        monkeypatch.setattr("proposals.following.HEARD_WITHIN", 0.5)
        await asyncio.sleep(0.7)
        assert one.followers(ROOM) == (1, 0, False)
    finally:
        await one.close()
        await two.close()
