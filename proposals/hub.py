"""One hub a process: one subscription to the channel layer, each frame encoded once, handed to the sockets of its room.

A room's sockets get its events in order and without gaps, whatever the layer loses: the hub knows the last number that it
passed on, fills a gap from the database, and compares its open rooms with the database every `LOOK_EVERY` seconds. So an
event from a process that the in-memory layer does not reach, or one told while Redis was away, arrives a little later.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID, uuid4

from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import DatabaseError, connections
from redis.exceptions import RedisError

from proposals.events import EVENTS_AT_ONCE, events_after, frame, last_seq, last_seqs
from proposals.following import Followers, Following

logger = logging.getLogger(__name__)

GROUP = "live"
LOOK_EVERY = 2.0
#: How often the processes tell each other how many follow which room.
COUNT_EVERY = 5.0
#: Frames that may wait for one socket. One that falls further behind is dropped; it comes back with `?after=`.
FRAMES_WAITING = 256
LAYER_AWAY = (OSError, RedisError, TimeoutError)

Result = TypeVar("Result")


class Line:
    """What waits to be written to one socket; `dropped` is done when the hub gave the socket up."""

    def __init__(self) -> None:
        self.frames: asyncio.Queue[tuple[int, str]] = asyncio.Queue(FRAMES_WAITING)
        self.dropped: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def put(self, seq: int, text: str) -> bool:
        """Hand one frame over; False when the socket has stopped reading."""
        if self.frames.full():
            if not self.dropped.done():
                self.dropped.set_result(None)
            return False
        self.frames.put_nowait((seq, text))
        return True


@dataclass
class Room:
    """The open sockets of one room, and how far they were told (None: not yet read)."""

    lines: set[Line] = field(default_factory=set)
    seq: int | None = None
    wanted: int = 0
    filling: bool = False

    def pass_on(self, seq: int, text: str) -> None:
        """Give one frame to every line; lines that are full are let go."""
        self.seq = seq
        self.lines -= {line for line in self.lines if not line.put(seq, text)}


class Hub:
    """The process's live room; all but `tell`, `answers` and `followers` runs in the server's event loop."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._rooms: dict[UUID, Room] = {}
        self._echoes: dict[str, asyncio.Future[None]] = {}
        self._reader: ThreadPoolExecutor | None = None
        self.following = Following()

    # --- from any thread

    def followers(self, room_id: UUID) -> Followers:
        """How many follow a room, on all processes as far as they could be asked."""
        room = self._rooms.get(room_id)
        return self.following.of(room_id, len(room.lines) if room else 0)

    def tell(self, room_id: UUID, seq: int, text: str) -> None:
        """Publish one event to the hubs of all processes. Loses nothing for good: hubs also look into the database."""
        message = {"type": "live.event", "room": str(room_id), "seq": seq, "text": text}
        # The in-memory layer's queues belong to the server's loop: a thread must never touch them itself.
        if (loop := self._loop) is not None and loop.is_running():
            asyncio.run_coroutine_threadsafe(self._publish(message), loop)
        elif not isinstance(get_channel_layer(), InMemoryChannelLayer):
            async_to_sync(self._publish)(message)

    def answers(self, within: float = 2.0) -> bool:
        """Whether a message through the layer comes back within so many seconds."""
        loop = self._loop
        if loop is None or not loop.is_running():
            return isinstance(get_channel_layer(), InMemoryChannelLayer) or async_to_sync(self._reachable)(within)
        return asyncio.run_coroutine_threadsafe(self._echo(within), loop).result(within + 1)

    # --- life

    def open(self) -> None:
        """Subscribe and begin to listen; nothing when already open in this loop."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop, self._rooms, self._echoes = loop, {}, {}
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="live")
        self._tasks = [loop.create_task(part()) for part in (self._listen, self._look, self._count)]

    async def close(self) -> None:
        """Stop listening and give the database connection back."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._reader is not None:
            await self.read(connections.close_all)
            self._reader.shutdown()
        if hasattr(layer := get_channel_layer(), "flush"):
            await layer.flush()
        self._loop, self._tasks, self._reader = None, [], None

    async def read(self, question: Callable[..., Result], *arguments: Any) -> Result:
        """Ask the database in the hub's own thread, over its one kept connection."""
        return await database_sync_to_async(question, thread_sensitive=False, executor=self._reader)(*arguments)

    async def join(self, room_id: UUID, line: Line) -> int:
        """Add a socket to its room; returns the number of the last event before it. What comes after reaches the line."""
        room = self._rooms.setdefault(room_id, Room())
        room.lines.add(line)
        # Read after the line stands in the room: an event is then either counted here or handed to the line.
        last = await self.read(last_seq, room_id)
        if room.seq is None:
            room.seq = last
            await self._fill(room_id, room)
        return last

    def leave(self, room_id: UUID, line: Line) -> None:
        """Take a socket out; an empty room is forgotten."""
        if room := self._rooms.get(room_id):
            room.lines.discard(line)
            if not room.lines:
                del self._rooms[room_id]

    # --- inside

    async def _publish(self, message: dict[str, Any]) -> None:
        try:
            await get_channel_layer().group_send(GROUP, message)
        except LAYER_AWAY as error:
            logger.warning("the live layer is away (%s); pages will hear of it by looking", error)

    async def _reachable(self, within: float) -> bool:
        try:
            await asyncio.wait_for(get_channel_layer().group_send(GROUP, {"type": "live.echo", "token": ""}), within)
        except LAYER_AWAY:
            return False
        return True

    async def _echo(self, within: float) -> bool:
        token = uuid4().hex
        self._echoes[token] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(within):
                await get_channel_layer().group_send(GROUP, {"type": "live.echo", "token": token})
                await self._echoes[token]
        except LAYER_AWAY:
            return False
        finally:
            del self._echoes[token]
        return True

    async def _listen(self) -> None:
        while True:
            try:
                layer = get_channel_layer()
                channel = await layer.new_channel()
                await layer.group_add(GROUP, channel)
                while True:
                    await self._hear(await layer.receive(channel))
            except LAYER_AWAY as error:
                logger.warning("the live layer is away (%s); subscribing again", error)
                await asyncio.sleep(1)

    async def _hear(self, message: dict[str, Any]) -> None:
        if message["type"] == "live.echo":
            if (echo := self._echoes.get(message["token"])) and not echo.done():
                echo.set_result(None)
            return
        if message["type"] == "live.count":
            self.following.heard(message["process"], message["rooms"])
            return
        room_id, seq = UUID(message["room"]), message["seq"]
        if room := self._rooms.get(room_id):
            room.wanted = max(room.wanted, seq)
            if room.seq is not None and seq == room.seq + 1 and not room.filling:
                room.pass_on(seq, message["text"])
            elif room.seq is not None and seq > room.seq:
                await self._fill(room_id, room)

    async def _fill(self, room_id: UUID, room: Room) -> None:
        """Pass on from the database what the layer did not bring."""
        if room.filling or room.seq is None:
            return
        room.filling = True
        try:
            while room.seq < room.wanted and (events := await self.read(events_after, room_id, room.seq, EVENTS_AT_ONCE)):
                for event in events:
                    room.pass_on(event["seq"], frame(event))
        except DatabaseError as error:
            logger.warning("the database did not answer the live room: %s", error)
        finally:
            room.filling = False

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                seqs = await self.read(last_seqs, list(self._rooms)) if self._rooms else {}
            except DatabaseError as error:
                logger.warning("the database did not answer the live room: %s", error)
                continue
            for room_id, seq in seqs.items():
                if room := self._rooms.get(room_id):
                    room.wanted = max(room.wanted, seq)
                    await self._fill(room_id, room)

    async def _count(self) -> None:
        """Tell the other processes how many follow here. The in-memory layer reaches none."""
        while True:
            await asyncio.sleep(COUNT_EVERY)
            if not isinstance(get_channel_layer(), InMemoryChannelLayer):
                rooms = self.following.told({room_id: len(room.lines) for room_id, room in self._rooms.items()})
                await self._publish({"type": "live.count", "process": self.following.process, "rooms": rooms})


#: The process's one hub; it opens with the server and is idle elsewhere.
hub = Hub()
