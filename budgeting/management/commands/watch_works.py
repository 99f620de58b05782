"""`manage.py watch_works`: tell of works that are late or silent, and take up sheets of reports that a dead worker left."""

from typing import Any

from django.core.management.base import BaseCommand

from budgeting.works import sheet_jobs, tasks, watching


class Command(BaseCommand):
    """Before a worker starts: what a stop left out is told now, and the worker is asked to look every morning."""

    help = "Tell agencies and planners of late and silent works, each once. Safe at any time."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """One look; then the worker's next."""
        told, again = watching.watch(), sheet_jobs.requeue()
        tasks.look_tomorrow()
        self.stdout.write(f"{told} works told as late or silent; {again} sheets of reports are queued again.")
