"""Ballots in any state, made by the services themselves."""

import uuid
from datetime import timedelta

from accounts import clock
from deliberation.ballots.services.casting import Receipt, cast_vote
from deliberation.ballots.services.making import Draft, save_draft
from deliberation.ballots.services.opening import open_ballot
from deliberation.models import Attendance, Ballot, Mandate, Meeting
from tests import cast, make

HOUR = timedelta(hours=1)
REASON = "Alasan yang cukup panjang untuk dibaca warga."
LIMITS = {"approval": {"most": 2}, "knapsack": {"budget": 900_000_000}, "ranking": {"most": 3}, "points": {"points_total": 5, "points_each": 3}}


def draft(by, *, kind="approval", scope="residents", region=cast.VILLAGE, meeting=None, count=3, **fields) -> Ballot:
    """A draft over `count` new proposals of 400 million each, from an hour ago to an hour ahead."""
    proposals = make.proposals(count, village=cast.VILLAGE)
    now = clock.now()
    given = {"opens_at": now - HOUR, "closes_at": now + HOUR, "limits": LIMITS[kind], **fields}
    written = Draft(
        scope=scope,
        kind=kind,
        title="Usulan mana yang didahulukan",
        region_code=region,
        plan_year=2028,
        meeting_id=meeting.pk if meeting else None,
        proposals=tuple(one.pk for one in proposals),
        **given,
    )
    return save_draft(ballot_id=uuid.uuid4(), actor=by, draft=written)[0]


def opened(by, **fields) -> Ballot:
    """An open ballot."""
    return open_ballot(ballot_id=draft(by, **fields).pk, actor=by)


def vote(ballot, person, *numbers, nonce=None, **more) -> Receipt:
    """Mark these numbers; pairs go as they are."""
    marks = [number if isinstance(number, tuple) else (number, 1) for number in numbers]
    return cast_vote(ballot_id=ballot.pk, actor=person, marks=marks, nonce=nonce or uuid.uuid4(), **more)


def meeting(by, *, stage="village", kind="village_plan", region=cast.VILLAGE) -> Meeting:
    """A meeting in session."""
    now = clock.now()
    return Meeting.objects.create(
        cycle=make.open_cycle(),
        kind=kind,
        region_id=region,
        stage=stage,
        title="Musrenbang Desa Kapur",
        state="open",
        starts_at=now - HOUR,
        place="Balai desa",
        convened_by=by,
        convened_role="village_head",
        opened_at=now - HOUR,
        created_at=now,
        changed_at=now,
    )


def on_the_roll(of, by, name, user=None) -> Attendance:
    """One more line of a meeting's roll."""
    return Attendance.objects.create(
        meeting=of,
        number=of.roll.count() + 1,
        name=name,
        name_key=name.lower(),
        sex="female",
        element="farmers",
        user=user,
        source="typed",
        entered_by=by,
        entered_at=clock.now(),
    )


def mandate(by, user, *, stage="subdistrict", region=cast.VILLAGE) -> Mandate:
    """A mandate for a stage."""
    return Mandate.objects.create(
        cycle=make.open_cycle(),
        stage=stage,
        region_id=region,
        basis="BA 1/2027",
        name=user.display_name,
        user=user,
        sex="female",
        given_by=by,
        given_at=clock.now(),
    )


def residents(count: int) -> list:
    """So many confirmed residents of the village."""
    return [cast.resident_of(username=f"warga{number}") for number in range(count)]
