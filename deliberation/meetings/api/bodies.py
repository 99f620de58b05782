"""What programs send about meetings: shapes only; what is right is said by the services."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from deliberation.meetings.services.deciding import DECISIONS, Word
from deliberation.words import MeetingKind, MeetingState, Method
from proposals import capture_words


class PlanBody(serializers.Serializer[Any]):
    """The plan of a meeting; `version` for one that stands."""

    kind = serializers.ChoiceField(choices=MeetingKind.choices)
    region = serializers.CharField(max_length=13)
    plan_year = serializers.IntegerField(min_value=2000, max_value=2100)
    agency = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**31 - 1)
    hamlet = serializers.CharField(required=False, allow_blank=True, max_length=400)
    title = serializers.CharField(required=False, allow_blank=True, max_length=800)
    purpose = serializers.CharField(required=False, allow_blank=True, max_length=8000)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(required=False, allow_null=True)
    place = serializers.CharField(max_length=800)
    online_address = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    chair = serializers.CharField(required=False, allow_blank=True, max_length=150)
    chair_name = serializers.CharField(required=False, allow_blank=True, max_length=480)
    note_taker = serializers.CharField(required=False, allow_blank=True, max_length=150)
    note_taker_name = serializers.CharField(required=False, allow_blank=True, max_length=480)
    letter_number = serializers.CharField(required=False, allow_blank=True, max_length=240)
    version = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=2**31 - 1)


class MeetingStepBody(serializers.Serializer[Any]):
    """A step of a meeting; `at` is when it happened, where a hall without signal tells it later."""

    step = serializers.ChoiceField(choices=["open", "adjourn", "close", "cancel", "invite"])
    version = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=2**31 - 1, default=None)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=2000, default="")
    shortfall_reason = serializers.CharField(required=False, allow_blank=True, max_length=2000, default="")
    at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class ItemBody(serializers.Serializer[Any]):
    """One more item: a proposal by its number, or a title. Without either the agenda is brought up to date."""

    number = serializers.CharField(required=False, allow_blank=True, max_length=40, default="")
    title = serializers.CharField(required=False, allow_blank=True, max_length=800, default="")
    minutes = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=600)


class ActBody(serializers.Serializer[Any]):
    """What to do with an item; `position` is the place that was read, for up and down."""

    do = serializers.ChoiceField(choices=["up", "down", "hand", "done", "skipped", "waiting"])
    position = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=2**15)


@extend_schema_serializer(component_name="MeetingDecisionBody")
class DecisionBody(serializers.Serializer[Any]):
    """A decision under the writer's own UUID; a captured one tells its moment and what the device's clock shows now."""

    id = serializers.UUIDField()
    proposal = serializers.UUIDField()
    move = serializers.ChoiceField(choices=DECISIONS)
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    method = serializers.ChoiceField(choices=Method.choices, default=Method.CONSENSUS)
    reason = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False, max_length=8000)
    reason_code = serializers.CharField(required=False, allow_blank=True, max_length=32)
    responsible = serializers.CharField(required=False, allow_blank=True, max_length=640)
    volume = serializers.CharField(required=False, allow_blank=True, max_length=40)
    amount = serializers.CharField(required=False, allow_blank=True, max_length=40)
    agency = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**31 - 1)
    target = serializers.UUIDField(required=False, allow_null=True)
    captured_at = serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=40)
    device_time = serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=40)


class SyncBody(serializers.Serializer[Any]):
    """Captured decisions, in the order in which they were made."""

    decisions = DecisionBody(many=True)


class PlaceBody(serializers.Serializer[Any]):
    """One proposal of the order, with the sentence where it leaves the computed one."""

    proposal = serializers.UUIDField()
    reason = serializers.CharField(required=False, allow_blank=True, max_length=2000, default="")


class OrderBody(serializers.Serializer[Any]):
    """The whole order, first to last."""

    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    order = PlaceBody(many=True)


class MandateBody(serializers.Serializer[Any]):
    """A delegate: elected here (`stage`), or of a region below by a record on paper (`region` and `basis`)."""

    stage = serializers.CharField(required=False, allow_blank=True, max_length=12)
    region = serializers.CharField(required=False, allow_blank=True, max_length=13)
    attendance = serializers.UUIDField(required=False, allow_null=True)
    name = serializers.CharField(required=False, allow_blank=True, max_length=480)
    sex = serializers.CharField(required=False, allow_blank=True, max_length=8)
    institution = serializers.CharField(required=False, allow_blank=True, max_length=480)
    user = serializers.CharField(required=False, allow_blank=True, max_length=150)
    basis = serializers.CharField(required=False, allow_blank=True, max_length=640)


@extend_schema_serializer(component_name="MeetingEndBody")
class EndBody(serializers.Serializer[Any]):
    """Why a mandate ends: a sentence that everybody reads."""

    reason = serializers.CharField(allow_blank=True, max_length=2000)


class MeetingQuery(serializers.Serializer[Any]):
    """Filters of the list; `region` covers everything below it."""

    region = serializers.CharField(required=False, allow_blank=True, max_length=13, default="")
    kind = serializers.ChoiceField(required=False, allow_blank=True, choices=MeetingKind.choices, default="")
    state = serializers.ChoiceField(required=False, allow_blank=True, choices=MeetingState.choices, default="")
    plan_year = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=2000, max_value=2100)


def word_of(sent: dict[str, Any]) -> Word:
    """A decision as the service takes it. Raises Invalid for a captured moment that is none."""
    said = {name: sent[name] for name in ("reason", "reason_code", "responsible", "volume", "amount") if sent.get(name)}
    if sent.get("agency"):
        said["agency_id"] = sent["agency"]
    if sent.get("target"):
        said["target_id"] = sent["target"]
    return Word(sent["id"], sent["proposal"], sent["move"], sent["version"], sent["method"], said, capture_words.read(sent))
