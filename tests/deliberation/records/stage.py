"""A closed meeting with everything that its papers tell: a roll, decisions by the law's own services, delegates, talk."""

import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from deliberation.models import Attendance, Decision, Mandate, Meeting, Presence, Said
from deliberation.words import Element, Mode, RollSource, Sex
from proposals.models import Proposal, Recommendation
from proposals.stages import Outcome, Stage
from tests import cast, make

#: The meeting is opened on this day at 09.00 and closed at 12.30, in the clock of Kubu Raya.
DAY = datetime(2027, 2, 11, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
CLOSED = DAY + timedelta(hours=3, minutes=30)


def closed_meeting(people: cast.Cast, **fields: Any) -> Meeting:
    """A planning deliberation of the village Kapur, over, chaired by the village head."""
    values = {"title": "Musrenbang Desa Kapur 2028", "place": "Balai Desa Kapur", "chair_name": "H. Usman Ali", "note_taker_name": "Siti Rahmah"}
    return make.a_meeting(
        state="closed",
        **{
            "starts_at": DAY,
            "opened_at": DAY,
            "closed_at": CLOSED,
            "closed_by": people.village_head,
            "convened_by": people.village_head,
            "chair": people.village_head,
            **values,
            **fields,
        },
    )


def attend(meeting: Meeting, by: User, count: int = 3, *, first: int = 1, **fields: Any) -> list[Attendance]:
    """So many people on the roll, from opening to closing; every third is a woman, every fifth online."""
    rows = [
        Attendance(
            meeting=meeting,
            number=number,
            **{
                "name": f"Peserta Rahasia {number}",
                "name_key": f"peserta rahasia {number}",
                "address": "Dusun Karya RT 03",
                "sex": Sex.FEMALE if number % 3 == 0 else Sex.MALE,
                "element": Element.WOMEN if number % 3 == 0 else Element.FARMERS,
                "source": RollSource.TYPED,
                "entered_by": by,
                "entered_at": DAY,
                **fields,
            },
        )
        for number in range(first, first + count)
    ]
    Attendance.objects.bulk_create(rows)
    Presence.objects.bulk_create(
        Presence(attendance=row, mode=Mode.ONLINE if row.number % 5 == 0 else Mode.HALL, arrived_at=DAY, left_at=CLOSED) for row in rows
    )
    return rows


def decide(meeting: Meeting, proposal: Proposal, by: User, move: str = "forward", *, number: int | None = None, **fields: Any) -> Decision:
    """One decision with its step, straight into the database."""
    given = number or meeting.decisions.count() + 1
    reason = "" if move == "forward" else "Pagu indikatif desa tidak mencukupi."
    step = Recommendation.objects.create(
        proposal=proposal,
        move=move,
        stage=Stage.VILLAGE,
        outcome_before=Outcome.OPEN,
        stage_after=Stage.SUBDISTRICT if move.startswith("forward") else Stage.VILLAGE,
        outcome_after=Outcome.OPEN,
        reason=reason,
        volume=proposal.volume,
        unit=proposal.unit,
        amount=proposal.amount,
        actor=by,
        role="village_head",
        decided_at=DAY,
        version=Recommendation.objects.filter(proposal=proposal).count() + 2,
    )
    values = {
        "move": move,
        "reason": reason,
        "responsible": "Pemerintah Desa Kapur" if reason else "",
        "presence": {"total": 31, "hall": 25, "online": 6, "women": 12, "quorum": {"met": True, "short": []}},
        "step": step,
        "decided_by": by,
        "role": "village_head",
        "recorded_by": by,
        "decided_at": DAY,
        "recorded_at": DAY,
    }
    return Decision.objects.create(id=uuid.uuid4(), meeting=meeting, proposal=proposal, number=given, **{**values, **fields})


def say(meeting: Meeting, by: User, body: str, *, seq: int = 1, **fields: Any) -> Said:
    """Something that somebody in the hall said, written down by the note-taker."""
    values = {"kind": "statement", "name": "Maimunah binti Saleh", "capacity": "farmers", "mode": "hall", "at": DAY, "recorded_by": by}
    return Said.objects.create(meeting=meeting, seq=seq, body=body, **{**values, **fields})


def send(meeting: Meeting, by: User, name: str = "Maimunah") -> Mandate:
    """A delegate whom this meeting sends to the sub-district."""
    return Mandate.objects.create(
        cycle=meeting.cycle,
        stage=Stage.SUBDISTRICT,
        region=meeting.region,
        meeting=meeting,
        basis="Berita acara musrenbang desa",
        name=name,
        institution="PKK",
        sex=Sex.FEMALE,
        given_by=by,
        given_at=DAY,
    )
