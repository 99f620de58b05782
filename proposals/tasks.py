"""Work of this room that nobody waits for. Everything stays right without a worker; only slower."""

from collections.abc import Iterable
from itertools import islice
from uuid import UUID

from django.db import transaction
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from proposals import tallies
from proposals.search import vocabulary
from proposals.similar import pairing

#: Proposals that one task looks at: some seconds of work.
_PAIRS_AT_ONCE = 500


@task()
def fold_tallies() -> bool:
    """Fold the pending changes and read the texts that wait for it; False where another process was at it."""
    vocabulary.read_waiting()
    return tallies.fold()


def fold_when_many() -> None:
    """After this transaction's commit: ask a worker to fold, where many changes wait and nobody was asked yet."""
    if not any(asked is _ask_for_a_fold for _savepoints, asked, _robust in transaction.get_connection().run_on_commit):
        transaction.on_commit(_ask_for_a_fold, robust=True)


def _ask_for_a_fold() -> None:
    if tallies.pending() <= tallies.FOLD_FROM and vocabulary.waiting() <= vocabulary.READ_FROM:
        return
    asked = DBTaskResult.objects.filter(task_path=fold_tallies.module_path, status=TaskResultStatus.READY)
    if not asked.exists():
        fold_tallies.enqueue()


@task()
def find_pairs(ids: list[str]) -> int:
    """Look for what is like these proposals; the number of pairs found."""
    return pairing.find_pairs(UUID(key) for key in ids)


def look_for_pairs(ids: Iterable[UUID]) -> None:
    """Ask a worker, in this transaction, to look for what is like these; call it when they were sent in, or changed."""
    rest = iter(ids)
    while keys := [str(key) for key in islice(rest, _PAIRS_AT_ONCE)]:
        find_pairs.enqueue(keys)
