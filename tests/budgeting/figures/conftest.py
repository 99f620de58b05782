"""One plan year of the home kabupaten with a little of everything, small enough to be counted by hand."""

import uuid
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from accounts import clock
from budgeting.models import FundedWork
from deliberation.models import Attendance, Ballot, Comment, PaperBatch, Presence, Support, VoterMark
from geo.models import Region
from proposals.models import Recommendation, StageWindow
from proposals.stages import Outcome, Stage
from tests import cast, make

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
#: The village stage ended so long ago: an answer was due six days ago.
ENDED = 20


def step(of, move: str, stage: Stage, after: Stage, *, days_ago: int, actor, **fields: Any) -> None:
    """One step of a proposal's road; versions count from what is there."""
    Recommendation.objects.create(
        proposal=of,
        move=move,
        stage=stage,
        outcome_before="open",
        stage_after=after,
        outcome_after=of.outcome,
        actor=actor,
        role="village_head",
        decided_at=clock.now() - days_ago * DAY,
        version=of.recommendations.count() + 2,
        **fields,
    )


def a_line(people, *, amount: int, origin: str, region: str = cast.VILLAGE, **fields: Any) -> FundedWork:
    """A line of the budget."""
    now = clock.now()
    fixed = {"title": "Baris anggaran", "funding_source": "district_budget", "created_by": people.budget_team, "created_at": now, "changed_at": now}
    return FundedWork.objects.create(plan_year=2028, region_id=region, amount=amount, origin=origin, **fixed, **fields)


def a_ballot(people, plan, *, sheets: int, marks: int) -> Ballot:
    """A published ballot with one heap of paper and so many people marked on paper."""
    now = clock.now()
    ballot = Ballot.objects.create(
        id=uuid.uuid4(), cycle=plan, region_id=cast.VILLAGE, scope="residents", title="Urutan usulan", kind="approval", most=2, state="published",
        opens_at=now - 3 * DAY, closes_at=now - DAY, closed_at=now - DAY, closed_by=people.village_head, convened_by=people.village_head,
        convened_role="village_head", created_at=now, changed_at=now,
    )  # fmt: skip
    PaperBatch.objects.create(ballot=ballot, label="Kotak 1", sheets=sheets, opened_by=people.facilitator, opened_at=now)
    VoterMark.objects.bulk_create(
        VoterMark(ballot=ballot, name=f"Pemilih {at}", name_key=f"pemilih {at}", village_id=cast.VILLAGE, channel="paper", day=now.date(),
                  marked_by=people.facilitator)
        for at in range(marks)
    )  # fmt: skip
    return ballot


def on_the_roll(people, meeting, number: int, *, sex: str, came: bool = True, **fields: Any) -> None:
    """One line of a roll, with or without a stay."""
    now = clock.now()
    line = Attendance.objects.create(
        meeting=meeting, number=number, name=f"Hadirin {number}", name_key=f"hadirin {number}", sex=sex, element="farmers", source="typed",
        entered_by=people.facilitator, entered_at=now, **fields,
    )  # fmt: skip
    if came:
        Presence.objects.create(attendance=line, mode="hall", arrived_at=now)


@pytest.fixture
def plan(people):
    """The village stage is over, with rules for its meetings and the sub-districts'."""
    made = make.cycle()
    now = clock.now()
    StageWindow.objects.filter(cycle=made, stage=Stage.VILLAGE).update(
        opens_at=now - 90 * DAY, closes_at=now - ENDED * DAY, quorum_people=10, women_percent=30
    )
    StageWindow.objects.filter(cycle=made, stage=Stage.SUBDISTRICT).update(quorum_people=5)
    Region.objects.filter(pk=cast.VILLAGE).update(population=1000)
    Region.objects.filter(pk=cast.NEXT_VILLAGE).update(population=1500)
    return made


@pytest.fixture
def register(people, plan):
    """Eight proposals and a draft, by name; `Table` in the tests says what each counts for."""
    head, camat, now = people.village_head, people.subdistrict_officer, clock.now()
    works = make.dictionary_entry(of=plan)
    training = make.dictionary_entry(of=plan, code="P01", kind="service", name="Pelatihan")
    p = SimpleNamespace()
    p.road = make.proposal(of=plan, stage=Stage.WORKS, outcome=Outcome.FUNDED, amount=400_000_000, raised_by_women=True, first_asked_year=2026,
                           dictionary_entry=works, captured_at=now - 2 * HOUR)  # fmt: skip
    p.training = make.proposal(of=plan, stage=Stage.BUDGET, dictionary_entry=training, first_asked_year=2023, captured_at=now - 10 * HOUR)
    p.elsewhere = make.proposal(of=plan, village=cast.NEXT_VILLAGE, stage=Stage.SUBDISTRICT, outcome=Outcome.REJECTED,
                                located_village_id=cast.VILLAGE)  # fmt: skip
    p.undrawn = make.proposal(of=plan, village=cast.UNDRAWN_VILLAGE)
    p.well = make.proposal(of=plan, village=cast.FAR_VILLAGE, stage=Stage.WORKS, outcome=Outcome.FUNDED, amount=100_000_000)
    p.agency = make.proposal(of=plan, village=cast.NEXT_VILLAGE, stage=Stage.AGENCY)
    p.withdrawn = make.proposal(of=plan, village=cast.FAR_VILLAGE, outcome=Outcome.WITHDRAWN)
    p.refused = make.proposal(of=plan, village=cast.NEXT_VILLAGE, stage=Stage.DISTRICT, outcome=Outcome.REJECTED)
    make.proposal(of=plan, stage=Stage.DRAFT)
    for one, days_ago in ((p.road, 10), (p.training, 3), (p.elsewhere, 25), (p.agency, 30)):
        step(one, "submit", Stage.DRAFT, Stage.VILLAGE, days_ago=60, actor=head)
        step(one, "forward", Stage.VILLAGE, Stage.SUBDISTRICT, days_ago=days_ago, actor=head)
    for one in (p.road, p.training, p.agency):
        step(one, "forward", Stage.SUBDISTRICT, Stage.AGENCY, days_ago=2, actor=camat)
    step(p.withdrawn, "withdraw", Stage.VILLAGE, Stage.VILLAGE, days_ago=40, actor=head)
    step(p.elsewhere, "reject", Stage.SUBDISTRICT, Stage.SUBDISTRICT, days_ago=1, actor=camat, reason_code="DUPLICATE", responsible="Kecamatan")
    step(p.refused, "reject", Stage.DISTRICT, Stage.DISTRICT, days_ago=1, actor=people.planner)
    return p


@pytest.fixture
def money(people, register):
    """A thousand million in four lines, one of them for the whole kabupaten."""
    a_line(people, amount=400_000_000, origin="village", proposal=register.road, realisation="confirmed")
    a_line(people, amount=100_000_000, origin="village", proposal=register.well, region=cast.FAR_VILLAGE)
    a_line(people, amount=300_000_000, origin="unknown")
    a_line(people, amount=200_000_000, origin="council", region=cast.HOME)


@pytest.fixture
def talk(people, plan, register):
    """Six residents who took part, and three people who do not count: unconfirmed, hidden, of another kabupaten."""
    now = clock.now()
    home = {"at": now, "proposal": register.road}
    residents = [people.resident, *(cast.resident_of(username=f"warga{at}") for at in range(4))]
    Support.objects.bulk_create(Support(user=one, residency=one.residencies.get(), **home) for one in residents)
    Support.objects.create(user=people.newcomer, residency=people.newcomer.residencies.get(), **home)
    said = {"proposal": register.road, "author_role": "resident", "stance": "support", "body": "Setuju.", "at": now}
    Comment.objects.create(author=people.resident, seq=1, **said)
    Comment.objects.create(author=cast.resident_of(cast.NEXT_VILLAGE, username="tetangga"), seq=2, **said)
    hidden = {"hidden_at": now, "hidden_by": people.moderator, "hidden_reason": "kasar"}
    Comment.objects.create(author=people.neighbour, seq=3, **hidden, **said)
    Comment.objects.create(author=cast.resident_of(cast.FOREIGN_VILLAGE, username="jauh"), seq=4, **said)


@pytest.fixture
def meetings(people, plan):
    """A village's meeting of seven women and five men, and a sub-district's to which nobody came."""
    held = make.a_meeting(of=plan, state="closed")
    for number in range(1, 13):
        on_the_roll(people, held, number, sex="female" if number <= 7 else "male")
    on_the_roll(people, held, 13, sex="female", came=False, captured_at=clock.now() - 4 * HOUR)
    gone = {"struck_at": clock.now(), "struck_by": people.facilitator, "struck_reason": "keliru"}
    on_the_roll(people, held, 14, sex="female", **gone)
    make.a_meeting(of=plan, kind="subdistrict", state="closed")
    make.a_meeting(of=plan, state="open")


@pytest.fixture
def boxes(people, plan):
    """One box of paper that agrees with the roll, and one that lacks a sheet."""
    a_ballot(people, plan, sheets=3, marks=3)
    a_ballot(people, plan, sheets=2, marks=3)
