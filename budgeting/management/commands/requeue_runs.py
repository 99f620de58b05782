"""`manage.py requeue_runs`: ask again for every run that waits and that no worker is going to take any more."""

from typing import Any

from django.core.management.base import BaseCommand

from budgeting.runs import queue


class Command(BaseCommand):
    """A worker that is killed in the middle leaves its task marked as running, and nobody takes that one up again."""

    help = "Queue the calculation of every run that still waits for it. Safe at any time: of several callers one calculates."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Before a worker starts; a run that another worker is at is left to it."""
        self.stdout.write(f"{queue.requeue()} runs are queued again.")
