"""A request goes to a thread once its body is here whole: threads are few, phones are slow, and half a form is no form.

The bridge to Django would hold a thread while it waits for a body, and would hand over what came before a connection broke
as if that were all. Here the event loop waits instead, for any number of connections, and a body that does not come whole
reaches nobody.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings

from accounts.api.parsers import TooLarge

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

#: Seconds in which the next piece of a body must come.
PATIENCE = 30.0
#: Kept in memory up to here, on the disk above.
IN_MEMORY = 256 * 1024
#: Bodies on the disk at the same time; the next ones wait.
ON_DISK = 16
_PIECE = 64 * 1024


class WholeBodies:
    """The ASGI application behind which `application` sees only requests that came whole."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._large = asyncio.Semaphore(ON_DISK)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Requests without a body pass as they are; one that announces too much is refused before it is read (413)."""
        announced = _announced(scope)
        if not announced:
            return await self._application(scope, receive, send)
        if announced > settings.BODY_MAX_BYTES:
            return await _refuse(send, TooLarge.status_code, TooLarge.default_code, str(TooLarge.default_detail))
        if announced <= IN_MEMORY:
            return await self._serve(scope, receive, send)
        async with self._large:
            return await self._serve(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        with SpooledTemporaryFile(IN_MEMORY) as kept:
            try:
                async for piece in _pieces(receive):
                    kept.write(piece)
            except TimeoutError:
                return await _refuse(send, 408, "too_slow", "408 Request Timeout")
            except ConnectionError:
                return None
            kept.seek(0)
            return await self._application(scope, _again(kept, receive), send)


def _announced(scope: Scope) -> int:
    """Octets that the request says it brings; 0 where it says nothing that can be read: Django reads no such body either."""
    given = dict(scope["headers"]).get(b"content-length", b"")
    return int(given) if given.isdigit() and len(given) < 19 else 0


async def _pieces(receive: Receive) -> AsyncIterator[bytes]:
    """The body as it comes. Raises TimeoutError where it stops coming, ConnectionError where nobody sends any more."""
    more = True
    while more:
        message = await asyncio.wait_for(receive(), PATIENCE)
        if message["type"] != "http.request":
            raise ConnectionError
        yield message.get("body", b"")
        more = message.get("more_body", False)


def _again(kept: "SpooledTemporaryFile[bytes]", receive: Receive) -> Receive:
    """The kept body a piece at a time, then whatever the server says."""
    ended = False

    async def read() -> Any:
        nonlocal ended
        if ended:
            return await receive()
        piece = kept.read(_PIECE)
        ended = len(piece) < _PIECE
        return {"type": "http.request", "body": piece, "more_body": not ended}

    return read


async def _refuse(send: Send, status: int, code: str, message: str) -> None:
    """In the API's shape, whoever asks; the rest of the body is not waited for."""
    body = json.dumps({"code": code, "message": message}, ensure_ascii=False).encode()
    policy = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
    headers = [(b"content-type", b"application/json"), (b"x-content-type-options", b"nosniff"), (b"content-length", str(len(body)).encode())]
    headers += [(b"connection", b"close"), policy]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
