"""Who is at a piece of work: an advisory lock of the worker's session, which goes with the session when the process dies."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

#: With the row's own number. Any number, as long as nothing else uses it.
_LOCKS = 7_011_234


@contextmanager
def held(row_id: UUID) -> Iterator[bool]:
    """Be the one at this row for as long as the block lasts; False where another is."""
    key = int.from_bytes(row_id.bytes[:4], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS, key])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCKS, key])


def is_held(row_id: UUID) -> bool:
    """Whether a living worker is at it just now; a row that says it is running and is not held was left by a process that died."""
    with held(row_id) as mine:
        return not mine
