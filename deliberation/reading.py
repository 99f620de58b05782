"""What was said, as this reader may see it. The one place that decides whether a hidden text is shown."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from accounts.models import User
from accounts.scope import Person
from deliberation import policy
from deliberation.models import Comment, Support
from proposals.descent import reading as descent
from proposals.models import Proposal

AT_ONCE = 50
AT_MOST = 200
#: Of the proposals that came before, the newest comments: the rest a link away, on their own pages.
INHERITED = 30


def comments(proposal: Proposal, reader: Person, *, after: int = 0, before: int | None = None, limit: int = AT_ONCE) -> list[Comment]:
    """At most `limit` comments in the order of their numbers: those above `after`, or the last ones below `before`.

    Two queries at most, however many comments. What was hidden comes without its text, except for those who may read it.
    """
    rows = Comment.objects.public().filter(proposal=proposal, seq__gt=after).select_related("author", "question").order_by("seq")
    found = list(rows[:limit]) if before is None else list(rows.filter(seq__lt=before).reverse()[:limit])[::-1]
    return veiled(found, reader, proposal.village_id)


def veiled(found: list[Comment], reader: Person, village_code: str) -> list[Comment]:
    """The same comments, the hidden ones without their text unless the reader may see it. Never save one of them."""
    if any(said.hidden_at for said in found) and not policy.may_read_hidden(reader, village_code):
        for said in found:
            if said.hidden_at:
                said.body = ""
    return found


def inherited(proposal: Proposal, reader: Person, *, limit: int = INHERITED) -> list[Comment]:
    """The newest comments on the proposals that go on in this one, oldest first, each with its own proposal.

    They stay where they were written, under their numbers there, and count there and nowhere else. Two queries however
    many ancestors; one where there are none.
    """
    before = descent.ancestors_of(proposal.pk)
    if not before:
        return []
    rows = Comment.objects.public().filter(proposal__in=before).select_related("author", "proposal", "parent__author").order_by("-at", "pk")
    found = list(rows[:limit])[::-1]
    for said in found:
        veiled([said], reader, said.proposal.village_id)
    return found


def support_via(reader: Person, proposal: Proposal) -> Proposal | None:
    """The proposal that brought the reader's support here, where it was not given here; one query."""
    if not isinstance(reader, User):
        return None
    given = Support.objects.filter(user=reader, proposal=proposal, via__isnull=False).select_related("via").first()
    return given.via if given else None


def supported_by(reader: Person, proposal_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these proposals the reader supports, in one query; none for a visitor."""
    if not isinstance(reader, User):
        return set()
    return set(Support.objects.filter(user=reader, proposal_id__in=list(proposal_ids)).values_list("proposal_id", flat=True))


def stances(proposal: Proposal) -> dict[str, int]:
    """How many comments take which stance; hidden ones do not count."""
    return {row["stance"]: row["count"] for row in by_stance(Comment.objects.filter(proposal=proposal))}


def by_stance(comments: QuerySet[Comment]) -> Any:
    """One row a stance with its `count`, of what everybody reads."""
    return comments.filter(seq__isnull=False, hidden_at__isnull=True).order_by().values("stance").annotate(count=Count("pk"))
