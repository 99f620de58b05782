"""Answers that are longer than the server's queue: how many may be written at the same time.

The thread that writes an answer waits for its reader once the queue is full (musrenbang/asgi.py), and threads are few. So a
few readers of exports or of large papers, slow or asleep, would hold every page; half of the threads is always left for these.
"""

from collections.abc import Callable, Iterable, Iterator
from threading import BoundedSemaphore
from typing import IO, Any, cast

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from accounts.refusals import Refusal

#: What fits into the server's queue waits there, not in a thread.
FITS = 1024 * 1024
_SEATS = BoundedSemaphore(max(1, settings.HTTP_THREADS // 2))
_WAIT_SECONDS = 30


class _Seat:
    """One of the seats, taken when made and given back once. Refusal (503) where none is free."""

    def __init__(self) -> None:
        self._taken = _SEATS.acquire(blocking=False)
        if not self._taken:
            sentence = _("Many people are taking large files right now. Try again in half a minute.")
            raise Refusal(sentence, code="busy", status=503, retry_after=_WAIT_SECONDS)

    def leave(self) -> None:
        """Give the seat back; again it does nothing."""
        if self._taken:
            self._taken = False
            _SEATS.release()

    def __del__(self) -> None:
        """An answer that nobody began to read is thrown away without being closed."""
        if getattr(self, "_taken", False):
            self.leave()


class LongText:
    """The pieces of a streamed text with a seat of their own, and with the time that a query over the whole register takes."""

    def __init__(self, pieces: Callable[[], Iterable[str]]) -> None:
        self._seat = _Seat()
        self._pieces = _unhurried(pieces)

    def __iter__(self) -> Iterator[str]:
        return self._pieces

    def close(self) -> None:
        """The reader has all of it, or has gone."""
        try:
            cast("Any", self._pieces).close()
        finally:
            self._seat.leave()


def _unhurried(pieces: Callable[[], Iterable[str]]) -> Iterator[str]:
    """The pieces, with more time for the database than a page has."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = %s", [settings.EXPORT_SECONDS * 1000])
    try:
        yield from pieces()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")


class _Seated:
    """A file that gives its seat back when it is closed."""

    def __init__(self, file: Any) -> None:
        self._file, self._seat = file, _Seat()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def close(self) -> None:
        try:
            self._file.close()
        finally:
            self._seat.leave()


def seated(file: IO[bytes], size: int) -> IO[bytes]:
    """The file as it is where it fits into the queue, else with a seat. Refusal (503) where none is free; the file is closed then."""
    if size <= FITS:
        return file
    try:
        return cast("IO[bytes]", _Seated(file))
    except Refusal:
        file.close()
        raise
