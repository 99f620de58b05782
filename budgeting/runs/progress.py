"""Telling how far a calculation is. It holds no transaction open, so its own connection is enough and everybody sees it at once."""

import time
from uuid import UUID

from budgeting.models import AllocationRun

EVERY_SECONDS = 0.5
Step = AllocationRun.Step


class Progress:
    """`progress(done)`: the rule has decided, and so many lines are explained. A new step is written down at once, lines at most twice a second."""

    def __init__(self, run_id: UUID) -> None:
        self._run_id = run_id
        self._step = Step.RULE
        self._told = 0.0

    def __call__(self, done: int) -> None:
        """The second step; what is told first is that it has begun."""
        self._tell(Step.REASONS, done)

    def writing(self, done: int) -> None:
        """The last step: everything is decided and explained."""
        self._tell(Step.WRITING, done)

    def _tell(self, step: Step, done: int) -> None:
        """A run that was put away meanwhile is left alone."""
        now = time.monotonic()
        if step == self._step and now - self._told < EVERY_SECONDS:
            return
        self._step, self._told = step, now
        AllocationRun.objects.filter(pk=self._run_id, status=AllocationRun.Status.RUNNING).update(step=step, done=done)
