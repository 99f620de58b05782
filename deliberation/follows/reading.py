"""What a person follows."""

from django.db.models import QuerySet

from accounts.models import User
from accounts.scope import Person
from deliberation.models import Follow


def follows_in(person: Person, region_code: str) -> list[Follow]:
    """What the person follows of this very region: all of it, or single sectors."""
    return list(Follow.objects.filter(user=person, region=region_code).order_by("sector", "pk")) if isinstance(person, User) else []


def follows_of(person: User) -> QuerySet[Follow]:
    """Everything the person follows, newest first, with its proposals and regions."""
    rows = Follow.objects.filter(user=person).select_related("proposal", "proposal__village", "region", "region__parent")
    heavy = ("proposal__village", "region", "region__parent")
    return rows.defer(*(f"{path}__{field}" for path in heavy for field in ("boundary", "outline"))).order_by("-at", "-id")
