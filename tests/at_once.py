"""Several hands at the same moment, each on a database connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import IntegrityError, connection

from accounts.refusals import Refusal


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Start all at the same moment; answers or refusals in their order. A deadlock or any other error fails the test."""
    gate = threading.Barrier(len(acts))

    def play(act: Callable[[], Any]) -> Any:
        try:
            gate.wait(timeout=60)
            return act()
        except (Refusal, IntegrityError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(play, acts))
