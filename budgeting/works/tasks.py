"""Work on works that nobody waits for: the daily look at late and silent ones, sheets of reports."""

from uuid import UUID

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts import clock
from accounts.at_work import is_held
from budgeting.models import ProgressSheet
from budgeting.tasks import DEATHS_AT_MOST, LOOK_AGAIN
from budgeting.works import sheet_work, watching


@task()
def look() -> int:
    """Tell of what became late or silent, and come back the next morning; how many were told. Twice does no harm."""
    # first, so that a look that fails today is not the last one
    look_tomorrow()
    return watching.watch()


def look_tomorrow() -> None:
    """Ask a worker to look again in the morning, unless one is asked already."""
    if not DBTaskResult.objects.filter(task_path=look.module_path, status=TaskResultStatus.READY).exists():
        look.using(run_after=watching.next_morning()).enqueue()


@task()
def read_sheet(sheet_id: str) -> str:
    """Check or write a sheet of reports; answers its status. Twice does no harm."""
    return sheet_work.perform_sheet(UUID(sheet_id)).status


@task()
def look_after_sheet(sheet_id: str, died: int = 0) -> str:
    """See to it that a sheet comes to an end: take it up where nobody is at it any more, and look again as long as it waits."""
    key = UUID(sheet_id)
    sheet = ProgressSheet.objects.filter(pk=key).first()
    if sheet is None or not sheet.is_moving:
        return sheet.status if sheet else ""
    busy = is_held(key)
    died += sheet.status == ProgressSheet.Status.RUNNING and not busy
    if died >= DEATHS_AT_MOST:
        return sheet_work.give_up(key).status
    look_after_sheet.using(run_after=clock.now() + LOOK_AGAIN).enqueue(sheet_id, died)
    return sheet.status if busy else sheet_work.perform_sheet(key).status
