"""Files and the checklist as programs see them. A closed file is told of, its address only to those who may open it."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from rest_framework import serializers

from proposals.models import Attachment
from proposals.papers import documents
from proposals.papers import policy as file_policy
from proposals.papers.checklist import DOCUMENT_WORDS
from proposals.papers.readiness import Item, Land, State
from proposals.similar.nearness import metres_between
from proposals.stages import Stage


class AttachmentSerializer(serializers.ModelSerializer):
    """A file: `sha256` is of the bytes that were sent; `url` serves what is kept, null where the reader may not open it."""

    url = serializers.SerializerMethodField()
    thumbnail_url = serializers.SerializerMethodField()
    is_open = serializers.SerializerMethodField(help_text="Whether everybody may open it once the proposal is public.")
    distance_m = serializers.SerializerMethodField(help_text="From where the photo was taken to the proposal's point, where both are known.")

    class Meta:
        model = Attachment
        read_only_fields = fields = (
            "sha256", "kind", "caption", "url", "thumbnail_url", "content_type", "size", "width", "height", "pages", "is_open", "taken_at",
            "distance_m", "added_at",
        )  # fmt: skip

    def to_representation(self, instance: Attachment) -> dict[str, Any]:
        """Of what the reader may not open neither its caption is told, which may name a person, nor where and when it was taken."""
        told: dict[str, Any] = super().to_representation(instance)
        return told if self._may_open(instance) else {**told, "caption": "", "taken_at": None, "distance_m": None}

    def get_url(self, attachment: Attachment) -> str | None:
        """Where the file is served."""
        return self._address(attachment, attachment.file)

    def get_thumbnail_url(self, attachment: Attachment) -> str | None:
        """Where its small picture is served; null for a PDF."""
        return self._address(attachment, attachment.thumbnail)

    def get_is_open(self, attachment: Attachment) -> bool:
        """By its kind and its mark."""
        return documents.is_open(attachment)

    def get_distance_m(self, attachment: Attachment) -> int | None:
        """Whole metres."""
        return distance_of(attachment)

    def _address(self, attachment: Attachment, file: Any) -> str | None:
        request = self.context.get("request")
        if not file or not self._may_open(attachment):
            return None
        return request.build_absolute_uri(file.url) if request else str(file.url)

    def _may_open(self, attachment: Attachment) -> bool:
        """Asked once of a proposal, however many closed files it has."""
        if documents.is_open(attachment):
            return True
        request, asked = self.context.get("request"), self._opens_closed
        if attachment.proposal_id not in asked:
            reader = request.user if request else AnonymousUser()
            asked[attachment.proposal_id] = bool(file_policy.may_open_closed(reader, attachment.proposal))
        return asked[attachment.proposal_id]

    @cached_property
    def _opens_closed(self) -> dict[UUID, bool]:
        return {}


def distance_of(attachment: Attachment) -> int | None:
    """Metres from where a photo was taken to its proposal's point; None where one of them is not known."""
    place, point = attachment.taken_location, attachment.proposal.location
    return metres_between((place.x, place.y), (point.x, point.y)) if place and point else None


class AnswerSerializer(serializers.Serializer):
    """The village's word that a document is not applicable."""

    reason = serializers.CharField()
    is_refused = serializers.BooleanField()


class ItemSerializer(serializers.Serializer[Item]):
    """One line of the checklist."""

    document = serializers.ChoiceField(choices=Attachment.Kind.choices)
    name = serializers.SerializerMethodField()
    state = serializers.ChoiceField(choices=[(state.value, state.value) for state in State])
    gate = serializers.ChoiceField(choices=[(stage.value, stage.value) for stage in Stage], allow_null=True)
    holds_back = serializers.SerializerMethodField(help_text="Whether the proposal cannot leave its stage because of it.")
    hint = serializers.CharField()
    files = serializers.IntegerField()
    answer = AnswerSerializer(allow_null=True)
    is_verified = serializers.BooleanField(help_text="Whether the kabupaten has confirmed that it asks for it.")
    land = serializers.ChoiceField(choices=[(land.value, land.value) for land in Land], allow_null=True)

    def get_name(self, item: Item) -> str:
        """In the language of the request."""
        return str(DOCUMENT_WORDS[item.document])

    def get_holds_back(self, item: Item) -> bool:
        """At the stage given in the context."""
        return item.holds_back(Stage(self.context["stage"]))


class AnswerBody(serializers.Serializer):
    """Why a document is not applicable."""

    reason = serializers.CharField(min_length=20, max_length=300)
