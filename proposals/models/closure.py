"""A region's stage of a plan year, closed by a person and perhaps reopened by two."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from geo.models import Region
from proposals.models.cycle import Cycle
from proposals.words import STAGE_WORDS


class StageClosure(models.Model):
    """One closing: by whom, why, and what was not in order then. A village closes its village stage, others go on.

    Rows stay; a reopened one is history. The closures in force also stand in `StageWindow.closed_in`, kept by the same service.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="closures")
    stage = models.CharField(max_length=12, choices=[(stage.value, word) for stage, word in STAGE_WORDS.items()])
    #: Everything in it takes no further move at the stage; the kabupaten's own closes the whole window.
    region = models.ForeignKey(Region, models.PROTECT, related_name="closures")
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    closed_at = models.DateTimeField()
    #: Why it was closed although something was not in order; everybody reads it.
    reason = models.CharField(max_length=1000, blank=True)
    #: What was not in order then: `[{"kind", "count"}]`.
    shortfalls = models.JSONField(default=list, blank=True)
    reopen_asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reopen_asked_at = models.DateTimeField(null=True, blank=True)
    reopen_reason = models.CharField(max_length=500, blank=True)
    reopened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["cycle_id", "-closed_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "stage", "region"], condition=Q(reopened_at__isnull=True), name="one_closing_per_stage_and_region"
            ),
            models.CheckConstraint(
                condition=Q(reopen_asked_at__isnull=True) | (Q(reopen_asked_by__isnull=False) & ~Q(reopen_reason="")),
                name="a_reopening_says_who_asks_and_why",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True)
                | (Q(reopened_by__isnull=False, reopen_asked_by__isnull=False) & ~Q(reopened_by=F("reopen_asked_by"))),
                name="a_stage_is_reopened_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.stage} {self.region_id}"
