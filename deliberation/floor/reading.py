"""What a meeting's room shows: its state in one small answer, its queue, and what was said as this reader may see it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db.models import Case, Q, QuerySet, When

from accounts import clock
from accounts.models import User
from accounts.scope import Person
from deliberation.floor import policy, rows
from deliberation.models import AgendaItem, Agreement, Attendance, Decision, Floor, Hand, Meeting, Motion, Said, SecretVoter, Turn
from deliberation.models.floor import QuestionState, SaidKind, TurnState
from deliberation.models.motion import Manner, MotionState
from deliberation.roll import reading as roll
from deliberation.words import ItemState
from proposals.events import last_seq
from proposals.hub import hub

AT_ONCE = 50
#: Of the queue and of the decisions, the next and the last few: a phone on 2G pays for every byte.
NEXT, LAST = 3, 3
#: Bytes of a name and of a text within the state; whoever wants them whole reads the page.
NAME, TEXT = 18, 48
#: What no list draws.
_HEAVY = ("region__boundary", "region__outline", "region__search_text")


class Called(NamedTuple):
    """A request in its place of the queue; `why` is the reason's code."""

    turn: Turn
    place: int
    why: str


def item_in_hand(meeting: Meeting) -> AgendaItem | None:
    """The item that the meeting is at, with its proposal."""
    found = AgendaItem.objects.filter(meeting=meeting, state=ItemState.IN_HAND).select_related("proposal__village")
    return found.defer("proposal__village__boundary", "proposal__village__outline").first()


def speaking(item: AgendaItem | None) -> Turn | None:
    """Who has the floor on this item."""
    return Turn.objects.filter(item=item, state=TurnState.SPEAKING).first() if item else None


def turns_of(item: AgendaItem | None) -> list[Turn]:
    """Who asked for the floor on this item, has it or had it; with their lines of the roll."""
    return list(Turn.objects.filter(item=item).exclude(state=TurnState.WITHDRAWN).select_related("attendance")) if item else []


def queue(meeting: Meeting, item: AgendaItem | None, floor: Floor | None = None, known: list[Turn] | None = None) -> list[Called]:
    """Who waits for the floor on the item in hand, in the order of calling; two queries, none where floor and turns are at hand."""
    if item is None:
        return []
    turns = {str(turn.pk): turn for turn in (turns_of(item) if known is None else known)}
    placed = rows.places((floor or rows.floor_of(meeting)).order, list(turns.values()))
    return [Called(turns[place.key], number, place.why) for number, place in enumerate(placed, start=1)]


def stamp(meeting: Meeting) -> str:
    """What changes whenever the room's state does: its number, its version, and roughly how many follow. One query.

    Of the followers the first two digits: somebody who comes or goes among a thousand makes no phone fetch the state again.
    """
    follow = hub.followers(meeting.pk)
    rough = ".".join(f"{str(count)[:2]}e{len(str(count))}" for count in (follow.sockets, follow.polling))
    return f"{last_seq(meeting.pk)}.{meeting.version}.{rough}.{int(follow.everywhere)}"


def room(meeting: Meeting) -> dict[str, Any]:
    """The state of the room in at most 1 KB; docs/live.md shows its fields.

    `seq` is read first: what happens while the rest is read is told again by the events after it. Times are the server's,
    so that a clock that runs wrong counts right: the time spoken is `now` minus `since`.
    """
    seq = last_seq(meeting.pk)
    item = item_in_hand(meeting)
    waiting, speaker = queue(meeting, item), speaking(item)
    return {
        "seq": seq,
        "now": _iso(clock.now()),
        "state": meeting.state,
        "item": _item(meeting, item),
        "speaking": speaker and {"id": str(speaker.pk), "name": cut(speaker.name, NAME), "mode": speaker.mode, **_clock(speaker)},
        "waiting": len(waiting),
        "next": [{"name": cut(one.turn.name, NAME), "mode": one.turn.mode, "why": one.why} for one in waiting[:NEXT]],
        "motion": _motion(meeting),
        "present": present(meeting),
        "following": following(meeting),
        "decisions": _decisions(meeting),
    }


def present(meeting: Meeting, counted: dict[str, Any] | None = None) -> dict[str, Any]:
    """How many are there according to the roll, by channel; from the roll's snapshot where it is at hand."""
    counted = counted or roll.snapshot(meeting)
    return {**{name: counted[name] for name in ("total", "hall", "online", "women")}, "quorum": counted["quorum"]["met"]}


def following(meeting: Meeting) -> dict[str, Any]:
    """How many follow the page, at least; `servers` is `all`, or `one` where only this process could be asked."""
    follow = hub.followers(meeting.pk)
    return {"socket": follow.sockets, "polling": follow.polling, "servers": "all" if follow.everywhere else "one"}


def said(
    meeting: Meeting, reader: Person, *, after: int = 0, before: int | None = None, limit: int = AT_ONCE, kinds: Iterable[str] = SaidKind.values
) -> list[Said]:
    """At most `limit` of what was said in the order of the numbers: above `after`, or the last ones below `before`.

    What was hidden comes without its words, except for those who may read it. A constant number of queries.
    """
    found = _readable(meeting, reader).filter(seq__gt=after, kind__in=list(kinds)).select_related("region", "item").defer(*_HEAVY).order_by("seq")
    listed = list(found[:limit]) if before is None else list(found.filter(seq__lt=before).reverse()[:limit])[::-1]
    return veiled(listed, reader, meeting)


def questions(meeting: Meeting, reader: Person, *, limit: int = AT_ONCE) -> list[Said]:
    """Questions, those not answered first, then by how many have them too; with their answers in `.answered`."""
    asked = _readable(meeting, reader).filter(kind=SaidKind.QUESTION).select_related("region", "item").defer(*_HEAVY)
    held, done = Q(state=QuestionState.HELD, hidden_at__isnull=True), Q(state=QuestionState.ANSWERED) | Q(hidden_at__isnull=False)
    over = Case(When(held, then=-1), When(done, then=1), default=0)
    found: list[Any] = list(asked.annotate(over=over).order_by("over", "-agreed", "seq")[:limit])
    answers: dict[Any, list[Said]] = {}
    for one in veiled(list(Said.objects.filter(answers__in=found).select_related("region").defer(*_HEAVY).order_by("seq")), reader, meeting):
        answers.setdefault(one.answers_id, []).append(one)
    veiled(found, reader, meeting)
    for one in found:
        one.answered = answers.get(one.pk, [])
    return found


def _readable(meeting: Meeting, reader: Person) -> QuerySet[Said]:
    """What was said, without questions that wait for the chair: those are read by who may hide them, and by who asked."""
    told = Said.objects.filter(meeting=meeting)
    if policy.may_hide(reader, meeting):
        return told
    own = Q(speaker=reader) if isinstance(reader, User) else Q(pk__in=[])
    return told.filter(~Q(state=QuestionState.HELD) | own)


def veiled(found: list[Said], reader: Person, meeting: Meeting) -> list[Said]:
    """The same, the hidden ones without their words unless the reader may see them. Never save one of them."""
    if any(one.hidden_at for one in found) and not policy.may_read_hidden(reader, meeting):
        for one in found:
            if one.hidden_at:
                one.body = ""
    return found


def agreed_by(reader: Person, found: Iterable[Said]) -> set[Any]:
    """Which of these questions the reader has too, in one query."""
    if not isinstance(reader, User):
        return set()
    return set(Agreement.objects.filter(user=reader, question__in=list(found)).values_list("question_id", flat=True))


def motions(meeting: Meeting) -> QuerySet[Motion]:
    """The meeting's motions: the open one first, then those that wait, then the closed ones, newest first."""
    rank = Case(When(state=MotionState.OPEN, then=0), When(state=MotionState.WAITING, then=1), default=2)
    shown = Motion.objects.filter(meeting=meeting).exclude(state=MotionState.WITHDRAWN).select_related("item")
    return shown.annotate(rank=rank).order_by("rank", "-put_at", "id")


def own_vote(motion: Motion, line: Attendance | None) -> str:
    """What the reader's own hand says; `voted` for a secret vote, whose choice nobody can find again; empty for none."""
    if line is None:
        return ""
    if motion.manner == Manner.SECRET:
        return "voted" if SecretVoter.objects.filter(motion=motion, attendance=line).exists() else ""
    return Hand.objects.filter(motion=motion, attendance=line).values_list("choice", flat=True).first() or ""


def cut(text: str, most: int) -> str:
    """At most `most` bytes of UTF-8, ended by an ellipsis where something was left off."""
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - 3].decode(errors="ignore").rstrip() + "…"


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _clock(turn: Turn) -> dict[str, Any]:
    return {"since": _iso(turn.granted_at), "seconds": turn.seconds}


def _item(meeting: Meeting, item: AgendaItem | None) -> dict[str, Any] | None:
    if item is None:
        return None
    proposal = item.proposal
    return {
        "id": item.pk,
        "position": item.position,
        "of": AgendaItem.objects.filter(meeting=meeting).count(),
        "title": cut(item.title, TEXT),
        "proposal": proposal.number if proposal else None,
        "minutes": item.minutes,
    }


def _motion(meeting: Meeting) -> dict[str, Any] | None:
    motion = Motion.objects.filter(meeting=meeting, state=MotionState.OPEN).first()
    return {"id": str(motion.pk), "text": cut(motion.text, TEXT), "manner": motion.manner, "cast": motion.cast} if motion else None


def _decisions(meeting: Meeting) -> list[dict[str, Any]]:
    last = Decision.objects.filter(meeting=meeting).order_by("-number").values("number", "move", "proposal__number")[:LAST]
    return [{"number": one["number"], "move": one["move"], "proposal": one["proposal__number"]} for one in last]
