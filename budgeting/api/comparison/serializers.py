"""Changes by hand, answers and comparisons as programs see them. Whole rupiah; shares as exact fractions in text."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from rest_framework import serializers

from budgeting.answers import reading
from budgeting.models import AllocationLine, Override, VillageAnswer


class OverrideSerializer(serializers.ModelSerializer):
    """What a person decided differently from the rule; the line itself stays as it is."""

    number = serializers.CharField(source="proposal.number", read_only=True)
    signed_by_name = serializers.CharField(source="signed_by.display_name", read_only=True)
    withdrawn_by_name = serializers.CharField(source="withdrawn_by.display_name", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Override
        fields = ("id", "proposal", "number", "verdict", "amount", "reason", "signed_by_name", "signed_role", "signed_at", "withdrawn_by_name",
                  "withdrawn_at")  # fmt: skip
        read_only_fields = fields


class OverrideBody(serializers.Serializer):
    """A change to sign. `amount` only where it is funded; the whole cost where none is sent."""

    proposal = serializers.UUIDField()
    verdict = serializers.ChoiceField(AllocationLine.Verdict.choices)
    amount = serializers.IntegerField(required=False, min_value=1)
    reason = serializers.CharField(min_length=20, max_length=500)


class VillageAnswerSerializer(serializers.ModelSerializer):
    """What a published run answered to a region, as it was said that day, in the language of the request."""

    region_name = serializers.CharField(source="region.title", read_only=True)
    answered_by_name = serializers.CharField(source="answered_by.display_name", read_only=True)
    text = serializers.SerializerMethodField()

    class Meta:
        model = VillageAnswer
        fields = ("id", "run", "region", "region_name", "plan_year", "asked", "funded", "amount", "facts", "text", "answered_by_name", "answered_at")
        read_only_fields = fields

    def get_text(self, answer: VillageAnswer) -> list[str]:
        """Sentence by sentence, as it is read aloud."""
        return reading.as_text(answer, get_language() or settings.LANGUAGE_CODE)


class SumSerializer(serializers.Serializer):
    """Some lines of one run."""

    lines = serializers.IntegerField()
    funded = serializers.IntegerField()
    amount = serializers.IntegerField()


class ReachedSerializer(serializers.Serializer):
    """People who want something, and those of them who get at least one thing; both null for fewer than five."""

    total = serializers.SerializerMethodField()
    reached = serializers.SerializerMethodField()

    def get_total(self, one: Any) -> int | None:
        """How many there are."""
        return one.total if one.share is not None else None

    def get_reached(self, one: Any) -> int | None:
        """How many get something."""
        return one.reached if one.share is not None else None


class FifthSerializer(serializers.Serializer):
    """Villages by how poor they are: 1 the poorest fifth, 0 those of which nobody knows; rupiah a head rounded to the whole."""

    index = serializers.IntegerField()
    villages = serializers.IntegerField()
    population = serializers.IntegerField()
    per_head = serializers.IntegerField(allow_null=True)


class ColumnSerializer(serializers.Serializer):
    """One run of a comparison, overrides in force counted."""

    run = serializers.UUIDField()
    rule = serializers.CharField()
    status = serializers.CharField()
    budget = serializers.IntegerField()
    total = SumSerializer()
    by_hand = serializers.IntegerField()
    villages_reached = serializers.IntegerField()
    fifths = FifthSerializer(many=True)
    sectors = serializers.DictField(child=SumSerializer())
    origins = serializers.DictField(child=SumSerializer())
    marks = serializers.DictField(child=SumSerializer())
    villages = serializers.DictField(child=SumSerializer())
    supporters = ReachedSerializer()
    voters = serializers.DictField(child=ReachedSerializer())


class ComparisonSerializer(serializers.Serializer):
    """Runs beside each other, the first one asked for first."""

    plan_year = serializers.IntegerField()
    runs = ColumnSerializer(many=True)
