"""What the discussion of a proposal shows, in a constant number of queries however much was said."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import JSONObject, RowNumber
from django.http import HttpRequest

from accounts import clock
from accounts.models import Agency, User
from accounts.scope import Person
from deliberation import policy as talking
from deliberation.models import Addressee, Comment, Follow
from deliberation.models.comment import Stance
from frontend.facts import Facts
from frontend.words import speakers
from geo.models import Region
from proposals.models import Proposal
from proposals.stages import Stage

#: Comments on one page, newest ones; older ones a link away.
COMMENTS_SHOWN = 20
#: Replies below a comment, newest ones; all of them on the thread's own page (`?utas=`), so many at once.
REPLIES_SHOWN = 5
THREAD_SHOWN = 100
_LONGEST_NUMBER = 18
#: A comment, the replies below it, and how many stand before those from which number on.
Shown = tuple[Comment, list[Comment], tuple[int, int] | None]


def comments_of(request: HttpRequest, proposal: Proposal, facts: Facts) -> dict[str, Any]:
    """Comments in the order they came, replies below what they answer: of all, of one stance, or of one thread."""
    if proposal.stage == Stage.DRAFT:
        return {"comments": []}
    user: Person = request.user
    stance = request.GET.get("sikap", "")
    thread = _thread(proposal, request.GET.get("utas", ""))
    before = _number(request.GET.get("sebelum", ""))
    shown, older = _threads(proposal, _of_thread(thread, before) if thread else _newest(proposal, stance, before))
    return {
        "comments": shown,
        "thread": thread,
        "older_than": shown[0][0].seq if older else None,
        "stance": stance if stance in Stance.values else "",
        "stances": Stance.choices,
        "speakers": speakers().items(),
        "stance_counts": [(value, str(word), facts.stances.get(value, 0)) for value, word in Stance.choices],
        "may_comment": talking.may_comment(user, proposal),
        "may_hide": bool(talking.may_hide(user, proposal)) if user.is_authenticated else False,
        "now": clock.now(),
        **_own(user, proposal, facts),
    }


def _own(user: Person, proposal: Proposal, facts: Facts) -> dict[str, Any]:
    """What only this person sees: own comments that the public does not, and whether they follow."""
    if not isinstance(user, User):
        return {}
    unseen = Comment.objects.filter(Q(seq__isnull=True) | Q(hidden_at__isnull=False), author=user, proposal=proposal).select_related("appeal")
    rows = list(unseen.order_by("at", "pk")[:COMMENTS_SHOWN])
    return {
        "own_unseen": [one for one in rows if one.seq is None],
        "own_hidden": {one.pk for one in rows if one.seq is not None and not hasattr(one, "appeal")},
        "follow": Follow(pk=facts.follows) if facts.follows else None,
        "offer_follow": facts.follows is None and facts.takes_part,
    }


def _said(proposal: Proposal) -> QuerySet[Comment]:
    asked = ("question", "question__region", "question__agency")
    rows = Comment.objects.public().filter(proposal=proposal).select_related("author", *asked)
    return rows.defer("question__region__boundary", "question__region__outline", "question__region__search_text")


def _thread(proposal: Proposal, address: str) -> Comment | None:
    """The first comment of the thread that a comment belongs to; none where the address names no comment of this page."""
    try:
        key = UUID(address)
    except ValueError:
        return None
    return _said(proposal).filter(Q(pk=key) | Q(replies=key), parent__isnull=True).first()


@dataclass(frozen=True)
class _Asked:
    """Which comments a page shows: those that answer nothing, and how many replies below each, older than `before` in a thread."""

    tops: QuerySet[Comment]
    most: int
    replies: int
    before: int | None = None


def _newest(proposal: Proposal, stance: str, before: int | None) -> _Asked:
    """The newest comments that answer nothing."""
    tops = Comment.objects.public().filter(proposal=proposal, parent__isnull=True)
    if stance in Stance.values:
        tops = tops.filter(stance=stance)
    if before is not None:
        tops = tops.filter(seq__lt=before)
    return _Asked(tops.order_by("-seq"), COMMENTS_SHOWN, REPLIES_SHOWN)


def _of_thread(thread: Comment, before: int | None) -> _Asked:
    """One comment with many of its replies."""
    return _Asked(Comment.objects.filter(pk=thread.pk).order_by("-seq"), 1, THREAD_SHOWN, before)


def _threads(proposal: Proposal, asked: _Asked) -> tuple[list[Shown], bool]:
    """Each comment with its newest replies, oldest first, and what stands before them; and whether there are older comments. One query."""
    below = Q(seq__isnull=False) & (Q(seq__lt=asked.before) if asked.before is not None else Q())
    place = Window(RowNumber(), partition_by=F("parent"), order_by=F("seq").desc())
    answers = Comment.objects.filter(below, parent__in=asked.tops.values("pk")[: asked.most]).annotate(place=place).filter(place__lte=asked.replies)
    keys = asked.tops.values("pk")[: asked.most + 1].union(answers.order_by().values("pk"), all=True)
    counted = Comment.objects.filter(below, parent=OuterRef("pk")).order_by().values("parent").annotate(count=Count("pk"))
    rows = _said(proposal).filter(pk__in=keys).annotate(answered=Subquery(counted.values("count")), asked_of=_addressees())
    tops, replies = list[Comment](), defaultdict[UUID, list[Comment]](list)
    for row in rows.order_by("seq"):
        _tell_addressees(row)
        (tops if row.parent_id is None else replies[row.parent_id]).append(row)
    older = len(tops) > asked.most
    return [(top, replies[top.pk], _earlier(top, replies[top.pk])) for top in tops[older:]], older


def _earlier(top: Any, shown: list[Comment]) -> tuple[int, int] | None:
    """How many replies are not shown, and the number before which they stand."""
    missing = (top.answered or 0) - len(shown)
    return (missing, shown[0].seq or 0) if missing > 0 and shown else None


def _addressees() -> ArraySubquery:
    """Those that a question was laid before, in their order."""
    rows = Addressee.objects.filter(question=OuterRef("pk")).order_by("since", "pk")
    region = {name: f"region__{name}" for name in ("code", "name", "kind", "level")}
    return ArraySubquery(rows.values(row=JSONObject(role="role", since="since", agency="agency__name", region=JSONObject(**region))))


def _tell_addressees(comment: Any) -> None:
    """Give a question those it was laid before earlier."""
    if hasattr(comment, "question"):
        comment.question.earlier = [_addressee(row) for row in comment.asked_of[:-1]]


def _addressee(row: dict[str, Any]) -> Addressee:
    agency = Agency(name=row["agency"]) if row["agency"] else None
    return Addressee(role=row["role"], since=datetime.fromisoformat(row["since"]), region=Region(**row["region"]), agency=agency)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER else None
