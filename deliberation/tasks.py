"""Work of this room that nobody waits for: notices for followers, letters for mailboxes."""

from datetime import datetime

from django.db import transaction
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from deliberation.notices import letters, sending, spreading


@task()
def deliver() -> int:
    """Spread what waits, write the letters that are due, send them; how many went out. Twice does no harm."""
    sent = deliver_now()
    if (later := sending.next_due()) is not None:
        deliver_later(later)
    return sent


def deliver_now() -> int:
    """The same, here and now: `manage.py send_digests`."""
    spreading.spread_all()
    letters.write_due()
    return sending.send_due()


def deliver_soon() -> None:
    """After this transaction's commit: ask a worker to deliver, once however much was told in it."""
    if not any(asked is _ask for _savepoints, asked, _robust in transaction.get_connection().run_on_commit):
        transaction.on_commit(_ask, robust=True)


def deliver_later(moment: datetime) -> None:
    """Ask a worker to come back then, unless one is asked to come before."""
    asked = DBTaskResult.objects.filter(task_path=deliver.module_path, status=TaskResultStatus.READY)
    if not asked.filter(run_after__lte=moment).exists() and not asked.ready().exists():
        deliver.using(run_after=moment).enqueue()


def _ask() -> None:
    if not DBTaskResult.objects.ready().filter(task_path=deliver.module_path).exists():
        deliver.enqueue()
