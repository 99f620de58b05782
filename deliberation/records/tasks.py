"""Pages that a worker sets."""

from uuid import UUID

from django_tasks import task

from deliberation.records.setting import set_pages_of


@task()
def set_pages(document_id: str) -> int:
    """Set the pages of an issued paper; answers how many. Twice does no harm."""
    return set_pages_of(UUID(document_id))
