"""Work of this room that nobody waits for."""

from uuid import UUID

from django_tasks import task

from budgeting.calculation import perform_run


@task()
def calculate(run_id: str) -> str:
    """Calculate a queued run; answers its status. Twice does no harm."""
    return perform_run(UUID(run_id)).status
