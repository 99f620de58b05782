"""Telling how far a sheet is while its transaction is still open: by a connection of its own, about once a second."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

_EVERY_SECONDS = 1.0


class Progress:
    """`progress(done, total)`, as often as the work likes."""

    def __init__(self, job_id: UUID, own: BaseDatabaseWrapper, table: str) -> None:
        self._job_id = job_id
        self._table = own.ops.quote_name(table)
        self._own = own
        self._told = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Write it down, unless that was done a moment ago. A row that is locked just now is told the next time."""
        now = time.monotonic()
        if now - self._told < _EVERY_SECONDS:
            return
        self._told = now
        try:
            with self._own.cursor() as cursor:
                cursor.execute("SET lock_timeout = '200ms'")
                cursor.execute(f"UPDATE {self._table} SET done = %s, total = %s WHERE id = %s", [done, total, self._job_id])  # noqa: S608 - a model's own
        except OperationalError:
            self._own.close()


@contextmanager
def telling(job_id: UUID, table: str = "proposals_sheetjob") -> Iterator[Progress]:
    """Somebody to tell, as long as the work lasts; `table` is a model's own, with `id`, `done` and `total`."""
    own = connection.copy()
    try:
        yield Progress(job_id, own, table)
    finally:
        own.close()
