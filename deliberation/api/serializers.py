"""Comments and support over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from deliberation.api.talk_serializers import QuestionSerializer
from deliberation.models import Comment
from deliberation.models.comment import BODY_MAX, Stance


class CommentSerializer(serializers.ModelSerializer):
    """What was said. `body` is empty where a moderator hid it and the reader may not see it."""

    author_name = serializers.CharField(source="author.__str__")
    hidden = serializers.SerializerMethodField()
    waiting = serializers.SerializerMethodField()
    question = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields = (
            "id",
            "seq",
            "author_name",
            "author_role",
            "is_official",
            "parent",
            "stance",
            "body",
            "at",
            "hidden",
            "hidden_at",
            "hidden_reason",
            "waiting",
            "question",
        )
        read_only_fields = fields

    def get_hidden(self, said: Comment) -> bool:
        """Whether a moderator hid it."""
        return said.hidden_at is not None

    def get_waiting(self, said: Comment) -> bool:
        """Whether a moderator has to see it first: then it has no number yet, and only its author gets it."""
        return said.seq is None and said.hidden_at is None

    @extend_schema_field(QuestionSerializer(allow_null=True))
    def get_question(self, said: Comment) -> Any:
        """Of a question to the responsible office: who has to answer, and the answer."""
        return QuestionSerializer(said.question).data if hasattr(said, "question") else None


class CommentBody(serializers.Serializer[Any]):
    """A new comment, under the writer's own UUID."""

    id = serializers.UUIDField()
    body = serializers.CharField(trim_whitespace=False, max_length=BODY_MAX * 4)
    stance = serializers.ChoiceField(choices=Stance.choices)
    parent = serializers.UUIDField(required=False, allow_null=True, default=None)  # type: ignore[assignment]


class HideBody(serializers.Serializer[Any]):
    """Why a comment is hidden: a sentence that everybody reads."""

    reason = serializers.CharField(allow_blank=True, max_length=2000)


class SupportSerializer(serializers.Serializer[Any]):
    """How many support the proposal, and whether the asker is one of them."""

    supports = serializers.IntegerField()
    supported = serializers.BooleanField()


class RangeQuery(serializers.Serializer[Any]):
    """Which part of the discussion: above `after`, or the last ones below `before`."""

    after = serializers.IntegerField(min_value=0, max_value=2**62, default=0)
    before = serializers.IntegerField(min_value=0, max_value=2**62, required=False, allow_null=True, default=None)
    limit = serializers.IntegerField(min_value=1, max_value=200, default=50)


class CommentPage(serializers.Serializer[Any]):
    """A stretch of the discussion, in order."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = CommentSerializer(many=True)
