"""What else belongs to a plan year and goes along when it is copied: papers asked for, criteria, rules of ballots, clauses.

A room to the right adds its own by naming it in `settings.YEAR_PARTS` (docs/year.md): a `YearPart` at module level.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from proposals.models import Cycle, Proposal, Recommendation, Requirement, StageClosure
from proposals.services import requirements
from proposals.stages import Stage


def _never(cycle: Cycle, stage: Stage) -> bool:  # noqa: ARG001 - the shape of a question
    """Nothing of this part stands at any stage."""
    return False


@dataclass(frozen=True)
class YearPart:
    """One part of a plan year. `copy` runs inside the transaction that makes the target; what it copies is unverified there."""

    label: str | Promise
    #: How many rows of it a year has, for the preview.
    count: Callable[[Cycle], int]
    #: Copy it from the first year to the second; how many rows.
    copy: Callable[[Cycle, Cycle], int]
    #: Whether something of it stands at a stage, so that the stage cannot be taken out of the year.
    uses: Callable[[Cycle, Stage], bool] = _never


def parts() -> list[YearPart]:
    """All parts, in the order of the settings."""
    return [import_string(path) for path in settings.YEAR_PARTS]


def in_use(cycle: Cycle, stage: Stage) -> bool:
    """Whether anything of the year stands, or once stood, at a stage."""
    if StageClosure.objects.filter(cycle=cycle, stage=stage).exists():
        return True
    return any(part.uses(cycle, stage) for part in parts())


def _proposals_at(cycle: Cycle, stage: Stage) -> bool:
    return (
        Proposal.objects.filter(cycle=cycle, stage=stage).exists()
        or Recommendation.objects.filter(proposal__cycle=cycle, stage=stage).exists()
        or Recommendation.objects.filter(proposal__cycle=cycle, stage_after=stage).exists()
    )


#: The papers that proposals need. A gate at a stage that is taken out holds from the next one on, so only proposals keep a stage.
REQUIREMENTS = YearPart(
    _("Papers that proposals need"),
    lambda cycle: Requirement.objects.filter(cycle=cycle).count(),
    requirements.copy,
    _proposals_at,
)
