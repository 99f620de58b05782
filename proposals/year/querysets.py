"""Questions about plan years."""

from typing import Any

from django.db import models
from django.db.models import Case, Count, Min, Q, Value, When

from accounts import clock


class CycleQuerySet(models.QuerySet[Any]):
    """`Cycle.objects.filter(region="61.12").begun_first()`."""

    def begun_first(self) -> "CycleQuerySet":
        """Years whose villages may have begun, newest first; then those that lie ahead: a year opened early is nobody's default."""
        village = Q(windows__stage="village")
        known = self.annotate(villages_open_at=Min("windows__opens_at", filter=village), has_villages=Count("windows", filter=village))
        is_ahead = Case(When(Q(villages_open_at__gt=clock.now()) | Q(has_villages=0), then=Value(1)), default=Value(0))
        return known.order_by(is_ahead, "-plan_year", "region_id")
