"""Published figures that stay: versions of ceilings, and the formulas that gave them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from budgeting.models.ceiling import Ceiling


class CeilingVersion(models.Model):
    """A ceiling as it was published, word for word; never changed, never removed."""

    ceiling = models.ForeignKey(Ceiling, models.PROTECT, related_name="versions")
    #: From 1, in the order of publication.
    number = models.PositiveIntegerField()
    #: The ceiling's own version at that moment.
    version = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    reserve = models.BigIntegerField()
    parent = models.ForeignKey(Ceiling, models.PROTECT, null=True, blank=True, related_name="+")
    formula = models.ForeignKey("budgeting.Formula", models.PROTECT, null=True, blank=True, related_name="+")
    legal_basis = models.CharField(max_length=300)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["ceiling_id", "-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["ceiling", "number"], name="one_version_per_ceiling_and_number")]

    def __str__(self) -> str:
        return f"{self.ceiling_id} v{self.number} {self.amount}"


class Formula(models.Model):
    """How a ceiling is divided among the regions below it: a version of inputs with what they give (`formula.py`).

    A draft may be incomplete (`outcome` is null then); what is published never changes, a change is the next number.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ceiling = models.ForeignKey(Ceiling, models.PROTECT, related_name="formulas")
    number = models.PositiveIntegerField()
    #: What the calculation sees, as `formula.inputs_of` reads it: decimals as text, values by region and variable.
    inputs = models.JSONField()
    #: Each region's terms and rupiah, as `formula.told` writes them; null while something is missing.
    outcome = models.JSONField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=1)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["ceiling_id", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ceiling", "number"], name="one_formula_per_ceiling_and_number"),
            models.UniqueConstraint(fields=["ceiling"], condition=Q(published_at__isnull=True), name="one_formula_in_preparation_per_ceiling"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(Q(published_by__isnull=False, outcome__isnull=False) & ~Q(published_by=F("set_by"))),
                name="a_formula_is_complete_and_published_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ceiling_id} formula {self.number}"
