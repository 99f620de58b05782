"""3,000 open pages in one meeting's room, on one process: an event to the last of them, and a burst of 200 statements.

Beside a bare hub (`benchmarks.live.bare`): a loop that sends to a set of sockets. The meeting lives in a database of its own,
made for the run and dropped after it; statements are written by the note-taker over HTTP, as in a meeting. Every page must
hear every number once and in order.
"""

import os

os.environ["TEST_DATABASE"] = "bench_room"

from benchmarks.floor import set_up, tell

set_up()

import asyncio  # noqa: E402
import http.client  # noqa: E402
import json  # noqa: E402
import multiprocessing  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
import uuid  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from statistics import median  # noqa: E402
from threading import Thread  # noqa: E402

from django.db import connection  # noqa: E402
from websockets.asyncio.client import ClientConnection, connect  # noqa: E402

from benchmarks.live import EVENTS, serve, wait_for  # noqa: E402

STATEMENTS, WRITERS = 200, 4


@contextmanager
def meeting_in_session(count: int) -> Iterator[tuple[list[str], str]]:
    """So many meetings in session in a database of their own; their ids, and the token of who writes for the hall."""
    from knox.models import get_token_model

    from tests import cast
    from tests.deliberation.floor.room import in_session

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        people = cast.build()
        rooms = [in_session(people) for _ in range(count)]
        token = get_token_model().objects.create(people.village_head)[1]
        connection.close()
        os.environ["DATABASE_URL"] = _address_of(name)
        os.environ["THROTTLE_WRITE"] = os.environ["THROTTLE_USER"] = "1000000/min"
        yield [str(room.meeting.pk) for room in rooms], token
    finally:
        _end_others(name)
        connection.creation.destroy_test_db("bench", verbosity=0)


def _address_of(name: str) -> str:
    parts = connection.settings_dict
    return f"postgis://{parts['USER']}:{parts['PASSWORD']}@{parts['HOST'].replace('/', '%2F')}:{parts['PORT']}/{name}"


def _end_others(name: str) -> None:
    """The server's threads keep their connections for good, and a database in use cannot be dropped."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()", [name])


@contextmanager
def serving(application: str) -> Iterator[int]:
    """A fresh server process; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(application, port))
    process.start()
    try:
        yield port
    finally:
        process.terminate()
        process.join()


async def pages(port: int, count: int, path: str) -> list[ClientConnection]:
    """So many sockets, opened a hundred at a time."""
    await wait_for(port)
    opened: list[ClientConnection] = []
    while len(opened) < count:
        address = f"ws://127.0.0.1:{port}{path}"
        opened += await asyncio.gather(*(connect(address, compression=None, ping_interval=None, open_timeout=120, max_queue=512) for _ in range(100)))
    return opened


async def last_to_hear(port: int, count: int, path: str, speak: Callable[[ClientConnection, int], object]) -> float:
    """Median seconds from one event to the last of the pages."""
    opened, taken = await pages(port, count, path), []
    speaker = await connect(f"ws://127.0.0.1:{port}/announce/", compression=None)
    for number in range(EVENTS):
        begun = time.perf_counter()
        await speak(speaker, number)  # type: ignore[misc]
        await asyncio.gather(*(one.recv() for one in opened))
        taken.append(time.perf_counter() - begun)
    await asyncio.gather(*(one.close() for one in [*opened, speaker]))
    return median(taken)


async def burst(port: int, count: int, path: str, send: Callable[[int], None]) -> tuple[float, list[list[int]]]:
    """Seconds until every page heard all statements, and the numbers that each heard, in the order of hearing."""
    opened = await pages(port, count, path)

    async def hear(one: ClientConnection) -> list[int]:
        return [json.loads(await asyncio.wait_for(one.recv(), 300))["seq"] for _ in range(STATEMENTS)]

    begun = time.perf_counter()
    threads = [Thread(target=send, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    heard = await asyncio.gather(*(hear(one) for one in opened))
    taken = time.perf_counter() - begun
    await asyncio.gather(*(one.close() for one in opened))
    return taken, heard


def writer(port: int, meeting: str, token: str) -> Callable[[int], None]:
    """Writes a share of the statements over HTTP, one after the other; every answer must be 201."""

    def write(number: int) -> None:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        for turn in range(STATEMENTS // WRITERS):
            body = json.dumps({"id": str(uuid.uuid4()), "body": f"Kata {number}-{turn}", "hall": {"name": "Bu Halimah"}})
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            asked.request("POST", f"/api/v1/meetings/{meeting}/statements/", body, headers)
            answer = asked.getresponse()
            answer.read()
            if answer.status != 201:
                message = f"a statement was answered {answer.status}"
                raise RuntimeError(message)

    return write


def announced(meeting: str) -> Callable[[ClientConnection, int], object]:
    """One event told in the server's process, without a write: the delivery alone."""
    return lambda speaker, _number: speaker.send(meeting)


async def bare_burst(port: int, count: int) -> float:
    """Seconds in which a bare hub hands as many messages to as many sockets."""
    opened = await pages(port, count, "/")

    async def hear(one: ClientConnection) -> None:
        for _ in range(STATEMENTS):
            await asyncio.wait_for(one.recv(), 300)

    begun = time.perf_counter()
    hearing = asyncio.gather(*(hear(one) for one in opened))
    for number in range(STATEMENTS):
        await opened[0].send(
            json.dumps({"seq": number, "kind": "statement", "id": str(uuid.uuid4()), "item": 1, "type": "statement", "answers": None})
        )
    await hearing
    taken = time.perf_counter() - begun
    await asyncio.gather(*(one.close() for one in opened))
    return taken


def measure(count: int) -> None:
    """All three, each in a server of its own."""
    with meeting_in_session(2) as ((quiet, full), token):
        with serving("told") as port:
            ours = asyncio.run(last_to_hear(port, count, f"/ws/meetings/{quiet}/", announced(quiet)))
        with serving("bare") as port:
            floor = asyncio.run(last_to_hear(port, count, "/", lambda speaker, number: speaker.send(f'{{"seq":{number},"kind":"support"}}')))
        tell(f"one event to {count:,} pages, the last one", ours, floor, "a bare hub")
        with serving("told") as port:
            taken, heard = asyncio.run(burst(port, count, f"/ws/meetings/{full}/?after=0", writer(port, full, token)))
        wrong = sum(numbers != list(range(1, STATEMENTS + 1)) for numbers in heard)
        print(f"  pages with a number missing, twice or out of order: {wrong} of {len(heard):,}", flush=True)
        with serving("bare") as port:
            floor = asyncio.run(bare_burst(port, count))
        tell(f"{STATEMENTS} statements to {count:,} pages", taken, floor, "a bare hub that writes nothing")
        if wrong:
            raise SystemExit(1)


if __name__ == "__main__":
    for wanted in [int(word) for word in sys.argv[1:]] or [3000]:
        measure(wanted)
