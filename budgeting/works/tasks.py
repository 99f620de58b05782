"""Work on works that nobody waits for: the daily look at late and silent ones, sheets of reports."""

from uuid import UUID

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from budgeting.works import sheet_work, watching


@task()
def look() -> int:
    """Tell of what became late or silent, and come back the next morning; how many were told. Twice does no harm."""
    told = watching.watch()
    look_tomorrow()
    return told


def look_tomorrow() -> None:
    """Ask a worker to look again in the morning, unless one is asked already."""
    if not DBTaskResult.objects.filter(task_path=look.module_path, status=TaskResultStatus.READY).exists():
        look.using(run_after=watching.next_morning()).enqueue()


@task()
def read_sheet(sheet_id: str) -> str:
    """Check or write a sheet of reports; answers its status. Twice does no harm."""
    return sheet_work.perform_sheet(UUID(sheet_id)).status
