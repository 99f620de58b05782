"""Prepared counts for the map: exact at every moment as the sum of `Tally` and the changes not yet folded in."""

from typing import ClassVar

from django.db import models


class Cell(models.Model):
    """What a count is about, and the count."""

    region_code = models.CharField(max_length=13)
    plan_year = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=12, default="village")
    sector = models.CharField(max_length=16)
    stage = models.CharField(max_length=12)
    outcome = models.CharField(max_length=12)
    proposals = models.IntegerField(default=0)
    amount = models.BigIntegerField(default=0)
    funded = models.IntegerField(default=0)
    funded_amount = models.BigIntegerField(default=0)

    class Meta:
        abstract = True


class Tally(Cell):
    """The count of one region (any level), year, channel, sector, stage and outcome. Drafts are not counted."""

    class Meta:
        verbose_name_plural = "tallies"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code", "plan_year", "channel", "sector", "stage", "outcome"], name="one_tally_per_cell"),
        ]

    def __str__(self) -> str:
        return f"{self.region_code} {self.plan_year}: {self.proposals}"


class TallyChange(Cell):
    """A change at a village that waits to be folded into the tallies; written by a trigger on the proposals."""

    def __str__(self) -> str:
        return f"{self.region_code} {self.plan_year}: {self.proposals:+d}"
