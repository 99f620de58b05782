"""What the discussion of a proposal shows, in a constant number of queries however much was said."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest

from accounts import clock
from accounts.models import User
from accounts.scope import Person
from deliberation import policy as talking
from deliberation import reading
from deliberation.follows import reading as follows
from deliberation.models import Addressee, Comment, Question
from deliberation.models.comment import Stance
from frontend.words import speakers
from proposals.models import Proposal
from proposals.stages import Stage

#: Comments on one page, newest ones; older ones a link away.
COMMENTS_SHOWN = 20
#: Replies below a comment, newest ones; all of them on the thread's own page (`?utas=`), so many at once.
REPLIES_SHOWN = 5
THREAD_SHOWN = 100
_LONGEST_NUMBER = 18


def comments_of(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """Comments in the order they came, replies below what they answer: of all, of one stance, or of one thread."""
    if proposal.stage == Stage.DRAFT:
        return {"comments": []}
    user: Person = request.user
    stance = request.GET.get("sikap", "")
    thread = _thread(proposal, request.GET.get("utas", ""))
    shown, older = ([thread], False) if thread else _tops(proposal, stance, _number(request.GET.get("sebelum", "")))
    replies, counts = _replies(shown, _number(request.GET.get("sebelum", "")) if thread else None, THREAD_SHOWN if thread else REPLIES_SHOWN)
    _hand_out_addressees([*shown, *(reply for those in replies.values() for reply in those)])
    return {
        "comments": [(one, replies[one.pk], _earlier(one, replies[one.pk], counts)) for one in shown],
        "thread": thread,
        "older_than": shown[0].seq if older else None,
        "stance": stance if stance in Stance.values else "",
        "stances": Stance.choices,
        "speakers": speakers().items(),
        "stance_counts": _stance_counts(proposal),
        "may_comment": talking.may_comment(user, proposal),
        "may_hide": bool(talking.may_hide(user, proposal)) if user.is_authenticated else False,
        "now": clock.now(),
        **_own(user, proposal),
    }


def _own(user: Person, proposal: Proposal) -> dict[str, Any]:
    """What only this person sees: own comments that the public does not, and whether they follow."""
    if not isinstance(user, User):
        return {}
    unseen = Comment.objects.filter(Q(seq__isnull=True) | Q(hidden_at__isnull=False), author=user, proposal=proposal).select_related("appeal")
    rows = list(unseen.order_by("at", "pk")[:COMMENTS_SHOWN])
    follow = follows.follow_of(user, proposal)
    return {
        "own_unseen": [one for one in rows if one.seq is None],
        "own_hidden": {one.pk for one in rows if one.seq is not None and not hasattr(one, "appeal")},
        "follow": follow,
        "offer_follow": follow is None and follows.takes_part(user, proposal),
    }


def _said(proposal: Proposal) -> QuerySet[Comment]:
    asked = ("question", "question__region", "question__agency")
    rows = Comment.objects.public().filter(proposal=proposal).select_related("author", *asked)
    return rows.defer("question__region__boundary", "question__region__outline")


def _thread(proposal: Proposal, address: str) -> Comment | None:
    """The first comment of the thread that a comment belongs to; none where the address names no comment of this page."""
    try:
        key = UUID(address)
    except ValueError:
        return None
    return _said(proposal).filter(Q(pk=key) | Q(replies=key), parent__isnull=True).first()


def _tops(proposal: Proposal, stance: str, before: int | None) -> tuple[list[Comment], bool]:
    """The newest comments that answer nothing, oldest first, and whether there are older ones."""
    tops = _said(proposal).filter(parent__isnull=True)
    if stance in Stance.values:
        tops = tops.filter(stance=stance)
    if before is not None:
        tops = tops.filter(seq__lt=before)
    found = list(tops.order_by("-seq")[: COMMENTS_SHOWN + 1])
    return found[:COMMENTS_SHOWN][::-1], len(found) > COMMENTS_SHOWN


def _replies(tops: list[Comment], before: int | None, most: int) -> tuple[dict[UUID, list[Comment]], dict[UUID, int]]:
    """The newest `most` replies below each comment, oldest first, and how many there are (below `before`)."""
    if not tops:
        return defaultdict(list), {}
    asked = Q(parent__in=[top.pk for top in tops], seq__isnull=False) & (Q(seq__lt=before) if before is not None else Q())
    newest = Comment.objects.filter(asked).annotate(place=Window(RowNumber(), partition_by=F("parent"), order_by=F("seq").desc()))
    keys = newest.filter(place__lte=most).values("pk")
    replies: dict[UUID, list[Comment]] = defaultdict(list)
    for reply in _said(tops[0].proposal).filter(pk__in=keys).order_by("seq"):
        replies[reply.parent_id].append(reply)  # type: ignore[index]
    counted = Comment.objects.filter(asked).order_by().values_list("parent").annotate(Count("pk"))
    return replies, dict(counted)  # type: ignore[arg-type]


def _earlier(top: Comment, shown: list[Comment], counts: dict[UUID, int]) -> tuple[int, int] | None:
    """How many replies are not shown, and the number before which they stand."""
    missing = counts.get(top.pk, 0) - len(shown)
    return (missing, shown[0].seq or 0) if missing > 0 and shown else None


def _hand_out_addressees(comments: list[Comment]) -> None:
    """Give each question those it was laid before earlier; one query."""
    questions: dict[UUID, Question] = {one.pk: one.question for one in comments if hasattr(one, "question")}
    before: dict[UUID, list[Addressee]] = defaultdict(list)
    rows = Addressee.objects.filter(question__in=list(questions)).select_related("region", "agency").defer("region__boundary", "region__outline")
    for row in rows.order_by("since", "pk") if questions else []:
        before[row.question_id].append(row)
    for key, question in questions.items():
        question.earlier = before[key][:-1]  # type: ignore[attr-defined]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER else None


def _stance_counts(proposal: Proposal) -> list[tuple[str, str, int]]:
    counted = reading.stances(proposal)
    return [(value, str(word), counted.get(value, 0)) for value, word in Stance.choices]
