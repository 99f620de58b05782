"""Ballots over HTTP: the question for everybody, the result once it is published."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from deliberation.ballots import policy
from deliberation.ballots.reading import as_row, standees_of
from deliberation.ballots.results import running_turnout
from deliberation.ballots.words import BallotKind, BallotScope, BallotState, Secrecy
from deliberation.models import Ballot

#: What a mark may name and say at all, for both ways of a vote (plain.py); the rules of a ballot are narrower.
MARK_MOST = 9999
_STANDEE = ("number", "title", "cost", "village", "village_code", "proposal")


class BallotSerializer(serializers.ModelSerializer):
    """A ballot in a list. What was voted is in no field."""

    region = serializers.CharField(source="region_id")
    plan_year = serializers.IntegerField(source="cycle.plan_year")
    meeting = serializers.UUIDField(source="meeting_id", allow_null=True)

    class Meta:
        model = Ballot
        fields = (
            "id", "title", "purpose", "region", "plan_year", "meeting", "scope", "kind", "secrecy", "state", "most", "budget", "points_total",
            "points_each", "shows_turnout", "opens_at", "closes_at", "closed_at", "published_at", "annulled_at", "annul_reason", "version",
        )  # fmt: skip
        read_only_fields = fields


class BallotDetail(BallotSerializer):
    """With who stands, and after publication the result and the fingerprints of its files."""

    candidates = serializers.SerializerMethodField()
    rules_sha256 = serializers.SerializerMethodField()
    turnout = serializers.SerializerMethodField()
    result = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()

    class Meta(BallotSerializer.Meta):
        fields = (*BallotSerializer.Meta.fields, "candidates", "rules_sha256", "turnout", "result", "files")  # type: ignore[assignment]
        read_only_fields = fields  # type: ignore[assignment]

    def get_candidates(self, ballot: Ballot) -> list[dict[str, Any]]:
        """Who stands, as frozen at opening."""
        return [{**dict(zip(_STANDEE, as_row(one), strict=True)), "withdrawn": one.withdrawn} for one in standees_of(ballot).values()]

    def get_rules_sha256(self, ballot: Ballot) -> str:
        """Of the frozen rules and candidates; empty for a draft."""
        return str(ballot.frozen.get("sha256", ""))

    def get_turnout(self, ballot: Ballot) -> dict[str, int | None] | None:
        """How many have voted by channel, where the ballot shows that; null is "fewer than 5"."""
        return running_turnout(ballot) if ballot.state in {BallotState.OPEN, BallotState.CLOSED} else None

    def get_result(self, ballot: Ballot) -> dict[str, Any] | None:
        """Null before publication, for everybody."""
        return ballot.result if policy.may_read_results(ballot) else None

    def get_files(self, ballot: Ballot) -> dict[str, str]:
        """SHA-256 of the published files by name."""
        return dict(ballot.files.values_list("kind", "sha256")) if policy.may_read_results(ballot) else {}


@extend_schema_serializer(component_name="BallotDraftBody")
class DraftBody(serializers.Serializer[Any]):
    """A draft: the question, who answers, by which rules, who stands."""

    title = serializers.CharField(max_length=400)
    purpose = serializers.CharField(required=False, allow_blank=True, default="", max_length=8000)
    scope = serializers.ChoiceField(choices=BallotScope.choices)
    region = serializers.CharField(required=False, default="", max_length=13, allow_blank=True)
    plan_year = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=2000, max_value=2100)
    meeting = serializers.UUIDField(required=False, allow_null=True, default=None)
    kind = serializers.ChoiceField(choices=BallotKind.choices)
    secrecy = serializers.ChoiceField(choices=Secrecy.choices, default=Secrecy.SECRET)
    most = serializers.IntegerField(required=False, allow_null=True, default=None)
    budget = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0, max_value=2**62)
    points_total = serializers.IntegerField(required=False, allow_null=True, default=None)
    points_each = serializers.IntegerField(required=False, allow_null=True, default=None)
    shows_turnout = serializers.BooleanField(default=True)
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    proposals = serializers.ListField(child=serializers.UUIDField(), max_length=99)
    version = serializers.IntegerField(required=False, allow_null=True, default=None)


@extend_schema_serializer(component_name="BallotMark")
class MarkBody(serializers.Serializer[Any]):
    """One mark: a candidate's number, and 1, the place, or the points."""

    number = serializers.IntegerField(min_value=0, max_value=MARK_MOST)
    value = serializers.IntegerField(min_value=-MARK_MOST, max_value=MARK_MOST, default=1)


class VoteBody(serializers.Serializer[Any]):
    """A vote under the client's own random UUID (version 4, new for each vote, kept until it is acknowledged)."""

    nonce = serializers.UUIDField()
    marks = MarkBody(many=True)
    abstains = serializers.BooleanField(default=False)


class ReceiptSerializer(serializers.Serializer[Any]):
    """That a vote is recorded; of a secret ballot with the code to find it by."""

    recorded = serializers.BooleanField()
    receipt = serializers.CharField()
    replaced = serializers.BooleanField()


class StepBody(serializers.Serializer[Any]):
    """What is done to the ballot."""

    step = serializers.ChoiceField(choices=["open", "close", "publish", "annul", "withdraw"])
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=2000)
    number = serializers.IntegerField(required=False, default=0, min_value=0, max_value=MARK_MOST)
    version = serializers.IntegerField(required=False, allow_null=True, default=None)


class BallotQuery(serializers.Serializer[Any]):
    """Which ballots."""

    region = serializers.CharField(required=False, default="", max_length=13)
    state = serializers.ChoiceField(choices=BallotState.choices, required=False, default="")
    meeting = serializers.UUIDField(required=False, allow_null=True, default=None)
