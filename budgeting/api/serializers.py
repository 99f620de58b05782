"""Ceilings, runs and lines as programs see them. For reading; the bodies are for the description and the shape."""

from typing import Any

from rest_framework import serializers

from budgeting.models import AllocationLine, AllocationRun, Ceiling
from budgeting.models.ceiling import FundingSource
from budgeting.runs.wishes import VOTES
from budgeting.sentences import sentence


class CeilingSerializer(serializers.ModelSerializer):
    """How much a region, or an agency's part of it, may plan from one source in one year. Whole rupiah.

    `size` = amount + transferred; `balance` = size - reserve_left - handed_down - committed. While a published ceiling is being
    changed everybody but its team reads the last published version.
    """

    amount = serializers.IntegerField(source="shown_amount", read_only=True)
    reserve = serializers.IntegerField(source="shown_reserve", read_only=True)
    legal_basis = serializers.CharField(source="shown_basis", read_only=True)
    agency_name = serializers.CharField(source="agency.name", read_only=True, allow_null=True, default=None)
    transferred = serializers.IntegerField(source="moved", read_only=True)
    size = serializers.SerializerMethodField()
    reserve_left = serializers.IntegerField(read_only=True)
    handed_down = serializers.IntegerField(source="handed", read_only=True)
    region_name = serializers.CharField(source="region.title", read_only=True)
    committed = serializers.IntegerField(read_only=True)
    balance = serializers.IntegerField(read_only=True)
    is_published = serializers.SerializerMethodField()
    set_by_name = serializers.CharField(source="set_by.display_name", read_only=True)
    published_by_name = serializers.CharField(source="published_by.display_name", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Ceiling
        fields = (
            "id", "plan_year", "region", "region_name", "funding_source", "agency", "agency_name", "parent", "formula", "amount", "reserve",
            "transferred", "size", "reserve_left", "handed_down", "committed", "balance", "legal_basis", "version", "is_published",
            "set_by_name", "set_at", "published_by_name", "published_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_size(self, ceiling: Ceiling) -> int:
        """The ceiling with its transfers."""
        row: Any = ceiling
        return int(row.shown_amount + row.moved)

    def get_is_published(self, ceiling: Ceiling) -> bool:
        """Whether a second person has published this version."""
        return ceiling.published_at is not None


class CeilingBody(serializers.Serializer):
    """A new ceiling; whole rupiah."""

    plan_year = serializers.IntegerField(min_value=2000, max_value=2100)
    region = serializers.CharField(max_length=13)
    funding_source = serializers.ChoiceField(FundingSource.choices)
    amount = serializers.IntegerField(min_value=1)
    reserve = serializers.IntegerField(min_value=0, required=False)
    legal_basis = serializers.CharField(max_length=300)
    agency = serializers.IntegerField(required=False, allow_null=True)
    parent = serializers.IntegerField(required=False, allow_null=True, help_text="The ceiling that this one is a part of.")  # type: ignore[assignment]


class CeilingChange(serializers.Serializer):
    """New figures for the ceiling that was read at `version`."""

    version = serializers.IntegerField(min_value=1)
    amount = serializers.IntegerField(min_value=1)
    reserve = serializers.IntegerField(min_value=0, required=False)
    legal_basis = serializers.CharField(max_length=300)
    parent = serializers.IntegerField(required=False, allow_null=True, help_text="Left out, the ceiling stays a part of what it is a part of.")  # type: ignore[assignment]


class PublishCeilingBody(serializers.Serializer):
    """The version that the second person has seen."""

    version = serializers.IntegerField(min_value=1)


class WithdrawCeilingBody(serializers.Serializer):
    """The version of the draft that was read."""

    version = serializers.IntegerField(min_value=1)


class PublishRunBody(serializers.Serializer):
    """The changes by hand in force when the list was read; where others are in force by now, nothing is published. Left out: there were none."""

    overrides = serializers.ListField(child=serializers.UUIDField(), default=list)


class RunSerializer(serializers.ModelSerializer):
    """A run without its lines. While it is being calculated `step` is 1 (the rule), 2 (the reasons, `done` of `total`) or 3 (writing)."""

    region = serializers.CharField(source="ceiling.region_id", read_only=True)
    plan_year = serializers.IntegerField(source="ceiling.plan_year", read_only=True)
    funding_source = serializers.CharField(source="ceiling.funding_source", read_only=True)
    requested_by_name = serializers.CharField(source="requested_by.display_name", read_only=True)
    published_by_name = serializers.CharField(source="published_by.display_name", read_only=True, allow_null=True, default=None)

    class Meta:
        model = AllocationRun
        fields = (
            "id", "ceiling", "region", "plan_year", "funding_source", "stage", "rule", "options", "ballot", "meeting", "seed", "status", "budget",
            "spent", "step", "done", "total", "failure", "inputs_sha256", "software_version", "requested_by_name", "requested_at", "started_at",
            "calculated_at", "published_by_name", "published_at",
        )  # fmt: skip
        read_only_fields = fields


class LineSerializer(serializers.ModelSerializer):
    """What the rule decided about one proposal, with the sentence in the language of the request."""

    number = serializers.CharField(source="proposal.number", read_only=True)
    title = serializers.CharField(source="proposal.title", read_only=True)
    village = serializers.CharField(source="proposal.village_id", read_only=True)
    village_name = serializers.CharField(source="proposal.village.title", read_only=True)
    reason = serializers.SerializerMethodField()

    class Meta:
        model = AllocationLine
        fields = (
            "rank", "proposal", "number", "title", "village", "village_name", "verdict", "cost", "amount", "supports", "reason_code", "facts",
            "reason",
        )  # fmt: skip
        read_only_fields = fields

    def get_reason(self, line: AllocationLine) -> str:
        """The sentence."""
        return sentence(line)


class DrawSerializer(serializers.Serializer):
    """Another seed under the same ceiling."""

    seed = serializers.CharField(read_only=True)
    first = serializers.DateTimeField(read_only=True)
    lists = serializers.IntegerField(read_only=True)
    discarded = serializers.IntegerField(read_only=True)


class AttemptsSerializer(serializers.Serializer):
    """Lists calculated under the same ceiling, this one among them; for a lot the other seeds, at most twenty of them by name."""

    lists = serializers.IntegerField(read_only=True)
    discarded = serializers.IntegerField(read_only=True)
    other_seeds = serializers.IntegerField(read_only=True)
    draws = DrawSerializer(many=True, read_only=True)


class RunWithLines(RunSerializer):
    """A run with its first lines; `lines_url` has them all by pages."""

    lines = LineSerializer(many=True, read_only=True)
    lines_url = serializers.CharField(read_only=True)
    attempts = AttemptsSerializer(read_only=True)

    class Meta(RunSerializer.Meta):
        read_only_fields = fields = (*RunSerializer.Meta.fields, "lines", "lines_url", "attempts")  # type: ignore[assignment]


class RunBody(serializers.Serializer):
    """What to calculate. `id` is the sender's own UUID: the same request twice is one run. `options` by name: docs/runs.md."""

    id = serializers.UUIDField(required=False)
    ceiling = serializers.IntegerField()
    rule = serializers.ChoiceField(tuple(VOTES))
    options = serializers.DictField(required=False)
    stage = serializers.CharField(required=False)
