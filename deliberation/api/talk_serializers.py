"""Questions, follows, news and moderation over HTTP."""

from typing import Any

from rest_framework import serializers

from deliberation.models import Follow, Question, Report
from proposals.words import Sector


class QuestionSerializer(serializers.ModelSerializer):
    """Who has to answer, since when the public can read it, and the answer."""

    class Meta:
        model = Question
        fields = ("asked_at", "role", "region", "agency", "answer", "answered_at")
        read_only_fields = fields


class FollowSerializer(serializers.ModelSerializer):
    """One thing that is followed: a proposal, or a region (all sectors where `sector` is empty)."""

    sector = serializers.ChoiceField(choices=Sector.choices, allow_blank=True, read_only=True)

    class Meta:
        model = Follow
        fields = ("id", "proposal", "region", "sector", "at")
        read_only_fields = fields


class FollowPage(serializers.Serializer[Any]):
    """Some of what somebody follows."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = FollowSerializer(many=True)


class FollowBody(serializers.Serializer[Any]):
    """What to follow: `proposal`, or `region` and perhaps one of its sectors."""

    proposal = serializers.UUIDField(required=False, allow_null=True, default=None)  # type: ignore[assignment]
    region = serializers.CharField(required=False, allow_blank=True, default="", max_length=13)  # type: ignore[assignment]
    sector = serializers.ChoiceField(choices=Sector.choices, required=False, allow_blank=True, default="")  # type: ignore[assignment]


class NoticeSerializer(serializers.Serializer[Any]):
    """One line of the inbox, in the language that was asked for."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    sentence = serializers.CharField()
    reason = serializers.CharField()
    path = serializers.CharField()
    proposal = serializers.UUIDField(allow_null=True)
    at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True)


class NoticePage(serializers.Serializer[Any]):
    """A page of the inbox, newest first, with how many are unread (at most 100)."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    unread = serializers.IntegerField()
    results = NoticeSerializer(many=True)


class ReportBody(serializers.Serializer[Any]):
    """What is wrong with a comment; `other` needs words."""

    reason = serializers.ChoiceField(choices=Report.Reason.choices)
    words = serializers.CharField(required=False, allow_blank=True, default="", max_length=2000)


class AppealBody(serializers.Serializer[Any]):
    """Why it should be read."""

    words = serializers.CharField(allow_blank=True, max_length=4000)


class OfficeFigures(serializers.Serializer[Any]):
    """How one kind of office answers; times in whole days."""

    role = serializers.CharField(allow_blank=True)
    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    open = serializers.IntegerField()
    median_days = serializers.IntegerField(allow_null=True)
    longest_open_days = serializers.IntegerField(allow_null=True)


class ModerationMonth(serializers.Serializer[Any]):
    """Acts of moderation in one month, by kind."""

    month = serializers.DateField()
    counts = serializers.DictField(child=serializers.IntegerField())


class RegionTalk(serializers.Serializer[Any]):
    """Questions of the last year and acts of moderation by month, of a region and everything below it."""

    as_of = serializers.DateTimeField()
    since = serializers.DateTimeField()
    questions = OfficeFigures()
    offices = OfficeFigures(many=True)
    moderation = ModerationMonth(many=True)
