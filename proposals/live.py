"""The one door through which a room tells that something happened: numbered, stored, and told after the commit."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from accounts import clock
from proposals.events import events_after, frame, last_seq
from proposals.hub import hub
from proposals.models import LiveEvent

__all__ = ["announce", "announce_each", "events_after", "last_seq"]

#: In the order of the rooms, so that two transactions which tell many rooms cannot wait for each other.
_NEXT_SEQ = """
    INSERT INTO proposals_liveroom (id, seq) SELECT id, 1 FROM unnest(%s::uuid[]) AS rooms (id) ORDER BY id
    ON CONFLICT (id) DO UPDATE SET seq = proposals_liveroom.seq + 1
    RETURNING id, seq
"""


def announce(room_id: UUID, kind: str, facts: dict[str, Any]) -> int:
    """Store the room's next event and, on commit, tell every open page. Returns its number, from 1, without gaps.

    Call it last in a service's transaction: it holds the room's row until the commit, which keeps the numbers in the
    order of the commits, and a transaction that fails takes its number back. `facts` are ids, counts and numbers, never
    HTML; the names `seq` and `kind` are taken.
    """
    return announce_each(kind, {room_id: facts})[room_id]


def announce_each(kind: str, facts_by_room: Mapping[UUID, dict[str, Any]]) -> dict[UUID, int]:
    """One event of one kind for each of many rooms, in two statements; the numbers by room. As `announce` otherwise."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_NEXT_SEQ, [[str(room_id) for room_id in facts_by_room]])
            seqs: dict[UUID, int] = dict(cursor.fetchall())
        now = clock.now()
        LiveEvent.objects.bulk_create(
            LiveEvent(room_id=room_id, seq=seqs[room_id], kind=kind, facts=facts, at=now) for room_id, facts in facts_by_room.items()
        )
        told = [(room_id, seqs[room_id], frame({**facts, "seq": seqs[room_id], "kind": kind})) for room_id, facts in facts_by_room.items()]
        # robust: the change is committed by then, and a live layer that is away must not turn it into an error
        transaction.on_commit(lambda: _tell(told), robust=True)
    return seqs


def _tell(told: Sequence[tuple[UUID, int, str]]) -> None:
    for room_id, seq, text in told:
        hub.tell(room_id, seq, text)
