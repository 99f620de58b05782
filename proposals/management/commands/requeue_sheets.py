"""`manage.py requeue_sheets`: ask again for every sheet that waits and that no worker is going to take up any more."""

from typing import Any

from django.core.management.base import BaseCommand

from proposals.services import sheet_jobs


class Command(BaseCommand):
    """A worker that is killed in the middle leaves its job marked as running, and nobody takes that one up again."""

    help = "Queue every import and export that still waits. Safe at any time: of several workers one does it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Before a worker starts; a job that another worker is at is left to it."""
        self.stdout.write(f"{sheet_jobs.requeue()} sheets are queued again.")
