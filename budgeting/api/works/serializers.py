"""Works as programs see them. For reading; the bodies are for the description and the shape."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from budgeting.models import Confirmation, DisputeAnswer, FundedWork, Progress, WorkPhoto
from budgeting.models.ceiling import FundingSource
from budgeting.words import Origin, Witness
from budgeting.works import reading
from budgeting.works.line_fields import CHANGEABLE
from budgeting.works.reading import STATES

_PAIR = {"type": "array", "items": {"type": "number"}}
_POINT = {"type": "object", "nullable": True, "properties": {"type": {"type": "string"}, "coordinates": _PAIR}}


class WorkSerializer(serializers.ModelSerializer):
    """A line of the budget and how far it is. Whole rupiah; percents with at most two decimals; `confirms` and `disputes` count words in force."""

    region_name = serializers.CharField(source="region.title", read_only=True)
    agency_name = serializers.CharField(source="agency.name", read_only=True, default=None, allow_null=True)
    proposal_number = serializers.CharField(source="proposal.number", read_only=True, default=None, allow_null=True)
    state = serializers.SerializerMethodField()
    physical_percent = serializers.FloatField(read_only=True)
    financial_percent = serializers.SerializerMethodField()
    days_late = serializers.SerializerMethodField()
    days_silent = serializers.SerializerMethodField()
    confirms = serializers.SerializerMethodField()
    disputes = serializers.SerializerMethodField()
    location = serializers.SerializerMethodField()

    class Meta:
        model = FundedWork
        fields = (
            "id", "plan_year", "region", "region_name", "proposal", "proposal_number", "title", "sector", "origin", "origin_reference",
            "funding_source", "agency", "agency_name", "amount", "programme_code", "programme", "activity_code", "activity", "sub_activity_code",
            "sub_activity", "budget_document", "procurement_reference", "provider", "planned_start", "planned_end", "location", "state",
            "physical_percent", "paid", "financial_percent", "reported_at", "days_late", "days_silent", "confirms", "disputes", "answer_due_on",
            "handed_over_on", "handover_document", "handed_over_to", "version", "changed_at",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(STATES))
    def get_state(self, work: FundedWork) -> str:
        """Where it stands."""
        return reading.state_of(work)

    def get_financial_percent(self, work: FundedWork) -> float:
        """What share of the budget is paid."""
        return round(float(reading.financial_percent(work)), 2)

    def get_days_late(self, work: FundedWork) -> int:
        """Days since the planned end, while it is not reported as done."""
        return reading.days_late(work)

    def get_days_silent(self, work: FundedWork) -> int:
        """Days without a word, once they are more than the limit."""
        return reading.days_silent(work)

    def get_confirms(self, work: FundedWork) -> int:
        """People of the village who say that it is right."""
        return self._dress(work).confirms

    def get_disputes(self, work: FundedWork) -> int:
        """People of the village who say that there is a problem."""
        return self._dress(work).disputes

    @extend_schema_field(_POINT)
    def get_location(self, work: FundedWork) -> dict[str, Any] | None:
        """A GeoJSON point."""
        return {"type": "Point", "coordinates": [work.location.x, work.location.y]} if work.location else None

    def _dress(self, work: FundedWork) -> reading.Dress:
        return self.context["dressed"][work.pk]  # type: ignore[no-any-return]


class ProgressSerializer(serializers.ModelSerializer):
    """One report."""

    physical_percent = serializers.FloatField(read_only=True)
    reported_by_name = serializers.CharField(source="reported_by.display_name", read_only=True)

    class Meta:
        model = Progress
        fields = ("id", "as_of", "physical_percent", "paid", "note", "reported_by_name", "reported_role", "reported_at")
        read_only_fields = fields


class WorkPhotoSerializer(serializers.ModelSerializer):
    """A photo of a work; `distance_m` is how far from the work's own place the camera says it was taken."""

    url = serializers.FileField(source="file", read_only=True)
    thumbnail = serializers.FileField(read_only=True)

    class Meta:
        model = WorkPhoto
        fields = ("sha256", "moment", "caption", "url", "thumbnail", "width", "height", "taken_at", "distance_m", "progress", "added_at")
        read_only_fields = fields


class ConfirmationSerializer(serializers.ModelSerializer):
    """What one person of the village says; residents are told by their role, not by their name."""

    class Meta:
        model = Confirmation
        fields = ("id", "role", "verdict", "reason", "at", "superseded_at")
        read_only_fields = fields


class DisputeAnswerSerializer(serializers.ModelSerializer):
    """What is answered to those who dispute."""

    by_name = serializers.CharField(source="by.display_name", read_only=True)

    class Meta:
        model = DisputeAnswer
        fields = ("id", "text", "by_name", "role", "at")
        read_only_fields = fields


class LineBody(serializers.Serializer):
    """A line of the budget that has no proposal; whole rupiah."""

    plan_year = serializers.IntegerField(min_value=2000, max_value=2100)
    region = serializers.CharField(max_length=13)
    title = serializers.CharField(max_length=200)
    origin = serializers.ChoiceField([choice for choice in Origin.choices if choice[0] not in ("village", "carried_over")])
    origin_reference = serializers.CharField(max_length=200, required=False)
    funding_source = serializers.ChoiceField(FundingSource.choices)
    agency = serializers.IntegerField(required=False, allow_null=True)
    sector = serializers.CharField(required=False)
    amount = serializers.IntegerField(min_value=1)
    planned_start = serializers.DateField(required=False)
    planned_end = serializers.DateField(required=False)


class LineChange(serializers.Serializer):
    """New codes, documents and dates for the line that was read at `version`."""

    version = serializers.IntegerField(min_value=1)

    def get_fields(self) -> dict[str, Any]:
        """The version, and every field that may be changed."""
        fields = super().get_fields()
        kinds: dict[str, Any] = {"planned_start": serializers.DateField, "planned_end": serializers.DateField, "location": serializers.JSONField}
        fields |= {name: kinds.get(name, serializers.CharField)(required=False) for name in sorted(CHANGEABLE)}
        return fields


class ProgressBody(serializers.Serializer):
    """A report: the sender's own UUID, the day, what share is built, what was paid so far."""

    id = serializers.UUIDField()
    as_of = serializers.DateField()
    physical_percent = serializers.FloatField(min_value=0, max_value=100)
    paid = serializers.IntegerField(min_value=0)
    note = serializers.CharField(max_length=1000, required=False)


class HandoverBody(serializers.Serializer):
    """To whom, on which day, by which document."""

    on = serializers.DateField()
    document = serializers.CharField(max_length=80)
    to = serializers.CharField(max_length=160)


class ConfirmationBody(serializers.Serializer):
    """One person's word; a dispute says why."""

    id = serializers.UUIDField()
    verdict = serializers.ChoiceField(Witness.choices)
    reason = serializers.CharField(max_length=1000, required=False)


class DisputeAnswerBody(serializers.Serializer):
    """What is answered."""

    id = serializers.UUIDField()
    text = serializers.CharField(max_length=2000)
