"""What the live room of a meeting shows, part by part: the page shows all of them, an open page asks again for what changed."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.functional import SimpleLazyObject

from accounts import clock
from accounts.models import User
from accounts.scope import Person
from deliberation.floor import capacity, policy, reading, rows
from deliberation.meetings.policy import may_record, may_run, not_over
from deliberation.models import Attendance, Meeting, Motion, SecretVoter, Turn
from deliberation.models.floor import Order, SaidKind, TurnState
from deliberation.models.motion import Choice, Manner, MotionState
from proposals.events import last_seq

#: Statements that the page shows; older ones a link away.
SHOWN = 20
#: How many motions that are over the page shows.
CLOSED_SHOWN = 6


def frame(meeting: Meeting, reader: Person, seq: int | None = None, **known: Any) -> dict[str, Any]:
    """What every part needs: the item in hand, who reads, what the reader may do. The number comes first (docs/live.md).

    `known`: the `item` in hand and the `counted` snapshot of the roll, of a page that has read them already.
    """
    line = capacity.on_roll(reader, meeting) if isinstance(reader, User) else None
    runs, records = may_run(reader, meeting), may_record(reader, meeting)
    return {
        "meeting": meeting,
        "reader": reader,
        "seq": last_seq(meeting.pk) if seq is None else seq,
        "as_of": clock.now(),
        "item": known["item"] if "item" in known else reading.item_in_hand(meeting),
        "counted": known.get("counted"),
        "line": line,
        "runs": bool(runs),
        "calls": bool(runs) and meeting.is_live,
        "records": bool(records) and meeting.is_live,
        "over": not not_over(meeting),
    }


def context(frame: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The frame with what these parts show; a part that is not asked for costs nothing."""
    shown, asked = dict(frame), list(names)
    if {"now", "turns"} <= set(asked):
        shown["asked_turns"] = reading.turns_of(frame["item"])
    for name in asked:
        shown |= PARTS[name](shown)
    return shown


def now(frame: dict[str, Any]) -> dict[str, Any]:
    """Who speaks, how many are there and how many follow."""
    meeting = frame["meeting"]
    return {
        "speaking": _speaking(frame),
        "present": reading.present(meeting, frame["counted"]),
        "following": reading.following(meeting),
    }


def turns(frame: dict[str, Any]) -> dict[str, Any]:
    """Who waits for the floor, in which order and why; what the reader may do about it."""
    floor = rows.floor_of(frame["meeting"])
    queue = reading.queue(frame["meeting"], frame["item"], floor, frame.get("asked_turns"))
    line = frame["line"]
    return {
        "queue": queue,
        "floor": floor,
        "orders": Order.choices,
        "own": next((one for one in queue if line and one.turn.attendance_id == line.pk), None),
        "speaking": frame["speaking"] if "speaking" in frame else _speaking(frame),
        "seats": SimpleLazyObject(
            lambda: list(Attendance.objects.filter(meeting=frame["meeting"], struck_at__isnull=True).order_by("name_key", "number"))
        ),
    }


def voting(frame: dict[str, Any]) -> dict[str, Any]:
    """The open vote, what waits to be voted on, what came out."""
    found = list(reading.motions(frame["meeting"])[: CLOSED_SHOWN + 10])
    opened = next((one for one in found if one.state == MotionState.OPEN), None)
    return {
        "opened": opened,
        "waiting": [one for one in found if one.state == MotionState.WAITING],
        "closed": [(one, _sums(one)) for one in found if one.state == MotionState.CLOSED][:CLOSED_SHOWN],
        "manners": Manner.choices,
        "choices": Choice.choices,
        "may_vote": policy.may_vote(frame["reader"], _of(opened, frame), frame["line"]) if opened else None,
        "own_vote": reading.own_vote(opened, frame["line"]) if opened else "",
        "hall_typed": opened is not None and opened.hall_for is not None,
        "voted": SecretVoter.objects.filter(motion=opened).count() if opened and opened.manner == Manner.SECRET else 0,
    }


def questions(frame: dict[str, Any]) -> dict[str, Any]:
    """Questions from outside with their answers; which of them the reader has too."""
    meeting, reader = frame["meeting"], frame["reader"]
    found = reading.questions(meeting, reader)
    return {
        "questions": found,
        "agreed": reading.agreed_by(reader, found),
        "may_answer": bool(policy.may_answer(reader, meeting)) if found else False,
        "may_hide": bool(policy.may_hide(reader, meeting)),
    }


def said(frame: dict[str, Any]) -> dict[str, Any]:
    """What was said in turn, the newest last."""
    meeting, reader = frame["meeting"], frame["reader"]
    found = reading.said(meeting, reader, before=2**62, limit=SHOWN, kinds=[SaidKind.STATEMENT])
    return {"statements": found, "may_hide": bool(policy.may_hide(reader, meeting))}


def _speaking(frame: dict[str, Any]) -> Turn | None:
    """Who has the floor; found among the turns where the whole page has read them already."""
    if "asked_turns" not in frame:
        return reading.speaking(frame["item"])
    return next((turn for turn in frame["asked_turns"] if turn.state == TurnState.SPEAKING), None)


def _of(motion: Motion, frame: dict[str, Any]) -> Motion:
    motion.meeting = frame["meeting"]
    return motion


def _sums(motion: Motion) -> list[tuple[str, int | None, int | None, int]]:
    """`(word, hall, online, together)` for each choice; the channels are None where they are told together."""
    result = motion.result or {}
    return [
        (str(Choice(name).label), result[name].get("hall"), result[name].get("online"), sum(result[name].values()))
        for name in Choice.values
        if name in result
    ]


PARTS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"now": now, "voting": voting, "turns": turns, "questions": questions, "said": said}
