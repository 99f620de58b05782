"""Stored live events: what the hub, the polled address and a returning socket read."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from proposals.models import LiveEvent, LiveRoom

#: How many stored events one answer carries at most; a page asks again from the last one.
EVENTS_AT_ONCE = 200


def frame(event: dict[str, Any]) -> str:
    """One event as every page receives it: `{"seq", "kind", ...facts}`."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def events_after(room_id: UUID, seq: int, limit: int = EVENTS_AT_ONCE) -> list[dict[str, Any]]:
    """The room's events numbered above `seq`, in order, at most `limit`."""
    rows = LiveEvent.objects.filter(room_id=room_id, seq__gt=seq).order_by("seq").values_list("seq", "kind", "facts")[:limit]
    return [{**facts, "seq": number, "kind": kind} for number, kind, facts in rows]


def last_seq(room_id: UUID) -> int:
    """The number of the room's last event, 0 where nothing happened yet."""
    return LiveRoom.objects.filter(pk=room_id).values_list("seq", flat=True).first() or 0


def last_seqs(room_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The same for many rooms in one query; a room where nothing happened is absent."""
    return dict(LiveRoom.objects.filter(pk__in=list(room_ids)).values_list("pk", "seq"))
