"""What the floor's addresses take and answer."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from deliberation.models import Motion, Said, Turn
from deliberation.models.floor import SAID_MAX, Order, QuestionState
from deliberation.models.motion import Choice, Manner
from deliberation.words import Sex

_MOST = 2**62


class EventsQuery(serializers.Serializer[Any]):
    """After which number to go on."""

    after = serializers.IntegerField(min_value=0, max_value=_MOST, default=0)


class EventsBody(serializers.Serializer[Any]):
    """Events in order, and the number to send as `after` the next time; each is `{"seq", "kind", …}` as on the socket."""

    seq = serializers.IntegerField()
    events = serializers.ListField(child=serializers.DictField())


class RoomBody(serializers.Serializer[Any]):
    """The state of a meeting's room; docs/live.md shows the parts."""

    seq = serializers.IntegerField()
    now = serializers.DateTimeField()
    state = serializers.CharField()
    item = serializers.DictField(allow_null=True)
    speaking = serializers.DictField(allow_null=True)
    waiting = serializers.IntegerField()
    next = serializers.ListField(child=serializers.DictField())
    motion = serializers.DictField(allow_null=True)
    present = serializers.DictField()
    following = serializers.DictField()
    decisions = serializers.ListField(child=serializers.DictField())


class SaidSerializer(serializers.ModelSerializer[Said]):
    """What was said. `body` is empty where it was hidden and the reader may not see it."""

    region = serializers.CharField(source="region_id", allow_null=True)

    class Meta:
        model = Said
        fields = (
            "id", "seq", "kind", "item", "answers", "name", "mode", "capacity", "region", "is_official", "body", "state", "agreed", "at",
            "hidden_at", "hidden_reason",
        )  # fmt: skip
        read_only_fields = fields


class SaidPage(serializers.Serializer[Any]):
    """A stretch of what was said, in order; go on with `after` the last number while `more`."""

    more = serializers.BooleanField()
    results = SaidSerializer(many=True)


class HallBody(serializers.Serializer[Any]):
    """Who spoke in the hall: a turn, a line of the roll, or a name."""

    turn = serializers.UUIDField(required=False, allow_null=True, default=None)  # type: ignore[assignment]
    line = serializers.UUIDField(required=False, allow_null=True, default=None)  # type: ignore[assignment]
    name = serializers.CharField(required=False, allow_blank=True, default="", max_length=480)


class StatementBody(serializers.Serializer[Any]):
    """A statement under the writer's own UUID; with `hall` the note-taker's words for somebody else."""

    id = serializers.UUIDField()
    body = serializers.CharField(trim_whitespace=False, max_length=SAID_MAX * 4)
    item = serializers.IntegerField(required=False, allow_null=True, default=None, max_value=_MOST)
    hall = HallBody(required=False, allow_null=True, default=None)  # type: ignore[arg-type]


class QuestionBody(serializers.Serializer[Any]):
    """A question under the writer's own UUID."""

    id = serializers.UUIDField()
    body = serializers.CharField(trim_whitespace=False, max_length=SAID_MAX * 4)
    item = serializers.IntegerField(required=False, allow_null=True, default=None, max_value=_MOST)


@extend_schema_serializer(component_name="FloorAnswerBody")
class AnswerBody(serializers.Serializer[Any]):
    """An answer under the writer's own UUID."""

    id = serializers.UUIDField()
    body = serializers.CharField(trim_whitespace=False, max_length=SAID_MAX * 4)


class SettleBody(serializers.Serializer[Any]):
    """What the chair does with a question."""

    state = serializers.ChoiceField(choices=[QuestionState.OPEN, QuestionState.TAKEN_UP, QuestionState.LATER])


class ReasonBody(serializers.Serializer[Any]):
    """A sentence that everybody reads."""

    reason = serializers.CharField(allow_blank=True, max_length=2000)


class GrantBody(serializers.Serializer[Any]):
    """Why somebody is called out of the queue's order; empty for whoever is next."""

    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=2000)


class TurnSerializer(serializers.ModelSerializer[Turn]):
    """A request for the floor."""

    class Meta:
        model = Turn
        fields = ("id", "item", "name", "mode", "state", "asked_at", "granted_at", "why", "reason", "seconds", "ended_at")
        read_only_fields = fields


class PlaceSerializer(serializers.Serializer[Any]):
    """A request in its place of the queue, with the code of the reason (docs/live.md)."""

    place = serializers.IntegerField()
    why = serializers.CharField()
    turn = TurnSerializer()


class FloorBody(serializers.Serializer[Any]):
    """Who speaks, and who waits in which order."""

    order = serializers.ChoiceField(choices=Order.choices)
    seconds = serializers.IntegerField()
    speaking = TurnSerializer(allow_null=True)
    queue = PlaceSerializer(many=True)


class SpeakerBody(serializers.Serializer[Any]):
    """Somebody in the hall for whom the note-taker asks."""

    line = serializers.UUIDField(required=False, allow_null=True, default=None)  # type: ignore[assignment]
    name = serializers.CharField(required=False, allow_blank=True, default="", max_length=480)
    sex = serializers.ChoiceField(choices=Sex.choices, required=False, allow_blank=True, default="")


class AskBody(serializers.Serializer[Any]):
    """A request under the asker's own UUID; with `speaker` for somebody in the hall."""

    id = serializers.UUIDField()
    speaker = SpeakerBody(required=False, allow_null=True, default=None)  # type: ignore[arg-type]


class OrderBody(serializers.Serializer[Any]):
    """How speakers are called."""

    order = serializers.ChoiceField(choices=Order.choices)
    seconds = serializers.IntegerField(min_value=0, max_value=32_000)


class MotionSerializer(serializers.ModelSerializer[Motion]):
    """A motion; `result` is null until the close, `cast` counts votes by button."""

    class Meta:
        model = Motion
        fields = ("id", "item", "text", "manner", "state", "put_at", "opened_at", "closed_at", "cast", "result", "presence")
        read_only_fields = fields


class MotionList(serializers.Serializer[Any]):
    """The motions of a meeting: the open one first, then those that wait, then the closed ones."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = MotionSerializer(many=True)


class PutBody(serializers.Serializer[Any]):
    """A motion under the writer's own UUID."""

    id = serializers.UUIDField()
    text = serializers.CharField(max_length=1600)
    manner = serializers.ChoiceField(choices=Manner.choices)
    item = serializers.IntegerField(required=False, allow_null=True, default=None, max_value=_MOST)


class MotionVoteBody(serializers.Serializer[Any]):
    """One vote."""

    choice = serializers.ChoiceField(choices=Choice.choices)


class HallCountBody(serializers.Serializer[Any]):
    """Hands counted in the hall."""

    vars()["for"] = serializers.IntegerField(min_value=0, max_value=1_000_000)
    against = serializers.IntegerField(min_value=0, max_value=1_000_000)
    abstain = serializers.IntegerField(min_value=0, max_value=1_000_000)


class AgreedBody(serializers.Serializer[Any]):
    """How many have the same question."""

    agreed = serializers.IntegerField()
