"""What the roll's addresses take and answer."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from deliberation.models import Attendance, Presence
from deliberation.roll.services.entering import Answer
from deliberation.words import Mode, RollSource

_LINES = 500


class StaySerializer(serializers.ModelSerializer):
    """One stay."""

    class Meta:
        model = Presence
        fields = ("mode", "arrived_at", "left_at", "heard_at")
        read_only_fields = fields


@extend_schema_serializer(component_name="RollLine")
class LineSerializer(serializers.ModelSerializer):
    """A line of the roll, for those who may read the names, and a person's own."""

    stays = StaySerializer(many=True, read_only=True)
    region = serializers.CharField(source="region_id", allow_null=True)
    struck = serializers.SerializerMethodField()
    merged_into = serializers.SerializerMethodField()
    has_account = serializers.SerializerMethodField()

    class Meta:
        model = Attendance
        fields = (
            *("id", "number", "name", "sex", "element", "address", "institution", "is_young", "is_disabled", "region", "mandate", "has_account"),
            *("source", "entered_at", "captured_at", "clock_ahead_s", "is_late", "version", "struck", "struck_reason", "merged_into", "stays"),
        )
        read_only_fields = fields

    def get_struck(self, row: Attendance) -> bool:
        """Whether the line counts no more."""
        return row.struck_at is not None

    def get_merged_into(self, row: Attendance) -> int | None:
        """The number of the line that took it over."""
        return row.merged_into.number if row.merged_into else None

    def get_has_account(self, row: Attendance) -> bool:
        """Whether the person signed in."""
        return row.user_id is not None


class LinesBody(serializers.Serializer[Any]):
    """Lines to put on the roll, and what the device's clock shows while it sends them.

    A line: `id` (the sender's own UUID), `name`, `sex`, `element`; `address`, `institution`, `region`, `is_young`,
    `is_disabled`, `mode`; `captured_at` and `left_at` by the device's clock, where it was captured without signal.
    """

    lines = serializers.ListField(child=serializers.DictField(), max_length=_LINES, allow_empty=False)
    device_time = serializers.CharField(required=False, allow_blank=True, default="")
    source = serializers.ChoiceField(choices=[RollSource.TYPED, RollSource.PASTED, RollSource.OFFLINE], default=RollSource.TYPED)  # type: ignore[assignment]


@extend_schema_serializer(component_name="RollCorrectionBody")
class CorrectionBody(serializers.Serializer[Any]):
    """A line written anew, made from this version of it."""

    name = serializers.CharField(max_length=1000)
    sex = serializers.CharField(max_length=60)
    element = serializers.CharField(max_length=60)
    address = serializers.CharField(max_length=1000, allow_blank=True, default="")
    institution = serializers.CharField(max_length=1000, allow_blank=True, default="")
    region = serializers.CharField(max_length=60, allow_blank=True, default="")
    is_young = serializers.BooleanField(default=False)
    is_disabled = serializers.BooleanField(default=False)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class ReasonBody(serializers.Serializer[Any]):
    """Why a line is struck."""

    reason = serializers.CharField(allow_blank=True, max_length=2000)


class IntoBody(serializers.Serializer[Any]):
    """The number of the person's other line."""

    into = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class StayBody(serializers.Serializer[Any]):
    """Arriving in a mode, or leaving; `at` where it was not now."""

    verb = serializers.ChoiceField(choices=["arrive", "leave"])
    mode = serializers.ChoiceField(choices=Mode.choices, default=Mode.HALL)  # type: ignore[assignment]
    at = serializers.DateTimeField(required=False, allow_null=True, default=None)  # type: ignore[assignment]


class SelfBody(serializers.Serializer[Any]):
    """Coming oneself: `code` of the door for the hall, none for online; what the roll asks where it does not know."""

    mode = serializers.ChoiceField(choices=Mode.choices, default=Mode.ONLINE)  # type: ignore[assignment]
    code = serializers.CharField(max_length=60, allow_blank=True, default="")
    name = serializers.CharField(max_length=1000, required=False)
    sex = serializers.CharField(max_length=60, required=False)
    element = serializers.CharField(max_length=60, required=False)
    address = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    institution = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    region = serializers.CharField(max_length=60, required=False, allow_blank=True)


class CodeBody(serializers.Serializer[Any]):
    """A person's own code, read or typed at the door."""

    code = serializers.CharField(max_length=60)


class RollQuery(serializers.Serializer[Any]):
    """Which lines: behind this number."""

    after = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)
    limit = serializers.IntegerField(min_value=1, max_value=500, default=200)


class AtQuery(serializers.Serializer[Any]):
    """Of which moment; now where none is asked for."""

    at = serializers.DateTimeField(required=False, allow_null=True, default=None)  # type: ignore[assignment]


class LettersQuery(serializers.Serializer[Any]):
    """How a name begins."""

    q = serializers.CharField(max_length=60, allow_blank=True, default="")


def answered(answer: Answer) -> dict[str, Any]:
    """What became of one sent line, for JSON."""
    told: dict[str, Any] = {"id": str(answer.id), "state": answer.state, "twins": answer.twins}
    if answer.row is not None:
        told |= {"number": answer.row.number, "name": answer.row.name, "late": answer.row.is_late, "struck": answer.row.struck_at is not None}
    if answer.refusal is not None:
        told |= {"code": answer.refusal.code, "message": answer.refusal.in_words(), "fields": answer.refusal.fields or {}}
    return told
