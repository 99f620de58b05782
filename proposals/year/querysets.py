"""Questions about plan years."""

from typing import Any

from django.db import models
from django.db.models import Case, Min, Q, Value, When

from accounts import clock


class CycleQuerySet(models.QuerySet[Any]):
    """`Cycle.objects.filter(region="61.12").begun_first()`."""

    def begun_first(self) -> "CycleQuerySet":
        """Years whose villages may have begun, newest first; then those that lie ahead: a year opened early is nobody's default."""
        known = self.annotate(villages_open_at=Min("windows__opens_at", filter=Q(windows__stage="village")))
        is_ahead = Case(When(villages_open_at__gt=clock.now(), then=Value(1)), default=Value(0))
        return known.order_by(is_ahead, "-plan_year", "region_id")
