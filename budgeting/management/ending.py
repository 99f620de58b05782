"""How a command ends before its time: Ctrl-C and TERM are the same to it, and whoever started it sees a code that says so."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

#: What a shell calls a command that was interrupted.
INTERRUPTED = 130


@contextmanager
def ended_by_term() -> Iterator[None]:
    """TERM ends the command as Ctrl-C does: what it has begun is taken away. Only a program's first thread hears signals."""
    if current_thread() is not main_thread():
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
