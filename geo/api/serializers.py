"""Regions and boundaries as programs see them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from geo.codes import Level
from geo.models import Region


def decreed_name(region: Region) -> str:
    """The name as the decree lists it: only a kabupaten or kota carries its word, else two of them share one name."""
    return region.title if region.level == Level.DISTRICT.value else region.name


class RegionLinkSerializer(serializers.Serializer):
    """A region where it is only named."""

    code = serializers.CharField()
    name = serializers.SerializerMethodField()
    title = serializers.CharField(help_text="The name as it is spoken: Desa Punggur Besar.")
    level = serializers.CharField()

    def get_name(self, region: Region) -> str:
        """The decree's name."""
        return decreed_name(region)


class BelowSerializer(serializers.Serializer):
    """How many regions of one level lie below."""

    total = serializers.IntegerField()
    with_boundary = serializers.IntegerField()


class RegionSerializer(RegionLinkSerializer):
    """A region. Needs `lineage` (lookup.with_lineage) and the context's `below` (lookup.below)."""

    kind = serializers.CharField(help_text="Provinsi, Kabupaten, Kota, Kecamatan, Distrik, Desa, Desa Adat, Kelurahan")
    parent = serializers.CharField(source="parent_id", allow_null=True)  # type: ignore[assignment]
    lineage = RegionLinkSerializer(many=True, help_text="The province down to the region itself.")
    area_km2 = serializers.FloatField(allow_null=True)
    boundary_source = serializers.CharField()
    anchor = serializers.SerializerMethodField(help_text="[lon, lat] of the place for its name, or null.")
    decree = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    below = serializers.SerializerMethodField()

    @extend_schema_field({"type": "array", "items": {"type": "number"}, "nullable": True})
    def get_anchor(self, region: Region) -> list[float] | None:
        """Longitude and latitude, six digits."""
        return [round(region.anchor.x, 6), round(region.anchor.y, 6)] if region.anchor else None

    @extend_schema_field(serializers.DictField(child=BelowSerializer()))
    def get_below(self, region: Region) -> dict[str, Any]:
        """Counts a level."""
        return self.context["below"][region.pk]
