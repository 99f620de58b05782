"""Ledgers, transfers, versions and formulas of ceilings as programs see them."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from budgeting.models import CeilingVersion, Formula, LedgerEntry, Transfer


@extend_schema_serializer(component_name="LedgerEntry")
class LedgerEntrySerializer(serializers.ModelSerializer):
    """What happened to the money of a ceiling. Whole rupiah; `handed_down` and `handed_back` tell what changed a part's size."""

    proposal_number = serializers.CharField(source="proposal.number", read_only=True, allow_null=True, default=None)
    actor_name = serializers.CharField(source="actor.display_name", read_only=True)

    class Meta:
        model = LedgerEntry
        fields = ("id", "kind", "amount", "proposal", "proposal_number", "run", "transfer", "actor_name", "at", "note")
        read_only_fields = fields


@extend_schema_serializer(component_name="CeilingVersion")
class CeilingVersionSerializer(serializers.ModelSerializer):
    """A ceiling as it was published; never changed."""

    set_by_name = serializers.CharField(source="set_by.display_name", read_only=True)
    published_by_name = serializers.CharField(source="published_by.display_name", read_only=True)

    class Meta:
        model = CeilingVersion
        fields = (
            "number",
            "version",
            "amount",
            "reserve",
            "parent",
            "formula",
            "legal_basis",
            "set_by_name",
            "set_at",
            "published_by_name",
            "published_at",
        )
        read_only_fields = fields


@extend_schema_serializer(component_name="CeilingTransfer")
class TransferSerializer(serializers.ModelSerializer):
    """Money moved between two ceilings, or out of a reserve."""

    asked_by_name = serializers.CharField(source="asked_by.display_name", read_only=True)
    decided_by_name = serializers.CharField(source="decided_by.display_name", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Transfer
        fields = (
            "id", "source", "target", "from_reserve", "amount", "reason", "legal_basis", "status", "asked_by_name", "asked_at",
            "decided_by_name", "decided_at",
        )  # fmt: skip
        read_only_fields = fields


@extend_schema_serializer(component_name="CeilingTransferBody")
class TransferBody(serializers.Serializer):
    """What is asked for; the address holds the client's own UUID, so repeating it changes nothing."""

    source = serializers.IntegerField()  # type: ignore[assignment]
    target = serializers.IntegerField(help_text="The source itself where money leaves its reserve.")
    from_reserve = serializers.BooleanField(required=False)
    amount = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(min_length=10, max_length=500)
    legal_basis = serializers.CharField(max_length=300)


@extend_schema_serializer(component_name="CeilingFormula")
class FormulaSerializer(serializers.ModelSerializer):
    """How a ceiling is divided: inputs, and each region's terms in rupiah (`outcome`, null while something is missing)."""

    inputs = serializers.DictField(read_only=True)
    outcome = serializers.ListField(child=serializers.DictField(), read_only=True, allow_null=True)
    set_by_name = serializers.CharField(source="set_by.display_name", read_only=True)
    published_by_name = serializers.CharField(source="published_by.display_name", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Formula
        fields = (
            "id", "ceiling", "number", "inputs", "outcome", "legal_basis", "version", "set_by_name", "set_at", "published_by_name", "published_at",
        )  # fmt: skip
        read_only_fields = fields


@extend_schema_serializer(component_name="CeilingFormulaBody")
class FormulaBody(serializers.Serializer):
    """The next formula of a ceiling, or (with `version`) the one in preparation."""

    inputs = serializers.DictField()
    legal_basis = serializers.CharField(max_length=300)
    version = serializers.IntegerField(min_value=1, required=False)
