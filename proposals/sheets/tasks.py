"""Sheets that a worker takes up."""

from uuid import UUID

from django_tasks import task

from proposals.services.sheet_work import perform_job


@task()
def perform(job_id: str) -> str:
    """Do the next step of a sheet's job; answers its status. Twice does no harm."""
    return perform_job(UUID(job_id)).status
