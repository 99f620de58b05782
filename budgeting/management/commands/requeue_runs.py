"""`manage.py requeue_runs`: ask again for every run that waits and that no worker is going to take any more."""

from typing import Any

from django.core.management.base import BaseCommand
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from budgeting.models import AllocationRun
from budgeting.tasks import calculate


class Command(BaseCommand):
    """A worker that is killed in the middle leaves its task marked as running, and nobody takes that one up again."""

    help = "Queue the calculation of every run that still waits for it. Safe at any time: of several callers one calculates."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Before a worker starts; a run that another worker is at is left to it by its row lock."""
        ready = DBTaskResult.objects.filter(task_path=calculate.module_path, status=TaskResultStatus.READY)
        asked = {task["args"][0] for task in ready.values_list("args_kwargs", flat=True)}
        waiting = AllocationRun.objects.filter(status=AllocationRun.Status.QUEUED).order_by("requested_at", "pk").values_list("pk", flat=True)
        again = [str(key) for key in waiting if str(key) not in asked]
        for key in again:
            calculate.enqueue(key)
        self.stdout.write(f"{len(again)} runs are queued again.")
