"""The figures of each kabupaten's plan year, counted by a worker and kept, so that a province and the nation can be told in one question."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from accounts import clock
from budgeting.figures.adding import Part
from budgeting.figures.figure import Figure, Missing, Unit
from budgeting.figures.reading import facts_of
from budgeting.figures.table import figures_of
from budgeting.models import KeptFigures
from geo.models import Region
from proposals.models import Cycle

log = logging.getLogger(__name__)
#: Counted anew when they are older than this; a little less than a day, so that every morning finds all of them old.
OLD = timedelta(hours=20)
#: Plan years that are worked on: from the one that is built to the one that is asked for after next.
_YEARS = range(-1, 4)


def due() -> QuerySet[Cycle]:
    """Plan years whose figures are not kept or are old, those waiting longest first."""
    now = clock.now()
    near = Q(plan_year__in=[now.year + years for years in _YEARS])
    old = Q(kept_figures__isnull=True) | Q(kept_figures__counted_at__lt=now - OLD)
    return Cycle.objects.filter(near & old).order_by("kept_figures__counted_at", "id")


def count(cycle: Cycle) -> KeptFigures:
    """Count one plan year of one kabupaten and keep it; twelve statements."""
    region = Region.objects.light().get(pk=cycle.region_id)
    facts = facts_of(region, cycle)
    figures = {figure.code: _kept(figure) for figure in figures_of(facts)}
    figures["waiting"]["spread"] = {str(years): number for years, number in facts.years.items()}
    kept, _made = KeptFigures.objects.update_or_create(cycle=cycle, defaults={"figures": figures, "counted_at": clock.now()})
    return kept


def count_due(most: int | None = None) -> int:
    """Count those that are due, at most so many; how many were counted. What was counted stays, whatever ends it.

    One that cannot be counted is logged and stays due: the others are not kept waiting by it, and its province says how old its part is.
    """
    counted = 0
    for cycle in list(due()[:most]):
        try:
            count(cycle)
        except Exception:
            log.exception("the figures of plan year %s of %s could not be counted", cycle.plan_year, cycle.region_id)
        else:
            counted += 1
    return counted


def part_of(kept: KeptFigures) -> Part:
    """A kept row as it is added."""
    figures = {code: _read(code, row) for code, row in kept.figures.items()}
    return Part(figures, {int(years): number for years, number in kept.figures.get("waiting", {}).get("spread", {}).items()})


def _kept(figure: Figure) -> dict[str, Any]:
    told = {"n": figure.numerator, "d": figure.denominator, "missing": figure.missing and figure.missing.value, "notes": dict(figure.notes)}
    return {name: value for name, value in told.items() if value not in (None, {})}


def _read(code: str, row: Mapping[str, Any]) -> Figure:
    missing = Missing(row["missing"]) if "missing" in row else None
    return Figure(code, Unit.PERCENT, row.get("n"), row.get("d"), None, missing, row.get("notes", {}))
