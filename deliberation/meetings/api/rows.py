"""Meetings as programs read them."""

from typing import Any

from rest_framework import serializers

from deliberation.meetings import policy, states
from deliberation.meetings.services.syncing import STATUSES
from deliberation.models import AgendaItem, Decision, Mandate, Meeting, Ranking
from proposals.words import ReasonCode


class MeetingRow(serializers.ModelSerializer):
    """A meeting in a list."""

    plan_year = serializers.IntegerField(source="cycle.plan_year")
    region = serializers.CharField(source="region_id")
    region_name = serializers.CharField(source="region.title")
    agency = serializers.IntegerField(source="agency_id", allow_null=True)
    online_address = serializers.CharField(help_text="Empty where nobody takes part from elsewhere.")

    class Meta:
        model = Meeting
        fields: tuple[str, ...] = (
            "id",
            "kind",
            "stage",
            "state",
            "title",
            "plan_year",
            "region",
            "region_name",
            "agency",
            "hamlet",
            "starts_at",
            "ends_at",
            "place",
            "online_address",
            "decided",
            "version",
        )
        read_only_fields = fields


class MeetingDetail(MeetingRow):
    """A meeting in full, with what the asker may do with it now."""

    moves = serializers.SerializerMethodField()
    may_decide = serializers.SerializerMethodField()

    class Meta(MeetingRow.Meta):
        fields = (
            *MeetingRow.Meta.fields,
            "purpose",
            "chair_name",
            "note_taker_name",
            "letter_number",
            "invited_at",
            "opened_at",
            "closed_at",
            "shortfall_reason",
            "cancelled_reason",
            "convened_role",
            "ranked",
            "created_at",
            "changed_at",
            "moves",
            "may_decide",
        )
        read_only_fields = fields

    def _asker(self) -> Any:
        return self.context["request"].user

    def get_moves(self, meeting: Meeting) -> list[str]:
        """The steps that the asker may take now."""
        return [step.name for step in states.steps_from(meeting.state)] if policy.may_run(self._asker(), meeting) else []

    def get_may_decide(self, meeting: Meeting) -> bool:
        """Whether the asker may write decisions down now."""
        return bool(policy.may_decide(self._asker(), meeting) and policy.in_session(meeting))


class ItemRow(serializers.ModelSerializer):
    """An item of the agenda."""

    proposal = serializers.UUIDField(source="proposal_id", allow_null=True)
    proposal_number = serializers.CharField(source="proposal.number", allow_null=True, default=None)
    village = serializers.CharField(source="proposal.village_id", allow_null=True, default=None)

    class Meta:
        model = AgendaItem
        fields = ("id", "position", "kind", "title", "proposal", "proposal_number", "village", "minutes", "state", "started_at", "ended_at")
        read_only_fields = fields


class DecisionRow(serializers.ModelSerializer):
    """An item of the record. `amount` and `volume` are what stood after it."""

    proposal = serializers.UUIDField(source="proposal_id")
    proposal_number = serializers.CharField(source="proposal.number")
    decided_by = serializers.CharField(source="decided_by.__str__")
    recorded_by = serializers.CharField(source="recorded_by.__str__")
    reason_code = serializers.ChoiceField(choices=ReasonCode.choices, allow_blank=True)
    target = serializers.UUIDField(source="target_id", allow_null=True)
    agency = serializers.IntegerField(source="agency_id", allow_null=True)

    class Meta:
        model = Decision
        fields = (
            "id",
            "number",
            "item",
            "proposal",
            "proposal_number",
            "move",
            "method",
            "volume",
            "amount",
            "reason_code",
            "reason",
            "responsible",
            "agency",
            "target",
            "presence",
            "decided_by",
            "role",
            "recorded_by",
            "decided_at",
            "recorded_at",
        )
        read_only_fields = fields


class RankRow(serializers.ModelSerializer):
    """A place that the meeting gave, beside the computed one."""

    proposal = serializers.UUIDField(source="proposal_id")
    proposal_number = serializers.CharField(source="proposal.number")

    class Meta:
        model = Ranking
        fields = ("place", "proposal", "proposal_number", "computed_place", "reason")
        read_only_fields = fields


class MandateRow(serializers.ModelSerializer):
    """Who speaks for whom, by which record."""

    region = serializers.CharField(source="region_id")
    region_name = serializers.CharField(source="region.title")
    meeting = serializers.UUIDField(source="meeting_id", allow_null=True)

    class Meta:
        model = Mandate
        fields = ("id", "stage", "region", "region_name", "name", "sex", "institution", "basis", "meeting", "given_at", "ended_at", "ended_reason")
        read_only_fields = fields


class RankSheet(serializers.Serializer[Any]):
    """The order as it stands; `version` guards the next one."""

    version = serializers.IntegerField()
    results = RankRow(many=True)


class SyncLine(serializers.Serializer[Any]):
    """What became of one captured decision."""

    id = serializers.UUIDField()
    proposal = serializers.UUIDField()
    status = serializers.ChoiceField(choices=STATUSES)
    number = serializers.IntegerField(allow_null=True)
    code = serializers.CharField()
    message = serializers.CharField()
    fields = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))  # type: ignore[assignment]
    stands = serializers.DictField()


class SyncReport(serializers.Serializer[Any]):
    """One line for each decision that was sent, in their order."""

    results = SyncLine(many=True)


class CursorPage(serializers.Serializer[Any]):
    """What every list has: the addresses of its neighbours."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class MeetingPage(CursorPage):
    """Some meetings."""

    results = MeetingRow(many=True)


class ItemPage(CursorPage):
    """A stretch of an agenda."""

    results = ItemRow(many=True)


class DecisionPage(CursorPage):
    """Some decisions."""

    results = DecisionRow(many=True)


class MandatePage(CursorPage):
    """Some delegates."""

    results = MandateRow(many=True)
