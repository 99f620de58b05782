"""Telling how far a calculation is. It holds no transaction open, so its own connection is enough and everybody sees it at once."""

import time
from uuid import UUID

from budgeting.models import AllocationRun

EVERY_SECONDS = 0.5


class Progress:
    """`progress(done)`: so many lines are decided and explained. Written down at most twice a second."""

    def __init__(self, run_id: UUID) -> None:
        self._run_id = run_id
        self._told = time.monotonic()

    def __call__(self, done: int) -> None:
        """Tell it, unless that was done a moment ago; a run that was put away meanwhile is left alone."""
        now = time.monotonic()
        if now - self._told >= EVERY_SECONDS:
            self._told = now
            AllocationRun.objects.filter(pk=self._run_id, status=AllocationRun.Status.RUNNING).update(done=done)
