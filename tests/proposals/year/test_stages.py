"""A stage of a plan year is changed by its planner, in order, one at a time, and every change is kept."""

from datetime import date, timedelta

import pytest

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Missing, Refusal
from proposals.models import StageClosure, StageWindow
from proposals.stages import Stage
from proposals.year import stages
from proposals.year.days import first_day, last_day
from tests import cast, make

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


@pytest.fixture
def cycle(people):
    made = make.cycle()
    StageWindow.objects.filter(cycle=made).update(opens_at=None, closes_at=None)
    return made


def change(cycle, person, *, stage=Stage.VILLAGE, version=1, **fields):
    return stages.change_stage(actor=person, cycle_id=cycle.pk, stage=stage, version=version, fields=fields)


def test_a_changed_stage_is_unverified_again_and_the_journal_keeps_before_and_after(people, cycle):
    stages.confirm_stage(actor=people.planner, cycle_id=cycle.pk, stage=Stage.VILLAGE, version=1, legal_basis="Perbup 12/2026")
    changed = change(cycle, people.second_planner, version=2, first_day="2026-07-01", last_day=LAST, women_percent="30", name="Musdes")
    assert (first_day(changed.opens_at), last_day(changed.closes_at), changed.women_percent, changed.title) == (FIRST, LAST, 30, "Musdes")
    assert changed.verified_at is None
    kept = AuditEntry.objects.get(action="proposals.stage.change")
    assert kept.changes["women_percent"] == [None, 30]
    assert (kept.actor, kept.role, kept.region_code) == (people.second_planner, "planner", cast.HOME)


def test_the_same_again_changes_nothing_and_is_not_journalled_twice(people, cycle):
    change(cycle, people.planner, women_percent=30)
    again = change(cycle, people.planner, version=2, women_percent=30)
    assert again.version == 2
    assert AuditEntry.objects.filter(action="proposals.stage.change").count() == 1


def test_of_two_planners_at_once_the_second_hears_that_it_changed(people, cycle):
    change(cycle, people.planner, women_percent=30)
    with pytest.raises(Conflict) as refused:
        change(cycle, people.second_planner, women_percent=40)
    assert refused.value.code == "version"


@pytest.mark.parametrize("who", ["resident", "village_head", "subdistrict_officer", "budget_team", "foreign_planner", "stranger"])
def test_only_the_planner_of_this_kabupaten_touches_its_year(people, cycle, who):
    person = getattr(people, who)
    for verb, more in ((stages.confirm_stage, {"version": 1, "legal_basis": "Perbup"}), (stages.remove_stage, {}), (stages.add_stage, {})):
        with pytest.raises(Refusal) as refused:
            verb(actor=person, cycle_id=cycle.pk, stage=Stage.AGENCY, **more)
        assert refused.value.status in (401, 403)
    with pytest.raises(Refusal):
        change(cycle, person, women_percent=30)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_day", "kemarin"),
        ("first_day", "2026-13-01"),
        ("last_day", "0001-01-01"),
        ("last_day", 20260701),
        ("late_grace_hours", -1),
        ("late_grace_hours", 10**6),
        ("quorum_people", 0),
        ("quorum_people", "banyak"),
        ("quorum_people", True),
        ("quorum_regions_percent", 101),
        ("women_percent", 101),
        ("women_percent", 30.5),
        ("delegates", "³"),
        ("needs_ceilings", "ya"),
        ("quota_blocks", None),
        ("required_documents", ["sertifikat"]),
        ("required_documents", "record"),
        ("name", "x" * 81),
        ("name", None),
        ("legal_basis", "\x00"),
    ],
)
def test_what_is_no_rule_is_told_by_its_field(people, cycle, field, value):
    with pytest.raises(Invalid) as refused:
        change(cycle, people.planner, **{field: value})
    assert list(refused.value.fields) == [field]


def test_a_window_ends_after_it_begins_and_stages_follow_each_other(people, cycle):
    with pytest.raises(Invalid) as backwards:
        change(cycle, people.planner, first_day=LAST, last_day=FIRST)
    assert "last_day" in backwards.value.fields
    change(cycle, people.planner, first_day=FIRST, last_day=LAST)
    with pytest.raises(Invalid) as early:
        change(cycle, people.planner, stage=Stage.SUBDISTRICT, first_day=date(2026, 6, 1), last_day=date(2027, 2, 1))
    assert "first_day" in early.value.fields
    assert change(cycle, people.planner, stage=Stage.BUDGET, first_day=FIRST, last_day=LAST).version == 2, "on the same days is in order"


def test_a_closed_stage_is_reopened_not_edited(people, cycle):
    StageWindow.objects.filter(cycle=cycle, stage=Stage.VILLAGE).update(closed_at=clock.now(), closed_by=people.planner)
    with pytest.raises(Conflict) as refused:
        change(cycle, people.planner, women_percent=30)
    assert refused.value.code == "stage_closed"


def test_a_stage_that_was_used_stays_and_an_unused_one_goes_with_positions_in_order(people, cycle):
    stages.remove_stage(actor=people.planner, cycle_id=cycle.pk, stage=Stage.AGENCY)
    left = list(StageWindow.objects.filter(cycle=cycle).values_list("stage", "position"))
    assert left == [("village", 1), ("subdistrict", 2), ("district", 3), ("budget", 4), ("works", 5), ("done", 6)]
    made = stages.add_stage(actor=people.planner, cycle_id=cycle.pk, stage="agency")
    assert (made.position, made.needs_ceilings, made.verified_at) == (3, True, None)
    assert [window.position for window in StageWindow.objects.filter(cycle=cycle)] == [1, 2, 3, 4, 5, 6, 7]


def test_what_keeps_a_stage(people, cycle):
    with pytest.raises(Conflict) as needed:
        stages.remove_stage(actor=people.planner, cycle_id=cycle.pk, stage="budget")
    assert needed.value.code == "stage_needed"
    make.proposal(of=cycle, stage=Stage.AGENCY)
    with pytest.raises(Conflict) as used:
        stages.remove_stage(actor=people.planner, cycle_id=cycle.pk, stage="agency")
    assert used.value.code == "stage_used"
    StageClosure.objects.create(
        cycle=cycle, stage="district", region_id=cast.HOME, closed_by=people.planner, role="planner", closed_at=clock.now() - timedelta(days=1)
    )
    with pytest.raises(Conflict):
        stages.remove_stage(actor=people.planner, cycle_id=cycle.pk, stage="district")


@pytest.mark.parametrize("stage", ["draft", "musdus", "", None, 7])
def test_there_are_no_other_stages(people, cycle, stage):
    with pytest.raises(Invalid):
        stages.add_stage(actor=people.planner, cycle_id=cycle.pk, stage=stage)
    with pytest.raises(Missing):
        change(cycle, people.planner, stage=stage, women_percent=30)


def test_confirming_names_the_decision_and_the_same_again_is_once(people, cycle):
    with pytest.raises(Invalid):
        stages.confirm_stage(actor=people.planner, cycle_id=cycle.pk, stage="village", version=1, legal_basis=" ")
    for version in (1, 2):
        kept = stages.confirm_stage(actor=people.planner, cycle_id=cycle.pk, stage="village", version=version, legal_basis="Perbup 12/2026")
    assert (kept.verified_by, kept.legal_basis, kept.version) == (people.planner, "Perbup 12/2026", 2)
    assert AuditEntry.objects.filter(action="proposals.stage.confirm").count() == 1
