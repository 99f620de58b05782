"""The criteria of a stage in one plan year."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from deliberation.scoring.words import Source, Unknown
from proposals.models import Cycle
from proposals.words import STAGE_WORDS


class CriteriaSet(models.Model):
    """What proposals of one stage are scored by. Changed by the planner until the first panel of the stage opens."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="criteria_sets")
    stage = models.CharField(max_length=12, choices=[(stage.value, word) for stage, word in STAGE_WORDS.items()])
    #: From so many scorers of a proposal on the median counts instead of the mean; 0: always the mean.
    median_from = models.PositiveSmallIntegerField(default=5)
    legal_basis = models.CharField(max_length=300, blank=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    #: When the first panel opened: since then nothing of the set changes.
    frozen_at = models.DateTimeField(null=True, blank=True)
    #: SHA-256 of the set as it was frozen.
    frozen_sha256 = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["cycle_id", "stage"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "stage"], name="one_set_of_criteria_per_stage_of_a_cycle"),
            models.CheckConstraint(condition=Q(frozen_at__isnull=True) | ~Q(frozen_sha256=""), name="frozen_criteria_have_their_fingerprint"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.stage}"


class Criterion(models.Model):
    """One criterion: a question with a word for each value from 1 to 5, and what it weighs."""

    set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=80)
    question = models.CharField(max_length=300)
    #: Five sentences, for 1 to 5.
    anchors = models.JSONField(default=list)
    #: A whole number; only the proportion to the others counts.
    weight = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=8, choices=Source.choices)
    #: Of a computed one: four limits in its unit (`deliberation.scoring.law`), rising.
    bands = models.JSONField(default=list, blank=True)
    when_unknown = models.CharField(max_length=8, choices=Unknown.choices, default=Unknown.MIDDLE)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["set_id", "position", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["set", "code"], name="one_criterion_per_code_of_a_set"),
            models.CheckConstraint(condition=Q(weight__lte=100), name="a_criterion_weighs_at_most_a_hundred"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.weight}"
