"""Regions and their boundaries."""

from typing import ClassVar

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex
from django.utils.translation import gettext_lazy as _

from geo.codes import Level
from geo.querysets import RegionQuerySet


class BoundarySource(models.TextChoices):
    """Where a boundary came from; every map says so."""

    NONE = "none", _("no boundary yet")
    OFFICIAL = "official", _("official boundary")
    INDICATIVE = "indicative", _("indicative boundary")
    UNION = "union", _("joined from the regions below")
    SKETCH = "sketch", _("sketch, not a real boundary")


class Region(models.Model):
    """A province, kabupaten or kota, kecamatan, desa or kelurahan, by its official code.

    Villages split and merge: a region that a newer decree no longer lists keeps its row, with `valid_until`.
    """

    LEVELS: ClassVar = [
        (Level.PROVINCE.value, _("province")),
        (Level.DISTRICT.value, _("district")),
        (Level.SUBDISTRICT.value, _("sub-district")),
        (Level.VILLAGE.value, _("village")),
    ]

    code = models.CharField(primary_key=True, max_length=13)
    name = models.CharField(max_length=120)
    #: The official word before the name: Provinsi, Kabupaten, Kota, Kecamatan, Distrik, Desa, Kelurahan …
    kind = models.CharField(max_length=24, blank=True)
    level = models.CharField(max_length=12, choices=LEVELS)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    decree = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    #: Name and lineage without accents, spaces folded, for search that forgives spelling.
    search_text = models.TextField(blank=True)

    boundary = models.MultiPolygonField(null=True, blank=True)
    #: The boundary thinned together with its neighbours, so that shared edges stay shared; for drawing only.
    outline = models.MultiPolygonField(null=True, blank=True)
    boundary_source = models.CharField(max_length=12, choices=BoundarySource.choices, default=BoundarySource.NONE)
    boundary_note = models.CharField(max_length=200, blank=True)
    boundary_loaded_at = models.DateTimeField(null=True, blank=True)
    #: Where the region's bubble and name stand: a point well inside, or the office where there is no boundary.
    anchor = models.PointField(null=True, blank=True)
    area_km2 = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)

    population = models.PositiveIntegerField(null=True, blank=True)
    households = models.PositiveIntegerField(null=True, blank=True)
    population_source = models.CharField(max_length=120, blank=True)
    population_year = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    #: The province down to the region itself; set by `lookup.with_lineage`.
    lineage: list["Region"]

    class Meta:
        ordering: ClassVar = ["code"]
        indexes: ClassVar = [
            models.Index(fields=["level", "code"], name="region_by_level"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="region_by_words"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def title(self) -> str:
        """The name as it is spoken: `Desa Punggur Besar`, `Kabupaten Kubu Raya`."""
        return f"{self.kind} {self.name}".strip()


class RegionPiece(models.Model):
    """A small part of a village's boundary, so that "which village is this point in" is one index probe."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="pieces")
    geom = models.PolygonField()

    def __str__(self) -> str:
        return f"piece {self.pk} of {self.region_id}"


class RegionChange(models.Model):
    """One transaction that changed regions, written by a trigger; their number is the map's stamp of the ground.

    Counted, not numbered by a sequence: a count changes when the work of others comes into sight, and not before.
    """

    transaction = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["transaction", "at"], name="one_row_per_transaction_that_changed_regions")]

    def __str__(self) -> str:
        return f"{self.transaction} at {self.at}"
