"""What meetings add to a plan year when it is copied or changed (settings.YEAR_PARTS)."""

from django.utils.translation import gettext_lazy as _

from deliberation.models import Mandate, Meeting
from proposals.models import Cycle
from proposals.stages import Stage
from proposals.year.parts import YearPart


def _none(cycle: Cycle) -> int:  # noqa: ARG001 - the shape of a question
    """Meetings belong to their own year."""
    return 0


def _not_copied(source: Cycle, target: Cycle) -> int:  # noqa: ARG001 - the shape of a copy
    return 0


def _held(cycle: Cycle, stage: Stage) -> bool:
    return Meeting.objects.filter(cycle=cycle, stage=stage).exists() or Mandate.objects.filter(cycle=cycle, stage=stage).exists()


#: Meetings and mandates are never copied; a stage that has any stays in its year.
MEETINGS = YearPart(_("Meetings"), _none, _not_copied, _held)
