"""A proposal, its steps and its photos as programs see them. For reading: writing goes through `proposals.services`."""

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.models import Agency
from proposals.api.attachment_rows import AttachmentSerializer
from proposals.api.extras import FIELDS as EXTRA_FIELDS
from proposals.api.extras import Extras, ExtrasBody
from proposals.api.rows import ProposalRow
from proposals.models import Proposal, Recommendation
from proposals.words import Channel, ReasonCode


class RecommendationSerializer(serializers.ModelSerializer):
    """One step of the road: what this level said, and what stood after it."""

    actor_name = serializers.CharField(source="actor.__str__", read_only=True)
    agency_name = serializers.CharField(source="agency.name", read_only=True, allow_null=True, default=None)

    reason_code = serializers.ChoiceField(choices=ReasonCode.choices, allow_blank=True, read_only=True)

    class Meta:
        model = Recommendation
        fields = (
            "move", "stage", "outcome_before", "stage_after", "outcome_after", "reason_code", "reason", "responsible", "volume", "unit", "amount",
            "agency", "agency_name", "target", "actor_name", "role", "decided_at", "captured_at", "late_sync", "version",
        )  # fmt: skip
        read_only_fields = fields


class AgencySerializer(serializers.ModelSerializer):
    """A regional agency: `id` is what a reroute names."""

    class Meta:
        model = Agency
        fields = ("id", "region", "code", "name", "short_name")
        read_only_fields = fields


class ProposalSerializer(Extras, ProposalRow):
    """A proposal whole: the list's facts, and those that only its own page shows. Feed it with `rows(queryset)`."""

    agency_name = serializers.CharField(source="agency.name", read_only=True, allow_null=True, default=None)
    recommendations = RecommendationSerializer(many=True, read_only=True)
    attachments = AttachmentSerializer(many=True, read_only=True)

    class Meta(ProposalRow.Meta):
        read_only_fields = fields = (  # type: ignore[assignment]
            *ProposalRow.Meta.fields, "agency", "agency_name", "located_village", "mismatch_reason", "merged_into", "funding_source",
            "on_behalf_of", *EXTRA_FIELDS, "captured_at", "submitted_at", "stage_entered_at", "recommendations", "attachments",
        )  # fmt: skip

    @staticmethod
    def rows(queryset: QuerySet[Proposal]) -> QuerySet[Proposal]:
        """The queryset with everything this serializer reads, in four queries whatever the number of steps."""
        light = queryset.select_related("village", "agency", "author", "cycle").defer("village__boundary", "village__outline")
        return light.prefetch_related("recommendations__actor", "recommendations__agency", "attachments")


class CapturedBody(serializers.Serializer):
    """When a device without signal captured it; both are ISO 8601 with offset (docs/captures.md)."""

    captured_at = serializers.DateTimeField(required=False, help_text="By the device's clock.")
    device_time = serializers.DateTimeField(required=False, help_text="What that clock shows while it sends; needed with `captured_at`.")


class DraftBody(CapturedBody, ExtrasBody):
    """What a PUT may carry; what is absent is empty. Described here, checked by `proposals.services.fields`."""

    village = serializers.CharField(help_text="Official code of the village, `61.12.01.2001`.")
    plan_year = serializers.IntegerField()
    title = serializers.CharField(min_length=10, max_length=160)
    problem = serializers.CharField(required=False, max_length=4000)
    objective = serializers.CharField(required=False, max_length=2000)
    sector = serializers.CharField(required=False)
    dictionary_entry = serializers.CharField(required=False, allow_null=True, help_text="Key or code in the dictionary of the plan year.")
    volume = serializers.DecimalField(max_digits=14, decimal_places=3, required=False, allow_null=True)
    unit = serializers.CharField(required=False, max_length=30)
    unit_price = serializers.IntegerField(required=False, allow_null=True, help_text="Whole rupiah.")
    amount = serializers.IntegerField(required=False, allow_null=True, help_text="Volume x unit price; another amount needs `amount_reason`.")
    locus = serializers.CharField(required=False, max_length=200)
    location = serializers.JSONField(required=False, allow_null=True, help_text="GeoJSON Point: longitude, latitude.")
    location_source = serializers.CharField(required=False)
    location_accuracy_m = serializers.IntegerField(required=False, allow_null=True)
    mismatch_reason = serializers.CharField(required=False, max_length=300, help_text="Why the point lies in another village than the one that asks.")
    on_behalf_of = serializers.CharField(required=False, max_length=120)
    channel = serializers.ChoiceField(
        choices=Channel.choices, required=False, help_text="`village` where none is named; see `docs/stages.md` for who writes what."
    )
    sponsor = serializers.CharField(required=False, max_length=160, help_text="Other channels: council member and faction, or the body.")
    sponsor_reference = serializers.CharField(required=False, max_length=160, help_text="Other channels: recess, line of the plan, or regulation.")
    agency = serializers.IntegerField(
        required=False, allow_null=True, help_text="Other channels: key of the agency; a village's comes from its work."
    )


class CorrectionBody(DraftBody):
    """What a PATCH may carry: any of the fields, and the version that was read."""

    version = serializers.IntegerField()
    village = serializers.CharField(required=False)
    plan_year = serializers.IntegerField(required=False)
    title = serializers.CharField(required=False, min_length=10, max_length=160)


class MoveBody(CapturedBody):
    """A move, with what the law's row asks for (see `vocabulary/`)."""

    move = serializers.CharField()
    version = serializers.IntegerField(help_text="The version that was read; another one answers 409.")
    reason_code = serializers.CharField(required=False)
    reason = serializers.CharField(required=False, max_length=2000)
    responsible = serializers.CharField(required=False, max_length=160)
    volume = serializers.DecimalField(max_digits=14, decimal_places=3, required=False)
    amount = serializers.IntegerField(required=False)
    agency = serializers.IntegerField(required=False)
    target = serializers.UUIDField(required=False)
    refused_answers = serializers.ListField(
        child=serializers.CharField(), required=False, help_text='With a return: documents whose "not applicable" does not hold.'
    )
