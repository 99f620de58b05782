"""What a person follows."""

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.scope import Person
from deliberation.models import Comment, Follow, Support
from proposals.models import Proposal


def follow_of(person: Person, proposal: Proposal) -> Follow | None:
    """The person's follow of this proposal; none for a visitor."""
    return Follow.objects.filter(user=person, proposal=proposal).first() if isinstance(person, User) else None


def follows_in(person: Person, region_code: str) -> list[Follow]:
    """What the person follows of this very region: all of it, or single sectors."""
    return list(Follow.objects.filter(user=person, region=region_code).order_by("sector", "pk")) if isinstance(person, User) else []


def takes_part(person: Person, proposal: Proposal) -> bool:
    """Whether the person supported it or said something: who did is offered to follow."""
    if not isinstance(person, User):
        return False
    return Support.objects.filter(user=person, proposal=proposal).exists() or Comment.objects.filter(Q(author=person), proposal=proposal).exists()


def follows_of(person: User) -> QuerySet[Follow]:
    """Everything the person follows, newest first, with its proposals and regions."""
    rows = Follow.objects.filter(user=person).select_related("proposal", "proposal__village", "region", "region__parent")
    heavy = ("proposal__village", "region", "region__parent")
    return rows.defer(*(f"{path}__{field}" for path in heavy for field in ("boundary", "outline"))).order_by("-at", "-id")
