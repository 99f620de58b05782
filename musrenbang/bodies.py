"""A request goes to a thread once its body is here whole: threads are few, phones are slow, and half a form is no form.

The bridge to Django would hold a thread while it waits for a body, and would hand over what came before a connection broke
as if that were all. Here the event loop waits instead, for any number of connections, and a body that does not come whole
reaches nobody.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings

from accounts.api.parsers import TooLarge
from accounts.refusals import Refusal
from proposals.services import papers

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
#: Where files are sent to, each under its own hash.
_A_FILE = re.compile(r"/api/v1/proposals/[0-9a-f-]{36}/attachments/[^/]+/")


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
        if (refusal := refused_size(scope, announced)) is not None:
            return await _refuse(send, refusal.status, refusal.code, str(refusal.message), listening=_heard_out(receive))
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


def refused_size(scope: Scope, announced: int) -> Refusal | None:
    """The refusal of a file that is too large for its kind, told before any of it is read: its address says what it is."""
    if not _A_FILE.fullmatch(scope["path"]):
        return None
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return papers.too_large(announced, asked.get("kind", ["photo"])[0])


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


async def _heard_out(receive: Receive) -> None:
    """Let a sender who listens only afterwards finish, for a while; what comes is thrown away."""
    with suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(PATIENCE):
            async for _piece in _pieces(receive):
                pass


async def _refuse(send: Send, status: int, code: str, message: str, *, listening: Awaitable[None] | None = None) -> None:
    """In the API's shape, whoever asks; the body is not read, or heard out after the answer was given."""
    body = json.dumps({"code": code, "message": message}, ensure_ascii=False).encode()
    policy = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
    headers = [(b"content-type", b"application/json"), (b"x-content-type-options", b"nosniff"), (b"content-length", str(len(body)).encode())]
    headers += [(b"connection", b"close"), policy]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": listening is not None})
    if listening is not None:
        await listening
        await send({"type": "http.response.body", "body": b""})
