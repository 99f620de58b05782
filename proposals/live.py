"""The one door through which a room tells that something happened: numbered, stored, and told after the commit."""

from typing import Any
from uuid import UUID

from django.db import connection, transaction

from accounts import clock
from proposals.events import events_after, frame, last_seq
from proposals.hub import hub
from proposals.models import LiveEvent

__all__ = ["announce", "events_after", "last_seq"]

_NEXT_SEQ = """
    INSERT INTO proposals_liveroom (id, seq) VALUES (%s, 1)
    ON CONFLICT (id) DO UPDATE SET seq = proposals_liveroom.seq + 1
    RETURNING seq
"""


def announce(room_id: UUID, kind: str, facts: dict[str, Any]) -> int:
    """Store the room's next event and, on commit, tell every open page. Returns its number, from 1, without gaps.

    Call it last in a service's transaction: it holds the room's row until the commit, which keeps the numbers in the
    order of the commits, and a transaction that fails takes its number back. `facts` are ids, counts and numbers, never
    HTML; the names `seq` and `kind` are taken.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_NEXT_SEQ, [str(room_id)])
            seq: int = cursor.fetchone()[0]
        LiveEvent.objects.create(room_id=room_id, seq=seq, kind=kind, facts=facts, at=clock.now())
        text = frame({**facts, "seq": seq, "kind": kind})
        # robust: the change is committed by then, and a live layer that is away must not turn it into an error
        transaction.on_commit(lambda: hub.tell(room_id, seq, text), robust=True)
    return seq
