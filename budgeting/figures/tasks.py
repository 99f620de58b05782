"""Counting the kabupaten's figures every morning, a portion at a time so that other work gets its turn."""

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts import clock
from budgeting.figures import keeping

#: Kabupaten counted by one job: some seconds of work.
_PORTION = 20
#: The hour of the morning at which all are counted anew.
_HOUR = 3


@task()
def count_portion() -> int:
    """Count some of what is due and ask for the rest; how many. What a dead worker left is due still. Twice does no harm."""
    # first, so that a portion that fails today is not the last one
    ask_for_count(at_once=False)
    done = keeping.count_due(_PORTION)
    if done and keeping.due().exists():
        ask_for_count()
    return done


def ask_for_count(*, at_once: bool = True) -> None:
    """Ask a worker to count, now or next morning, unless one is asked already; who is asked for the morning does not come now."""
    asked = DBTaskResult.objects.filter(task_path=count_portion.module_path, status=TaskResultStatus.READY)
    if not (asked.ready() if at_once else asked).exists():
        (count_portion if at_once else count_portion.using(run_after=clock.next_at(_HOUR))).enqueue()
