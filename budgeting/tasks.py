"""Work of this room that nobody waits for."""

from datetime import timedelta
from uuid import UUID

from django_tasks import task

from accounts import clock
from accounts.at_work import is_held
from budgeting import calculation
from budgeting.models import AllocationRun

#: How long a run whose worker died stays unnoticed.
LOOK_AGAIN = timedelta(seconds=20)
#: A run over which so many workers died is not tried again: it would take every worker with it.
DEATHS_AT_MOST = 3


@task()
def calculate(run_id: str) -> str:
    """Calculate a queued run; answers its status. Twice does no harm."""
    return calculation.perform_run(UUID(run_id)).status


@task()
def look_after(run_id: str, died: int = 0) -> str:
    """See to it that a run comes to an end: take it up where nobody is at it any more, and look again as long as it waits."""
    key = UUID(run_id)
    status = AllocationRun.objects.values_list("status", flat=True).get(pk=key)
    if status not in calculation.WAITS:
        return status
    busy = is_held(key)
    died += status == AllocationRun.Status.RUNNING and not busy
    if died >= DEATHS_AT_MOST:
        calculation.fail(key, calculation.DIED, f"{died} workers ended over it")
        return str(AllocationRun.Status.FAILED)
    look_after.using(run_after=clock.now() + LOOK_AGAIN).enqueue(run_id, died)
    return status if busy else calculation.perform_run(key).status
