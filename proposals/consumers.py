"""Receive-only sockets: they tell what happened in one room. Whoever wants to change something does so by HTTP."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from channels.security.websocket import OriginValidator
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.http import parse_cookie
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from proposals.events import EVENTS_AT_ONCE, events_after, frame
from proposals.hub import Line, hub

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
#: Asked with the room's id and who is at the other end (a lazy object: a public room costs no look at the session).
Door = Callable[[UUID, "User | AnonymousUser"], bool]

NOT_A_NUMBER, NOT_YOURS, TOO_SLOW, TOO_TALKATIVE = 4400, 4403, 4408, 4413
#: What a client says is not heard; one that keeps talking is closed.
MESSAGES_IGNORED = 64


class KnownOrigin(OriginValidator):
    """A page of another site may not listen with its visitor's cookies. A program sends no Origin and no cookies."""

    def valid_origin(self, parsed_origin: Any) -> bool:
        """Whether to let it in; no Origin header at all is a program."""
        return parsed_origin is None or self.validate_origin(parsed_origin)


class LiveSocket:
    """The ASGI application behind `/ws/<rooms>/<uuid>/?after=SEQ`; `may_listen` is the door of that kind of room."""

    def __init__(self, may_listen: Door) -> None:
        self._may_listen = may_listen

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """One socket from its opening to its end."""
        hub.open()
        room_id: UUID = scope["url_route"]["kwargs"]["room_id"]
        await receive()
        after = _after(scope)
        if after is None:
            return await _close(send, NOT_A_NUMBER)
        if not await hub.read(self._may_listen, room_id, _listener(scope)):
            return await _close(send, NOT_YOURS)
        line = Line()
        try:
            # joined before the door opens: who is let in misses nothing that happens from then on
            last = await hub.join(room_id, line)
            await send({"type": "websocket.accept"})
            return await _keep_telling(_tell(room_id, (after, last), line, send), line, receive, send)
        finally:
            hub.leave(room_id, line)


async def _keep_telling(telling: Coroutine[Any, Any, None], line: Line, receive: Receive, send: Send) -> None:
    parts: list[asyncio.Future[Any]] = [asyncio.ensure_future(telling), asyncio.ensure_future(_hear(receive))]
    try:
        await asyncio.wait([*parts, line.dropped], return_when=asyncio.FIRST_COMPLETED)
    finally:
        for part in parts:
            part.cancel()
        ended = await asyncio.gather(*parts, return_exceptions=True)
    if ended[1] is True or line.dropped.done():
        await _close(send, TOO_SLOW if line.dropped.done() else TOO_TALKATIVE)


async def _tell(room_id: UUID, between: tuple[int, int], line: Line, send: Send) -> None:
    """Stored events `between` (after, last) first, then each one as it comes; never one twice, never one out of order."""
    after, last = between
    told = last if after < 0 else min(after, last)
    while told < last and (events := await hub.read(events_after, room_id, told, EVENTS_AT_ONCE)):
        for event in events:
            await send({"type": "websocket.send", "text": frame(event)})
            told = event["seq"]
    while True:
        seq, text = await line.frames.get()
        if seq > told:
            await send({"type": "websocket.send", "text": text})
            told = seq


async def _hear(receive: Receive) -> bool:
    """Wait for the end; True when the client talked too much instead of leaving."""
    for _ in range(MESSAGES_IGNORED):
        if (await receive())["type"] == "websocket.disconnect":
            return False
    return True


async def _close(send: Send, code: int) -> None:
    await send({"type": "websocket.close", "code": code})


def _after(scope: dict[str, Any]) -> int | None:
    """The number to go on from, -1 for "only what comes", None for what is no number."""
    given = parse_qs(scope["query_string"].decode("latin1")).get("after", ["-1"])[-1]
    return int(given) if given == "-1" or (given.isascii() and given.isdigit() and len(given) < 19) else None


def _listener(scope: dict[str, Any]) -> Any:
    """Who is at the other end, by the session's cookie; looked up only when somebody asks.

    Not by the middlewares of channels: they would look each time, and stand in the way of every frame.
    """

    def who() -> "User | AnonymousUser":
        cookies = parse_cookie(dict(scope["headers"]).get(b"cookie", b"").decode("latin1"))
        session = import_module(settings.SESSION_ENGINE).SessionStore(cookies.get(settings.SESSION_COOKIE_NAME))
        return auth.get_user(SimpleNamespace(session=session))  # type: ignore[arg-type, return-value]

    return SimpleLazyObject(who)
