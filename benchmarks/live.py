"""One live event to 1,000 and to 3,000 sockets of one room, beside a bare hub: a loop that sends to a set of sockets.

Both servers run under uvicorn in processes of their own, with the listeners in this one; the time runs from the write
(or the bare hub's call) to the last socket that heard it.
"""

import asyncio
import json
import multiprocessing
import socket
import sys
import time
import uuid
from statistics import median

import uvicorn
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.floor import set_up, tell

EVENTS = 7
BARE: set = set()


async def bare(scope, receive, send) -> None:
    """The floor: accept, keep, send to all what anybody says."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    BARE.add(send)
    while (message := await receive())["type"] == "websocket.receive":
        for other in list(BARE):
            await other({"type": "websocket.send", "text": message["text"]})
    BARE.discard(send)


async def told(scope, receive, send) -> None:
    """Our application, with one more address that announces what is sent to it."""
    from musrenbang.asgi import application
    from proposals.hub import hub

    if scope["type"] != "websocket" or scope["path"] != "/announce/":
        return await application(scope, receive, send)
    await receive()
    await send({"type": "websocket.accept"})
    seq = 0
    while (message := await receive())["type"] == "websocket.receive":
        room_id, seq = uuid.UUID(message["text"]), seq + 1
        await asyncio.to_thread(hub.tell, room_id, seq, json.dumps({"seq": seq, "kind": "support", "count": seq}))
    return None


def serve(application: str, port: int) -> None:
    """One server process."""
    set_up()
    if application == "told":
        from proposals import polling

        polling.may_listen = lambda _room, _user: True
    uvicorn.run(globals()[application], host="127.0.0.1", port=port, log_level="critical", ws_ping_interval=None)


async def last_to_hear(port: int, count: int, *, ours: bool) -> float:
    """Median seconds from one event to the last of `count` sockets."""
    room = uuid.uuid4()
    address = f"ws://127.0.0.1:{port}" + (f"/ws/proposals/{room}/" if ours else "/")
    sockets: list[ClientConnection] = []
    while len(sockets) < count:
        sockets += await asyncio.gather(*(connect(address, compression=None, ping_interval=None, open_timeout=60) for _ in range(100)))
    speaker = await connect(f"ws://127.0.0.1:{port}/announce/", compression=None) if ours else sockets[0]
    taken = []
    for number in range(EVENTS):
        begun = time.perf_counter()
        await speaker.send(str(room) if ours else f'{{"seq":{number},"kind":"support","count":{number}}}')
        await asyncio.gather(*(one.recv() for one in sockets))
        taken.append(time.perf_counter() - begun)
    await asyncio.gather(*(one.close() for one in [*sockets, speaker]))
    return median(taken)


async def wait_for(port: int) -> None:
    """Until the server listens."""
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        await asyncio.sleep(0.1)


def measure(application: str, count: int) -> float:
    """A fresh server process for each figure."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(application, port))
    process.start()

    async def run() -> float:
        await wait_for(port)
        return await last_to_hear(port, count, ours=application == "told")

    try:
        return asyncio.run(run())
    finally:
        process.terminate()
        process.join()


if __name__ == "__main__":
    for sockets in [int(word) for word in sys.argv[1:]] or [1000, 3000]:
        tell(f"one event to {sockets:,} sockets, the last one", measure("told", sockets), measure("bare", sockets), "a bare hub")
