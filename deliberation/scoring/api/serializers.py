"""Shapes of scoring over HTTP. Exact fractions are text (`"9/2"`); a sheet is answered to its own scorer alone."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from deliberation.models import Panel, PanelEntry
from deliberation.scoring import criteria, policy, reading
from deliberation.scoring.words import PanelState, SheetState
from proposals.words import STAGE_WORDS


class PanelSerializer(serializers.ModelSerializer[Panel]):
    """One panel in a list."""

    plan_year = serializers.IntegerField(source="cycle.plan_year")

    class Meta:
        model = Panel
        fields = ("id", "title", "region", "stage", "plan_year", "meeting", "state", "opened_at", "closed_at", "version")


class PanelDetail(PanelSerializer):
    """With what is frozen; `result` is null for everybody until the close, also for scorers and officials."""

    criteria = serializers.SerializerMethodField()
    sha256 = serializers.SerializerMethodField()
    entries = serializers.SerializerMethodField()
    scorers = serializers.SerializerMethodField()
    result = serializers.SerializerMethodField()

    class Meta(PanelSerializer.Meta):
        fields = (*PanelSerializer.Meta.fields, "criteria", "seed", "as_of", "sha256", "entries", "scorers", "closed_reason", "result")  # type: ignore[assignment]

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_criteria(self, panel: Panel) -> list[dict[str, Any]]:
        """Frozen, or as they stand while the panel is a draft."""
        return panel.frozen.get("criteria") or criteria.told(criteria.read(panel.cycle, panel.stage)[1])

    def get_sha256(self, panel: Panel) -> str:
        """Of all that was frozen; empty for a draft."""
        return str(panel.frozen.get("sha256", ""))

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_entries(self, panel: Panel) -> list[dict[str, Any]]:
        """Number, proposal, computed values with their inputs, how many scorers are recused."""
        return [_entry(row) for row in reading.entries_of(panel)]

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_scorers(self, panel: Panel) -> list[dict[str, Any]]:
        """Who scores as whom, and whether the sheet is handed in; never how far it is."""
        return [{"sheet": row.pk, "name": str(row.scorer), "capacity": row.capacity, "state": row.state} for row in reading.sheets_of(panel)]

    @extend_schema_field(serializers.DictField(allow_null=True))
    def get_result(self, panel: Panel) -> dict[str, Any] | None:
        """Places, values, spread and sensitivity."""
        return panel.result if policy.may_read_results(panel) else None


def _entry(row: PanelEntry) -> dict[str, Any]:
    recused: int = row.recused  # type: ignore[attr-defined]
    return {
        "number": row.number,
        "proposal": str(row.proposal_id),
        "proposal_number": row.proposal.number,
        "computed": row.computed,
        "recused": recused,
    }


class ScorerBody(serializers.Serializer[Any]):
    """One scorer."""

    username = serializers.CharField(max_length=150)
    capacity = serializers.CharField(max_length=200)


class PanelBody(serializers.Serializer[Any]):
    """A draft: for a meeting, or for a stage of a region and plan year."""

    title = serializers.CharField(max_length=400)
    scorers = ScorerBody(many=True)
    meeting = serializers.UUIDField(required=False, allow_null=True, default=None)
    region = serializers.CharField(required=False, allow_blank=True, default="", max_length=13)
    stage = serializers.ChoiceField(choices=list(STAGE_WORDS.items()), required=False, allow_blank=True, default="")
    plan_year = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=2000, max_value=2100)
    version = serializers.IntegerField(required=False, allow_null=True, default=None)


class PanelStepBody(serializers.Serializer[Any]):
    """What is done to the panel; `sheet` for reopening one."""

    step = serializers.ChoiceField(choices=["open", "close", "reopen_sheet", "discard"])
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=2000)
    sheet = serializers.IntegerField(required=False, default=0, min_value=0, max_value=2**31)
    version = serializers.IntegerField(required=False, allow_null=True, default=None)


@extend_schema_serializer(component_name="ScoreMark")
class MarkBody(serializers.Serializer[Any]):
    """One score; a value of null takes it away, a comment that is not sent stays."""

    number = serializers.IntegerField(min_value=0, max_value=9999)
    code = serializers.CharField(max_length=8)
    value = serializers.IntegerField(allow_null=True, min_value=-99, max_value=99)
    comment = serializers.CharField(required=False, allow_blank=True, allow_null=True, default=None, max_length=2000)


@extend_schema_serializer(component_name="ScoreSheetBody")
class SheetBody(serializers.Serializer[Any]):
    """Some scores of the own sheet."""

    marks = serializers.ListField(child=MarkBody(), max_length=5000)
    submit = serializers.BooleanField(default=False)


class TieBody(serializers.Serializer[Any]):
    """A link to what asks."""

    number = serializers.IntegerField(min_value=0, max_value=9999)
    reason = serializers.CharField(max_length=2000)


class SheetSerializer(serializers.Serializer[Any]):
    """The asker's own sheet."""

    state = serializers.ChoiceField(choices=SheetState.choices)
    capacity = serializers.CharField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    marks = MarkBody(many=True)
    locked = serializers.DictField(child=serializers.CharField())
    missing = serializers.IntegerField()


class PanelQuery(serializers.Serializer[Any]):
    """Which panels."""

    region = serializers.CharField(required=False, default="", max_length=13)
    state = serializers.ChoiceField(choices=PanelState.choices, required=False, default="")
    meeting = serializers.UUIDField(required=False, allow_null=True, default=None)
