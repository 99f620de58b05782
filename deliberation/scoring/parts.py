"""What scoring adds to a plan year when it is copied or changed (settings.YEAR_PARTS)."""

from django.utils.translation import gettext_lazy as _

from accounts import clock
from deliberation.models import CriteriaSet, Criterion, Panel
from deliberation.scoring.criteria import FACTS
from proposals.models import Cycle
from proposals.stages import Stage
from proposals.year.parts import YearPart


def _count(cycle: Cycle) -> int:
    return Criterion.objects.filter(set__cycle=cycle).count()


def _copy(source: Cycle, target: Cycle) -> int:
    """Every set with its criteria, unverified, unfrozen, as version 1. Three statements a year, however many stages."""
    before = list(CriteriaSet.objects.filter(cycle=source).prefetch_related("criteria").order_by("stage"))
    sets = [CriteriaSet(cycle=target, stage=one.stage, median_from=one.median_from, changed_at=clock.now()) for one in before]
    made = dict(zip((one.pk for one in before), CriteriaSet.objects.bulk_create(sets), strict=True))
    rows = [
        Criterion(set=made[one.pk], position=row.position, **{name: getattr(row, name) for name in FACTS})
        for one in before
        for row in one.criteria.all()
    ]
    return len(Criterion.objects.bulk_create(rows))


def _scored(cycle: Cycle, stage: Stage) -> bool:
    return Panel.objects.filter(cycle=cycle, stage=stage).exists()


CRITERIA = YearPart(_("Criteria of scoring"), _count, _copy, _scored)
