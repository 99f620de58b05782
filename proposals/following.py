"""How many follow a room right now, by socket and by polling: counted in memory, summed up through the live layer.

Nothing is written to the database. Every process tells the others its counts every few seconds; whoever hears its own
counts come back knows that it hears the others' too. Who polls is remembered for a minute and a half as a hash that no
other process could compare; phones behind one address with the same browser are one, so the count says "at least".
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import NamedTuple
from uuid import UUID, uuid4

#: A page that polls asks at least once a minute, also where it is slow.
POLLS_WITHIN = 90.0
#: Counts of another process that are older are not counted any more.
HEARD_WITHIN = 12.0
#: A room forgets the oldest who poll above this many: a count is not worth a process's memory.
AT_MOST = 20_000


class Followers(NamedTuple):
    """How many follow; `everywhere` is False where only this process could be asked."""

    sockets: int
    polling: int
    everywhere: bool


class Following:
    """The counts of one process, and what the others told of theirs."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.process = uuid4().hex
        self._now = now
        self._lock = threading.Lock()
        self._polls: dict[UUID, dict[int, float]] = defaultdict(dict)
        self._others: dict[str, tuple[float, Mapping[str, tuple[int, int]]]] = {}

    def polled(self, room_id: UUID, who: int) -> None:
        """Somebody asked for the room's events; `who` is a hash of this process."""
        with self._lock:
            polls = self._polls[room_id]
            polls.pop(who, None)
            polls[who] = self._now()
            if len(polls) > AT_MOST:
                del polls[next(iter(polls))]

    def polling(self, room_id: UUID) -> int:
        """How many polled this process lately."""
        with self._lock:
            return len(self._fresh(room_id))

    def told(self, sockets: Mapping[UUID, int]) -> dict[str, tuple[int, int]]:
        """What this process tells the others: `{room: (sockets, polling)}`."""
        with self._lock:
            rooms = {*sockets, *self._polls}
            counts = {str(room): (sockets.get(room, 0), len(self._fresh(room))) for room in rooms}
        return {room: both for room, both in counts.items() if any(both)}

    def heard(self, process: str, counts: Mapping[str, tuple[int, int]]) -> None:
        """Another process, or this one by way of the layer, told its counts."""
        with self._lock:
            self._others[process] = self._now(), counts
            for name in [name for name, (at, _counts) in self._others.items() if at < self._now() - HEARD_WITHIN]:
                del self._others[name]

    def of(self, room_id: UUID, sockets: int) -> Followers:
        """Everybody: `sockets` of this process, and what the others told."""
        with self._lock:
            since = self._now() - HEARD_WITHIN
            known = {name: counts for name, (at, counts) in self._others.items() if at >= since}
            others = [counts.get(str(room_id), (0, 0)) for name, counts in known.items() if name != self.process]
            polling = len(self._fresh(room_id))
        return Followers(sockets + sum(one for one, _two in others), polling + sum(two for _one, two in others), self.process in known)

    def _fresh(self, room_id: UUID) -> dict[int, float]:
        """Those who polled lately, oldest first; a room that nobody polls is forgotten."""
        polls = self._polls.get(room_id, {})
        since = self._now() - POLLS_WITHIN
        for who in list(polls):
            if polls[who] >= since:
                break
            del polls[who]
        if not polls:
            self._polls.pop(room_id, None)
        return polls
