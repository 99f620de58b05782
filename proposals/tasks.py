"""Work of this room that nobody waits for. Everything stays right without a worker; only slower."""

from django.db import transaction
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from proposals import tallies


@task()
def fold_tallies() -> bool:
    """Fold the pending changes; False where another process was at it."""
    return tallies.fold()


def fold_when_many() -> None:
    """After this transaction's commit: ask a worker to fold, where many changes wait and nobody was asked yet."""
    if not any(asked is _ask_for_a_fold for _savepoints, asked, _robust in transaction.get_connection().run_on_commit):
        transaction.on_commit(_ask_for_a_fold, robust=True)


def _ask_for_a_fold() -> None:
    if tallies.pending() <= tallies.FOLD_FROM:
        return
    asked = DBTaskResult.objects.filter(task_path=fold_tallies.module_path, status=TaskResultStatus.READY)
    if not asked.exists():
        fold_tallies.enqueue()
