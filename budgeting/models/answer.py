"""What a published run answers to each village, in words, as it was said that day."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from budgeting.models.run import AllocationRun
from geo.models import Region


class VillageAnswer(models.Model):
    """One answer to one region of a published run; written in the transaction that publishes it, never changed.

    Villages have one each, with or without a proposal; a wider region has one where something was asked for all of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(AllocationRun, models.PROTECT, related_name="answers")
    region = models.ForeignKey(Region, models.PROTECT, related_name="allocation_answers")
    plan_year = models.PositiveSmallIntegerField()
    #: How many of the region's own proposals the run decided about, how many of them it pays for, and whole rupiah.
    asked = models.PositiveIntegerField(default=0)
    funded = models.PositiveIntegerField(default=0)
    amount = models.BigIntegerField(default=0)
    #: `{"funded": [...], "not_funded": [...]}`: number, title, asked and given, as they stood.
    facts = models.JSONField(default=dict)
    #: By language: `opening`, `why` by number, `wider`, `decided`, `can_do`.
    words = models.JSONField(default=dict)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-answered_at", "region_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "region"], name="one_answer_per_region_of_a_run"),
            models.CheckConstraint(condition=Q(funded__lte=models.F("asked")), name="no_more_is_funded_than_was_asked"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="an_answered_amount_is_not_negative"),
        ]
        indexes: ClassVar = [models.Index(fields=["region", "-answered_at", "id"], name="answers_of_a_region")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.region_id}"
