"""One line of the list: the contract's fields without the road (`recommendations`), which the proposal's own address has."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from proposals.models import Proposal
from proposals.words import Sector

_POINT = {
    "type": "object",
    "nullable": True,
    "properties": {"type": {"type": "string", "enum": ["Point"]}, "coordinates": {"type": "array", "items": {"type": "number"}}},
}


class ProposalRow(serializers.ModelSerializer[Proposal]):
    """Flat facts; served from `for_cards()` without a query a row."""

    village = serializers.CharField(source="village_id")
    village_name = serializers.CharField(source="village.name")
    #: Empty where nobody has chosen one: the description has to say so.
    sector = serializers.ChoiceField(choices=Sector.choices, allow_blank=True, read_only=True)
    dictionary_entry = serializers.IntegerField(source="dictionary_entry_id", allow_null=True)
    author_name = serializers.CharField(source="author.__str__")
    location = serializers.SerializerMethodField()
    #: Plan years since it was first asked for; 0 for what is new.
    waiting = serializers.IntegerField(source="years_waiting", read_only=True)

    class Meta:
        model = Proposal
        read_only_fields = fields = (
            "id", "number", "title", "problem", "objective", "plan_year", "village", "village_name", "sector", "dictionary_entry",
            "volume", "unit", "unit_price", "amount", "locus", "location", "location_source", "location_accuracy_m",
            "stage", "outcome", "realisation", "rank", "first_asked_year", "waiting", "funded_amount", "channel", "sponsor", "sponsor_reference",
            "supports", "comments", "version", "author_name", "created_at", "changed_at",
        )  # fmt: skip

    @extend_schema_field(_POINT)
    def get_location(self, proposal: Proposal) -> dict[str, Any] | None:
        """GeoJSON, lon/lat in WGS 84."""
        point = proposal.location
        return {"type": "Point", "coordinates": [round(point.x, 6), round(point.y, 6)]} if point else None
