"""Runs that wait: in which place, and whether anybody seems to be working."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts import clock
from accounts.at_work import is_held
from budgeting.models import AllocationRun
from budgeting.tasks import calculate

Status = AllocationRun.Status
#: A worker looks once a second; a task that lies so long while nothing else is being done has none.
PATIENCE = timedelta(seconds=15)
#: What a worker that still lives may need for one task.
_LONGEST = timedelta(hours=1)


@dataclass(frozen=True)
class Wait:
    """Where a waiting run stands: its place in the queue from 1 (0 while it is calculated), since when, and whether nobody is working."""

    place: int
    since: datetime
    is_idle: bool

    @property
    def is_running(self) -> bool:
        """Whether it is being calculated."""
        return not self.place


def wait_of(run: AllocationRun) -> Wait | None:
    """How a run waits; None for one that waits no more. At most three questions."""
    if run.status == Status.RUNNING:
        # left by a worker that died: another takes it up within a moment
        return Wait(0, run.started_at or run.requested_at, is_idle=not is_held(run.pk))
    if run.status != Status.QUEUED:
        return None
    before = Q(requested_at__lt=run.requested_at) | Q(requested_at=run.requested_at, pk__lt=run.pk)
    ahead = AllocationRun.objects.filter(before, status__in=[Status.QUEUED, Status.RUNNING]).count()
    return Wait(ahead + 1, run.requested_at, is_idle=clock.now() - run.requested_at > PATIENCE and not _somebody_works())


def _somebody_works() -> bool:
    busy = Q(status=TaskResultStatus.RUNNING, started_at__gt=clock.now() - _LONGEST)
    return DBTaskResult.objects.filter(busy | Q(finished_at__gt=clock.now() - PATIENCE)).exists()


def requeue() -> int:
    """Ask again for every run that waits and that no worker is going to take up; answers how many. Safe at any time."""
    ready = DBTaskResult.objects.filter(task_path=calculate.module_path, status=TaskResultStatus.READY)
    asked = {task["args"][0] for task in ready.values_list("args_kwargs", flat=True)}
    waiting = AllocationRun.objects.filter(status__in=[Status.QUEUED, Status.RUNNING]).order_by("requested_at", "pk").values_list("pk", flat=True)
    again = [key for key in waiting if str(key) not in asked and not is_held(key)]
    for key in again:
        calculate.enqueue(str(key))
    return len(again)
