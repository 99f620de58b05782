"""What a proposal carries beside its text: a line or an area with its measure, marks, and whom it serves."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from proposals import measured, policy, small_groups
from proposals.measured import Measured
from proposals.models import Proposal
from proposals.services import cost, marks
from proposals.words import LandOwner

_SHAPE = {
    "type": "object",
    "nullable": True,
    "properties": {"type": {"type": "string", "enum": ["LineString", "Polygon"]}, "coordinates": {"type": "array", "items": {}}},
}
_NUMBER = {"type": "number", "nullable": True}
FIELDS = (
    "amount_reason", "shape", "measured", "measured_unit", "deviation_percent", "land_owner",
    *marks.RAISED_BY, "pre_meeting", *marks.COUNTS, "fewer_than_five",
)  # fmt: skip


class Extras(serializers.Serializer):
    """Fields for a proposal whose `cycle` is loaded. Counts of one to four people are told to its writers only."""

    shape = serializers.SerializerMethodField(help_text="GeoJSON LineString or Polygon; `location` lies on it.")
    measured = serializers.SerializerMethodField(help_text="Length or area of `shape` on the ellipsoid.")
    measured_unit = serializers.SerializerMethodField(help_text="`m` or `m2`; empty where nothing was drawn.")
    deviation_percent = serializers.SerializerMethodField(help_text="How far `measured` is from `volume`, where both measure the same.")
    land_owner = serializers.ChoiceField(choices=LandOwner.choices, allow_blank=True, read_only=True)
    fewer_than_five = serializers.SerializerMethodField(help_text="Counts that are not told since they are from 1 to 4.")

    @extend_schema_field(_SHAPE)
    def get_shape(self, proposal: Proposal) -> dict[str, Any] | None:
        """GeoJSON, lon/lat in WGS 84."""
        shape = proposal.shape
        return {"type": shape.geom_type, "coordinates": shape.coords} if shape else None

    @extend_schema_field(_NUMBER)
    def get_measured(self, proposal: Proposal) -> float | None:
        """Metres or square metres."""
        return float(found.size) if (found := _measured(proposal)) else None

    def get_measured_unit(self, proposal: Proposal) -> str:
        """What `measured` counts."""
        return found.unit if (found := _measured(proposal)) else ""

    @extend_schema_field(_NUMBER)
    def get_deviation_percent(self, proposal: Proposal) -> float | None:
        """Plus ten: a tenth more was drawn than is claimed."""
        found = _measured(proposal)
        return float(found.deviation_percent) if found and found.deviation_percent is not None else None

    def get_fewer_than_five(self, proposal: Proposal) -> list[str]:
        """The names of the counts that are kept back from this reader."""
        small = small_groups.small({name: getattr(proposal, name) for name in marks.COUNTS})
        return small if small and not self._writes(proposal) else []

    def to_representation(self, instance: Proposal) -> dict[str, Any]:
        """The facts, small groups left out."""
        told: dict[str, Any] = super().to_representation(instance)
        return {name: None if name in told["fewer_than_five"] else value for name, value in told.items()}

    def _writes(self, proposal: Proposal) -> bool:
        request = self.context.get("request")
        return request is not None and bool(policy.may_edit(request.user, proposal))


class ExtrasBody(serializers.Serializer):
    """The same for writing. Described here, checked by `proposals.services`."""

    amount_reason = serializers.CharField(
        required=False,
        min_length=cost.REASON_SHORTEST,
        max_length=cost.REASON_LONGEST,
        help_text="Why the amount is another than volume x unit price; everybody reads it.",
    )
    shape = serializers.JSONField(
        required=False,
        allow_null=True,
        help_text="GeoJSON LineString or Polygon without holes, at most 2,000 points. Without `location`, a point on it is taken.",
    )
    land_owner = serializers.ChoiceField(choices=LandOwner.choices, required=False, allow_blank=True)
    raised_by_women = serializers.BooleanField(required=False)
    raised_by_youth = serializers.BooleanField(required=False)
    raised_by_disabled = serializers.BooleanField(required=False)
    raised_by_poor = serializers.BooleanField(required=False)
    pre_meeting = serializers.CharField(
        required=False, allow_blank=True, max_length=160, help_text="The meeting before the musrenbang that raised it."
    )
    beneficiaries_female = serializers.IntegerField(required=False, allow_null=True, min_value=0)
    beneficiaries_male = serializers.IntegerField(required=False, allow_null=True, min_value=0)
    beneficiary_households = serializers.IntegerField(required=False, allow_null=True, min_value=0)
    poor_households = serializers.IntegerField(required=False, allow_null=True, min_value=0, help_text="Of `beneficiary_households`.")


def _measured(proposal: Proposal) -> Measured | None:
    return measured.measured_of(proposal)
