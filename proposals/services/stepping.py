"""Calling those who follow a step: what hangs on where a proposal stands, in rooms that this one does not know."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.module_loading import import_string

from proposals.models import Recommendation


def stepped(steps: Sequence[Recommendation]) -> None:
    """After the steps are written, in their transaction: settings.STEP_FOLLOWERS names what is called with all of them at once.

    Each step carries its proposal as it stands now, loaded and locked.
    """
    for name in settings.STEP_FOLLOWERS:
        import_string(name)(steps)
