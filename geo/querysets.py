"""Questions about regions, in the words of the town hall."""

from django.contrib.gis.db import models

from geo.codes import Level


class RegionQuerySet(models.QuerySet):
    """`Region.objects.in_force().at(Level.VILLAGE).within("61.12")`."""

    def in_force(self) -> "RegionQuerySet":
        """Regions that the newest decree lists."""
        return self.filter(valid_until__isnull=True)

    def at(self, level: Level) -> "RegionQuerySet":
        """Regions of one level."""
        return self.filter(level=level.value)

    def within(self, code: str) -> "RegionQuerySet":
        """The region and everything below it; the empty code is the nation."""
        return self.filter(models.Q(pk=code) | models.Q(pk__startswith=code + ".")) if code else self.all()

    def drawn(self) -> "RegionQuerySet":
        """Regions that have a boundary."""
        return self.filter(boundary__isnull=False)

    def light(self) -> "RegionQuerySet":
        """Without the geometries, which are heavy and rarely needed."""
        return self.defer("boundary", "outline")
