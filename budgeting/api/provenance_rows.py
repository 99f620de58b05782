"""Origins, claims, pairs and routes as programs see them. For reading; the bodies are for the description and the shape."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from budgeting.models import AuthorityRule, FundedWork, GrantRecipient, OriginClaim, OriginStatement, RouteDecision
from budgeting.models.ceiling import FundingSource
from budgeting.models.grant import LegalForm
from budgeting.provenance.stating import CHOICES
from budgeting.routes.lookup import Routed, routed
from budgeting.routes.words import Target


class OriginStatementSerializer(serializers.ModelSerializer):
    """What was said afterwards about the origin of a line."""

    said_by_name = serializers.CharField(source="said_by.display_name", read_only=True)

    class Meta:
        model = OriginStatement
        fields = ("id", "turn", "origin", "origin_before", "reference", "words", "said_by_name", "said_role", "said_at")
        read_only_fields = fields


class OriginClaimSerializer(serializers.ModelSerializer):
    """Somebody pointed out that a line is a proposal; what a second person said."""

    proposal_number = serializers.CharField(source="proposal.number", read_only=True)
    proposal_title = serializers.CharField(source="proposal.title", read_only=True)
    asked_by_name = serializers.CharField(source="asked_by.display_name", read_only=True)
    decided_by_name = serializers.CharField(source="decided_by.display_name", read_only=True, allow_null=True, default=None)

    class Meta:
        model = OriginClaim
        fields = (
            "id", "proposal", "proposal_number", "proposal_title", "state", "words", "asked_by_name", "asked_role", "asked_at",
            "decided_by_name", "decided_role", "decided_at", "reason", "origin_before",
        )  # fmt: skip
        read_only_fields = fields


class LineOriginSerializer(serializers.ModelSerializer):
    """A line of the budget and where it comes from; whole rupiah."""

    region_name = serializers.CharField(source="region.title", read_only=True)
    agency_name = serializers.CharField(source="agency.name", read_only=True, allow_null=True, default=None)
    proposal_number = serializers.CharField(source="proposal.number", read_only=True, allow_null=True, default=None)
    entered_by_name = serializers.CharField(source="created_by.display_name", read_only=True)
    statements = OriginStatementSerializer(source="origin_statements", many=True, read_only=True)
    claims = OriginClaimSerializer(source="origin_claims", many=True, read_only=True)

    class Meta:
        model = FundedWork
        fields = (
            "id", "plan_year", "region", "region_name", "title", "sector", "origin", "origin_reference", "proposal", "proposal_number", "amount",
            "funding_source", "agency", "agency_name", "programme", "activity", "sub_activity", "budget_document", "entered_by_name", "created_at",
            "changed_at", "version", "statements", "claims",
        )  # fmt: skip
        read_only_fields = fields


class OriginShareSerializer(serializers.Serializer):
    """A part of the money with its numerator and denominator; `per_mille` rounds half up."""

    amount, lines = serializers.IntegerField(), serializers.IntegerField()
    of_amount, of_lines = serializers.IntegerField(), serializers.IntegerField()
    per_mille = serializers.IntegerField()


class OriginSumSerializer(serializers.Serializer):
    """The money of one origin."""

    origin = serializers.CharField()
    lines, amount, share = serializers.IntegerField(), serializers.IntegerField(), serializers.IntegerField()


class OriginSummarySerializer(serializers.Serializer):
    """The money by origin. `ghost`: without a citizen's or a council member's wish; `never_proposed`: without a proposal."""

    rows = OriginSumSerializer(many=True)
    amount, lines = serializers.IntegerField(), serializers.IntegerField()
    ghost, never_proposed, unexplained = OriginShareSerializer(), OriginShareSerializer(), OriginShareSerializer()
    as_of = serializers.DateTimeField()
    last_change = serializers.DateTimeField(allow_null=True)


class OriginStatementBody(serializers.Serializer):
    """Where a line comes from: `seen` is the turn of the statement that was read, 0 where there was none."""

    id = serializers.UUIDField(required=False)
    origin = serializers.ChoiceField(CHOICES)
    reference = serializers.CharField(max_length=200)
    words = serializers.CharField(min_length=20, max_length=1000)
    seen = serializers.IntegerField(min_value=0, required=False)


class OriginClaimBody(serializers.Serializer):
    """Which proposal the line is, and why."""

    id = serializers.UUIDField(required=False)
    proposal = serializers.UUIDField()
    words = serializers.CharField(min_length=20, max_length=1000)


class OriginClaimReasonBody(serializers.Serializer):
    """Why; a refusal needs 20 characters."""

    reason = serializers.CharField(required=False, max_length=1000)


class SamePlaceSerializer(serializers.Serializer):
    """A council member's item and a village's proposal at the same place; metres, points from 0 to 100."""

    first = serializers.UUIDField(source="first_id")
    first_number = serializers.CharField(source="first.number")
    first_channel = serializers.CharField(source="first.channel")
    second = serializers.UUIDField(source="second_id")
    second_number = serializers.CharField(source="second.number")
    second_channel = serializers.CharField(source="second.channel")
    points = serializers.IntegerField()
    distance_m = serializers.IntegerField(allow_null=True)
    verdict = serializers.CharField(allow_null=True)
    difference = serializers.CharField(allow_null=True)


class RouteSerializer(serializers.Serializer):
    """By which list and from whose money a proposal goes, with the row of the table and its sentence; an official's choice beside it."""

    proposal = serializers.UUIDField(source="pk")
    number = serializers.CharField()
    title = serializers.CharField()
    village = serializers.CharField(source="village_id")
    amount = serializers.IntegerField(allow_null=True)
    route = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DictField())
    def get_route(self, row: Any) -> dict[str, Any]:
        """`code`, `target`, `funding_source`, `reason`, `authority_basis`, `is_unverified`, `village_ceiling`, `chosen`."""
        return told(routed(row))


def told(found: Routed) -> dict[str, Any]:
    """A route in plain values."""
    return {
        "code": found.route.code,
        "target": found.route.way.value,
        "funding_source": found.route.source,
        "reason": found.sentence,
        "needs_legal_entity": found.route.needs_legal_entity,
        "authority_basis": found.legal_basis,
        "is_unverified": found.is_unverified,
        "village_ceiling": found.ceiling,
        "chosen": {"target": found.chosen_way, "funding_source": found.chosen_source} if found.is_chosen else None,
    }


class RouteDecisionSerializer(serializers.ModelSerializer):
    """A route that an official chose, and what the table answered then."""

    signed_by_name = serializers.CharField(source="signed_by.display_name", read_only=True)

    class Meta:
        model = RouteDecision
        fields = ("id", "turn", "target", "funding_source", "suggested", "reason", "signed_by_name", "signed_role", "signed_at")
        read_only_fields = fields


class GrantRecipientSerializer(serializers.ModelSerializer):
    """Who receives the grant that a proposal asks for; `is_checked`: an office has seen the papers."""

    said_by_name = serializers.CharField(source="said_by.display_name", read_only=True)

    class Meta:
        model = GrantRecipient
        fields = ("id", "turn", "name", "form", "registration", "is_checked", "may_receive", "said_by_name", "said_role", "said_at")
        read_only_fields = fields


class GrantRecipientBody(serializers.Serializer):
    """Who receives the grant; `seen` is the turn of the statement that was read, 0 where there was none."""

    id = serializers.UUIDField(required=False)
    name = serializers.CharField(min_length=3, max_length=160)
    form = serializers.ChoiceField(LegalForm.choices)
    registration = serializers.CharField(required=False, max_length=120)
    seen = serializers.IntegerField(min_value=0, required=False)


class RouteBody(serializers.Serializer):
    """Another route, with its reason; `seen` is the turn of the decision that was read, 0 where there was none."""

    id = serializers.UUIDField(required=False)
    target = serializers.ChoiceField(Target.choices)
    funding_source = serializers.ChoiceField(FundingSource.choices)
    reason = serializers.CharField(min_length=20, max_length=500)
    seen = serializers.IntegerField(min_value=0, required=False)


class AuthoritySerializer(serializers.ModelSerializer):
    """Whose authority a work or a sector is, in one plan year of a kabupaten; `verified_at` empty: a default nobody has confirmed."""

    region = serializers.CharField(source="cycle.region_id", read_only=True)
    plan_year = serializers.IntegerField(source="cycle.plan_year", read_only=True)

    class Meta:
        model = AuthorityRule
        fields = ("id", "region", "plan_year", "sector", "work_code", "authority", "on_menu", "legal_basis", "verified_at", "version")
        read_only_fields = fields
