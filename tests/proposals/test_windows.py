"""Before, in and after a stage's window; and what a person closed stays closed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from accounts import clock
from proposals import capture_words, policy
from proposals.captures import Capture, Verdict
from proposals.models import StageWindow
from proposals.stages import DELIBERATING, Outcome, Stage
from tests import make

OPENS = datetime(2026, 7, 1, tzinfo=UTC)
CLOSES = datetime(2026, 9, 29, 17, tzinfo=UTC)  # midnight in Pontianak: the 30th begins
DECIDER = {Stage.VILLAGE: "village_head", Stage.SUBDISTRICT: "subdistrict_officer", Stage.AGENCY: "agency_officer", Stage.DISTRICT: "planner"}
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def cycle(people):
    made = make.cycle()
    StageWindow.objects.filter(cycle=made).update(opens_at=OPENS, closes_at=CLOSES)
    return made


@pytest.mark.parametrize("stage", DELIBERATING)
@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (OPENS - INSTANT, "not_yet_open"),
        (OPENS, ""),
        (CLOSES - INSTANT, ""),
        (CLOSES, "window_closed"),
        (CLOSES + timedelta(days=400), "window_closed"),
    ],
)
def test_a_stage_takes_decisions_from_its_first_instant_to_before_its_last(people, cycle, stage, moment, code):
    proposal = make.proposal(of=cycle, stage=stage)
    answer = policy.may_move(getattr(people, DECIDER[stage]), proposal, "forward", moment)
    assert getattr(answer, "code", "") == code
    assert code == "" or answer.status == 409


def test_a_draft_enters_through_the_villages_window(people, cycle):
    proposal = make.proposal(of=cycle, stage=Stage.DRAFT)
    with clock.telling(CLOSES):
        assert policy.may_submit(people.facilitator, proposal).code == "window_closed"
        assert policy.may_edit(people.facilitator, proposal), "nobody loses a text because a date passed"
    with clock.telling(OPENS):
        assert policy.may_submit(people.facilitator, proposal)


def test_what_was_returned_goes_back_through_the_window_of_the_level_that_returned_it(people, cycle):
    StageWindow.objects.filter(cycle=cycle, stage=Stage.VILLAGE).update(closes_at=OPENS + timedelta(days=1))
    proposal = make.proposal(of=cycle, stage=Stage.SUBDISTRICT, outcome=Outcome.RETURNED)
    with clock.telling(CLOSES - INSTANT):
        assert policy.may_submit(people.facilitator, proposal)


@pytest.mark.parametrize(("ends_at", "day"), [(datetime(2026, 9, 30, 17, tzinfo=UTC), 30), (datetime(2026, 9, 30, 17, 1, tzinfo=UTC), 1)])
def test_an_end_at_midnight_is_told_as_the_day_before_because_that_was_the_last_that_took_anything(people, cycle, ends_at, day):
    StageWindow.objects.filter(cycle=cycle).update(closes_at=ends_at)
    proposal = make.proposal(of=cycle, stage=Stage.DRAFT)
    with clock.telling(CLOSES + timedelta(days=30)):
        late = capture_words.why_not(Capture(Verdict.TOO_LATE, None, None, ends_at), closes_at=ends_at)
        assert f" {day} " in str(policy.may_submit(people.facilitator, proposal).reason)
        assert f" {day} " in str(late.reason)


def test_a_closed_window_says_when_it_closed_and_whom_to_ask(people, cycle):
    StageWindow.objects.filter(cycle=cycle).update(closes_at=datetime(2026, 9, 30, 5, tzinfo=UTC))
    proposal = make.proposal(of=cycle, stage=Stage.DRAFT)
    with clock.telling(CLOSES + timedelta(days=30)), translation.override("en"):
        assert (
            str(policy.may_submit(people.facilitator, proposal).reason)
            == "Input closed on 30 September 2026. Ask the village office about next year."
        )
    with clock.telling(CLOSES + timedelta(days=30)):
        answer = policy.may_submit(people.facilitator, proposal)
        assert str(answer.reason) == "Masa usulan ditutup 30 September 2026. Tanyakan usulan tahun depan di kantor desa."
    with clock.telling(OPENS - INSTANT), translation.override("en"):
        assert str(policy.may_submit(people.facilitator, proposal).reason) == "Input opens on 1 July 2026."


def test_a_person_closes_a_stage_before_the_clock_and_for_runs_too(people, cycle):
    closed_at = OPENS + timedelta(days=10)
    StageWindow.objects.filter(cycle=cycle, stage=Stage.BUDGET).update(closed_at=closed_at, closed_by=people.planner)
    proposal = make.proposal(of=cycle, stage=Stage.BUDGET)
    assert policy.may_move(people.budget_team, proposal, "reject", closed_at).code == "window_closed"
    assert policy.may_move(people.budget_team, proposal, "fund", closed_at, by_run=True).code == "window_closed"


def test_a_run_is_published_after_the_clock_ended_input_but_not_before_it_began(people, cycle):
    proposal = make.proposal(of=cycle, stage=Stage.BUDGET)
    assert policy.may_move(people.budget_team, proposal, "fund", CLOSES, by_run=True)
    assert policy.may_move(people.budget_team, proposal, "fund", OPENS - INSTANT, by_run=True).code == "not_yet_open"


def test_a_stage_that_the_kabupaten_does_not_use_takes_nothing(people):
    short = make.cycle(order=(Stage.VILLAGE, Stage.SUBDISTRICT))
    last = make.proposal(of=short, stage=Stage.SUBDISTRICT)
    assert policy.may_move(people.subdistrict_officer, last, "forward").code == "last_stage"
    astray = make.proposal(of=short, stage=Stage.DISTRICT)
    assert policy.may_move(people.planner, astray, "reject").code == "no_such_stage"


def test_withdrawing_and_works_need_no_window(people, cycle):
    with clock.telling(CLOSES + timedelta(days=300)):
        assert policy.may_move(people.facilitator, make.proposal(of=cycle), "withdraw")
        assert policy.may_move(people.planner, make.proposal(of=cycle, stage=Stage.WORKS, outcome=Outcome.FUNDED), "start")
