"""What the API says about a person, to that person only."""

from typing import Any

from rest_framework import serializers

from accounts import scope
from accounts.models import Assignment, Residency, User


class OfficeSerializer(serializers.ModelSerializer):
    """A role held today."""

    region_name = serializers.CharField(source="region.title")
    agency = serializers.CharField(source="agency.code", default=None)

    class Meta:
        model = Assignment
        fields = ("role", "region", "region_name", "agency", "starts_on", "ends_on")
        read_only_fields = fields


class ResidencySerializer(serializers.ModelSerializer):
    """A claim to live in a village, and what became of it."""

    village_name = serializers.CharField(source="village.title")

    class Meta:
        model = Residency
        fields = ("village", "village_name", "status", "reason", "requested_at", "decided_at")
        read_only_fields = fields


class MeSerializer(serializers.ModelSerializer):
    """The person, with what she holds today and where she lives."""

    offices = serializers.SerializerMethodField()
    residency = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("username", "display_name", "language", "offices", "residency")
        read_only_fields = fields

    def get_offices(self, user: User) -> list[dict[str, Any]]:
        """Assignments in force today."""
        return list(OfficeSerializer(scope.assignments_of(user), many=True).data)

    def get_residency(self, user: User) -> dict[str, Any] | None:
        """The newest claim that is open or was decided; null where there is none."""
        newest = Residency.objects.filter(user=user).select_related("village").defer("village__boundary", "village__outline").first()
        return ResidencySerializer(newest).data if newest else None


class ClaimSerializer(serializers.ModelSerializer):
    """A claim as the village sees it that decides about it."""

    user_name = serializers.CharField(source="user.__str__")

    class Meta:
        model = Residency
        fields = ("id", "user_name", "village", "status", "hint", "requested_at")
        read_only_fields = fields


class ClaimBody(serializers.Serializer[Any]):
    """Where a person says to live, and what helps the village to recognise her. Never a NIK."""

    village = serializers.CharField(max_length=13)
    hint = serializers.CharField(max_length=500, allow_blank=True, default="")


class DecisionBody(serializers.Serializer[Any]):
    """Yes or no; a no says why."""

    confirm = serializers.BooleanField()
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")


class EndBody(serializers.Serializer[Any]):
    """Why it ends; the person need not say."""

    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")
