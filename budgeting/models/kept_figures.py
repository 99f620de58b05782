"""The figures of a kabupaten's plan year as they were last counted: what a province and the nation add up."""

from typing import ClassVar

from django.db import models

from proposals.models import Cycle


class KeptFigures(models.Model):
    """One row a plan year, counted anew by a worker. Pages of a kabupaten itself never read it: they count when asked (decision 0212)."""

    cycle = models.OneToOneField(Cycle, models.CASCADE, primary_key=True, related_name="kept_figures")
    #: By code: `n` and `d` (numerator and denominator), `missing` where there is no value, `notes`, or for a middle `spread` (value -> how often).
    figures = models.JSONField(default=dict)
    counted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["cycle_id"]
        verbose_name_plural = "kept figures"

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.counted_at:%Y-%m-%d}"
