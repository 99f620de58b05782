"""Writing a step of descent, and calling those who follow it."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.module_loading import import_string

from proposals.models import Lineage, Proposal


def descend(steps: Sequence[Lineage]) -> None:
    """Keep the steps and let everything follow that hangs on the parents, in this transaction.

    Parents and children are loaded, and locked or new. Supports and comments belong to a room that this one does not know:
    settings.LINEAGE_FOLLOWERS names what is called with all steps at once (docs/decisions/0120).
    """
    Lineage.objects.bulk_create(steps)
    for name in settings.LINEAGE_FOLLOWERS:
        import_string(name)(steps)


def wait_longer(parent: Proposal, child: Proposal) -> None:
    """A proposal that takes in an older wish has waited as long as the older one. Its version stays: nobody wrote anything."""
    asked = [year for year in (parent.first_asked_year, child.first_asked_year) if year]
    if asked and min(asked) != child.first_asked_year:
        child.first_asked_year = min(asked)
        Proposal.objects.filter(pk=child.pk).update(first_asked_year=child.first_asked_year)
