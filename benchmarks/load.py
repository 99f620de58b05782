"""A server in a process of its own, and clients that ask it as fast as it answers."""

import http.client
import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import uvicorn


def _serve(make: Callable[[], object], port: int) -> None:
    uvicorn.run(make(), host="127.0.0.1", port=port, log_level="critical", ws_ping_interval=None)


@contextmanager
def serving(make: Callable[[], object]) -> Iterator[int]:
    """Serve the ASGI application that `make` returns, in a fresh process; gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(make, port), daemon=True)
    process.start()
    while process.is_alive():
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    try:
        yield port
    finally:
        process.terminate()
        process.join()


def answers_per_second(port: int, path: str, *, clients: int = 8, lasting: float = 4.0, method: str = "GET") -> float:
    """How many answers so many clients get in a second, each on a kept connection; an answer of 400 or more is an error."""

    def client(number: int) -> int:
        connection, count, end = http.client.HTTPConnection("127.0.0.1", port), 0, time.monotonic() + lasting
        while time.monotonic() < end:
            connection.request(method, path.format(client=number, turn=count))
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 400:
                message = f"{path} answered {answer.status}"
                raise RuntimeError(message)
            count += 1
        return count

    warm(port, path.format(client=0, turn=0), method)
    with ThreadPoolExecutor(clients) as pool:
        return sum(pool.map(client, range(clients))) / lasting


def warm(port: int, path: str, method: str) -> None:
    """A few requests before the clock runs."""
    for _ in range(16):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request(method, path)
        connection.getresponse().read()
        connection.close()
