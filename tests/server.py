"""The real server in a thread of the test's own process, so that it sees the test database."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn


@dataclass(frozen=True)
class LiveServer:
    """Where the server listens, and its loop for tests that look inside."""

    port: int
    loop: asyncio.AbstractEventLoop

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws(self) -> str:
        return f"ws://127.0.0.1:{self.port}"


@contextmanager
def serving() -> Iterator[LiveServer]:
    """Serve `musrenbang.asgi` until the block ends."""
    from musrenbang.asgi import application

    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", ws_ping_interval=None, timeout_graceful_shutdown=2))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=lambda: loop.run_until_complete(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            message = "the server ended before it listened"
            raise RuntimeError(message)
        time.sleep(0.01)
    try:
        yield LiveServer(listener.getsockname()[1], loop)
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
