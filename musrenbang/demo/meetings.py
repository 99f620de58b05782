"""Meetings of the demonstration: one that is closed with its record, one in session, some that are called."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from accounts import clock, scope
from accounts.models import User
from deliberation.floor.services.questions import answer, ask_question
from deliberation.floor.services.statements import Hall, record_statement
from deliberation.floor.services.turns import Speaker, ask_for_floor
from deliberation.meetings import agenda
from deliberation.meetings.services import arranging, electing
from deliberation.meetings.services.deciding import Word, decide
from deliberation.meetings.services.inviting import invite
from deliberation.meetings.services.planning import plan
from deliberation.meetings.services.ranking import Place, set_order
from deliberation.meetings.services.stepping import step
from deliberation.models import AgendaItem, Attendance, Meeting
from deliberation.words import ItemKind, ItemState
from geo.models import Region
from musrenbang.demo import people, records, rolls
from musrenbang.demo.cast import Cast
from proposals.models import Cycle, Proposal

_ROOM = "https://meet.example.id/musrenbang"
#: What the closed meeting says, in turn, about what it decides.
_WORDS = (
    ("forward", ""),
    ("forward", ""),
    ("reserve", "Dikerjakan bila ada sisa pagu; jalan yang lain lebih mendesak."),
)


def tell(cycle: Cycle, cast: Cast, villages: list[Region], now: datetime) -> None:
    """Everything, in order. `now` is nine in the morning of the day of loading."""
    home = Region.objects.get(pk=people.VILLAGE)
    others = [village for village in villages if village.pk != people.VILLAGE and _waiting(cycle, village) >= 2]
    if others:
        _closed(cycle, cast, others[0], now - timedelta(days=20))
    _in_session(cycle, cast, now - timedelta(hours=1))
    _called(cycle, cast, home, now)


def _waiting(cycle: Cycle, village: Region) -> int:
    return Proposal.objects.filter(cycle=cycle, village=village, stage="village", outcome="open").count()


def _plan(cycle: Cycle, actor: User, at: datetime, **fields: Any) -> Meeting:
    """Called two weeks before it begins."""
    with clock.telling(min(at - timedelta(days=14), clock.now())):
        told = {"plan_year": cycle.plan_year, "starts_at": at, "ends_at": at + timedelta(hours=5), **fields}
        return plan(meeting_id=uuid.uuid4(), actor=actor, fields=told)[0]


def _closed(cycle: Cycle, cast: Cast, village: Region, at: datetime) -> None:
    head = cast.heads[village.pk]
    fields = {"kind": "village_plan", "region": village.pk, "title": f"Musrenbang {village.title}", "place": f"Balai {village.title}"}
    named = {"chair_name": str(head), "note_taker": cast.facilitators[village.pk].username, "purpose": "Menyepakati usulan desa dan memilih utusan."}
    meeting = _plan(cycle, head, at, **fields, **named)
    with clock.telling(at - timedelta(days=7)):
        arranging.fill(meeting_id=meeting.pk, actor=head)
        invite(meeting_id=meeting.pk, actor=head)
    rolls.of_a_village(meeting, cast.facilitators[village.pk], at)
    with clock.telling(at):
        step(meeting_id=meeting.pk, name="open", actor=head)
    placed = []
    for turn, item in enumerate(agenda.items(meeting).filter(kind=ItemKind.PROPOSAL)):
        move, reason = _WORDS[min(turn, len(_WORDS) - 1)]
        with clock.telling(at + timedelta(minutes=40 + 25 * turn)):
            arranging.put_in_hand(meeting_id=meeting.pk, item_id=item.pk, actor=head)
            _decide(meeting, item, cast.facilitators[village.pk], move, reason)
        placed.append(item.proposal_id)
    _finish(meeting, head, [key for key in placed if key], at + timedelta(hours=3))
    records.of_a_closed_meeting(meeting, head, at + timedelta(hours=3))


def _decide(meeting: Meeting, item: AgendaItem, writer: User, move: str, reason: str) -> None:
    proposal = Proposal.objects.get(agenda_items=item)
    word = Word(uuid.uuid4(), proposal.pk, move, proposal.version, said={"reason": reason} if reason else {})
    decide(meeting_id=meeting.pk, actor=writer, word=word)


def _finish(meeting: Meeting, head: User, placed: list[uuid.UUID], at: datetime) -> None:
    with clock.telling(at):
        set_order(meeting_id=meeting.pk, actor=head, order=[Place(key) for key in placed], version=0)
        for name, sex in (("Fatimah Zahra", "female"), ("Darmawan", "male"), ("Maryam", "female")):
            fields = {"stage": "subdistrict", "name": name, "sex": sex, "institution": "Utusan desa"}
            electing.elect(meeting_id=meeting.pk, actor=head, fields=fields)
        for item in AgendaItem.objects.filter(meeting=meeting, state=ItemState.WAITING).order_by("position"):
            arranging.leave(meeting_id=meeting.pk, item_id=item.pk, actor=head, state=ItemState.DONE)
        step(meeting_id=meeting.pk, name="close", actor=head)


def _in_session(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """The sub-district sits together: the first proposal is in hand, the rest waits for whoever plays the camat."""
    camat = cast.parts["camat"]
    fields = {"kind": "subdistrict", "region": people.SUBDISTRICT, "place": "Aula kantor camat", "online_address": _ROOM}
    named = {
        "title": "Musrenbang Kecamatan Sungai Kakap",
        "chair": "camat",
        "note_taker": "fasilitator",
        "purpose": "Menyepakati prioritas kecamatan.",
    }
    meeting = _plan(cycle, camat, at, **fields, **named)
    with clock.telling(at - timedelta(days=6)):
        arranging.fill(meeting_id=meeting.pk, actor=camat)
        invite(meeting_id=meeting.pk, actor=camat)
    rolls.of_a_subdistrict(meeting, camat, at)
    with clock.telling(at):
        step(meeting_id=meeting.pk, name="open", actor=camat)
    first = AgendaItem.objects.filter(meeting=meeting).order_by("position")
    for item in [*first.exclude(kind=ItemKind.PROPOSAL)[:2], *first.filter(kind=ItemKind.PROPOSAL)[:1]]:
        with clock.telling(at + timedelta(minutes=5 * item.position)):
            arranging.put_in_hand(meeting_id=meeting.pk, item_id=item.pk, actor=camat)
    _talk(cast, meeting, at + timedelta(minutes=25))


def _talk(cast: Cast, meeting: Meeting, at: datetime) -> None:
    """What is said about the first proposal: a delegate in the hall, two residents from home, one answer; somebody waits to speak."""
    writer, asker = cast.parts["fasilitator"], cast.parts["warga"]
    lines = list(Attendance.objects.filter(meeting=meeting, user=None).order_by("number")[:2])
    questions = [uuid.uuid4(), uuid.uuid4()]
    with clock.telling(at):
        hall = Hall(line_id=lines[0].pk)
        body = "Jalan ini dilalui anak sekolah setiap petang. Warga siap menjaga lampunya."
        record_statement(said_id=uuid.uuid4(), meeting_id=meeting.pk, actor=writer, body=body, hall=hall)
        asked = ("Apakah lampunya bisa dipasang sebelum musim hujan?", "Mengapa 25 titik, padahal tahun lalu yang diminta 30 titik?")
        for said_id, body in zip(questions, asked, strict=True):
            ask_question(said_id=said_id, meeting_id=meeting.pk, actor=asker, body=body)
        ask_for_floor(turn_id=uuid.uuid4(), meeting_id=meeting.pk, actor=writer, speaker=Speaker(line_id=lines[1].pk))
    with clock.telling(at + timedelta(minutes=5)):
        body = "Lima titik sudah dipasang dari Dana Desa tahun ini, jadi tinggal 25."
        answer(said_id=uuid.uuid4(), question_id=questions[1], actor=cast.parts["camat"], body=body)


def _called(cycle: Cycle, cast: Cast, home: Region, now: datetime) -> None:
    """A village's own meeting, the forum of an agency and the kabupaten's deliberation."""
    head, agency = cast.parts["kades"], min(scope.agencies_of(cast.parts["dinas"]))
    village = {"kind": "village_plan", "region": home.pk, "place": f"Balai {home.title}", "note_taker": "fasilitator"}
    meeting = _plan(cycle, head, now + timedelta(days=5), title=f"Musrenbang {home.title}", chair="kades", **village)
    with clock.telling(now - timedelta(days=2)):
        arranging.fill(meeting_id=meeting.pk, actor=head)
        invite(meeting_id=meeting.pk, actor=head)
    forum = {"kind": "agency_forum", "region": people.DISTRICT, "agency": agency, "place": "Kantor dinas", "online_address": _ROOM}
    _plan(cycle, cast.parts["dinas"], _working_day(now + timedelta(days=40)), **forum)
    district = {"kind": "district", "region": people.DISTRICT, "place": "Aula Bappeda", "online_address": _ROOM}
    _plan(cycle, cast.parts["bappeda"], _working_day(now + timedelta(days=70)), title="Musrenbang RKPD", **district)


def _working_day(at: datetime) -> datetime:
    """The same hour on the first day from then on which offices are open."""
    while at.weekday() > 4 or (at.month, at.day) == (1, 1):
        at += timedelta(days=1)
    return at
