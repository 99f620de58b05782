"""Prepared counts for the map: exact at every moment as the sum of `Tally` and the changes not yet folded in."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
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
    """A change at a village that waits to be folded into the tallies; written by a trigger on the proposals.

    A change that counts nothing but can be seen on the map (a title, a place) is written as well, minus one and plus one.
    """

    #: Where on the map it can be seen: squares of half a degree, `c578.178`; `-61.12` where it has no place of its own.
    spots = ArrayField(models.CharField(max_length=12), db_default=models.Value([], output_field=ArrayField(models.CharField(max_length=12))))

    def __str__(self) -> str:
        return f"{self.region_code} {self.plan_year}: {self.proposals:+d}"


class MapStamp(models.Model):
    """How many changes were folded in for a kabupaten (`61.12`), a spot (as above) or everything (the empty key).

    With the changes that still wait it only ever grows: two equal sums mean that nothing changed between them.
    """

    key = models.CharField(primary_key=True, max_length=12)
    changes = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.key or 'everything'}: {self.changes}"
