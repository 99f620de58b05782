"""Descent and versions as programs see them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from proposals import small_groups
from proposals.models import Lineage, Proposal, ProposalVersion
from proposals.services.marks import COUNTS


class RelativeSerializer(serializers.ModelSerializer[Proposal]):
    """A proposal in a graph of descent: enough to draw it."""

    village = serializers.CharField(source="village_id")
    waiting = serializers.IntegerField(source="years_waiting", read_only=True)

    class Meta:
        model = Proposal
        read_only_fields = fields = (
            "id", "number", "title", "plan_year", "village", "stage", "outcome", "amount", "funded_amount", "supports", "first_asked_year", "waiting",
        )  # fmt: skip


class NodeSerializer(serializers.Serializer[Any]):
    """One proposal of the graph; `depth` below 0 for what it came from, `more` counts steps that are not shown."""

    proposal = RelativeSerializer()
    depth = serializers.IntegerField()
    last_reason = serializers.CharField(source="reason")
    last_reason_code = serializers.CharField(source="reason_code")
    more = serializers.IntegerField()


class StepSerializer(serializers.ModelSerializer[Lineage]):
    """One step of descent."""

    by_name = serializers.CharField(source="by.__str__", read_only=True)

    class Meta:
        model = Lineage
        read_only_fields = fields = ("parent", "child", "kind", "reason", "by_name", "role", "at")


class LineageSerializer(serializers.Serializer[Any]):
    """The graph around a proposal, oldest first."""

    nodes = NodeSerializer(many=True)
    steps = StepSerializer(many=True)


class VersionSerializer(serializers.ModelSerializer[ProposalVersion]):
    """One version, whole: `changed` names the fields that differ from the version before, where the reader sees that one."""

    actor_name = serializers.CharField(source="actor.__str__", read_only=True)
    changed = serializers.ListField(child=serializers.CharField(), read_only=True)
    content = serializers.SerializerMethodField()

    @extend_schema_field({"type": "object", "additionalProperties": {}})
    def get_content(self, version: ProposalVersion) -> dict[str, Any]:
        """What stood; counts of one to four people are left out."""
        small = small_groups.small({name: version.content.get(name) for name in COUNTS})
        return {**version.content, **dict.fromkeys(small)}

    class Meta:
        model = ProposalVersion
        read_only_fields = fields = ("version", "action", "changed", "content", "actor_name", "role", "on_behalf_of", "at")


class VersionPage(serializers.Serializer[Any]):
    """A stretch of the history, newest first."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = VersionSerializer(many=True)


class CarryOverBody(serializers.Serializer[Any]):
    """The year to carry over into, and the client's own UUID for the draft: the same again answers the same draft."""

    plan_year = serializers.IntegerField()
    id = serializers.UUIDField(required=False)


class PartBody(serializers.Serializer[Any]):
    """One part: without an amount it is volume x unit price, without a place the place of the whole."""

    title = serializers.CharField(min_length=10, max_length=160)
    volume = serializers.DecimalField(max_digits=14, decimal_places=3)
    amount = serializers.IntegerField(required=False, allow_null=True)
    locus = serializers.CharField(required=False, max_length=200)
    location = serializers.JSONField(required=False, allow_null=True, help_text="GeoJSON Point: longitude, latitude.")
    mismatch_reason = serializers.CharField(required=False, max_length=300)


class SplitBody(serializers.Serializer[Any]):
    """2 to 12 parts, together never more than what stands; the version that was read, and why."""

    version = serializers.IntegerField(help_text="The version that was read; another one answers 409.")
    reason = serializers.CharField(min_length=20, max_length=2000)
    parts = PartBody(many=True)
