"""A plan year begins as an unverified copy of the last one, and its stages wait for the money to be known."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from proposals.models import Cycle, Requirement, StageWindow
from proposals.services import requirements
from proposals.stages import Stage
from proposals.windows import closed_because
from proposals.year import copying, years
from proposals.year.days import first_day, last_day, morning
from tests import cast, make


def begin(person, plan_year=2029):
    return copying.begin_year(actor=person, region_code=cast.HOME, plan_year=plan_year)


def test_a_copy_moves_the_dates_by_a_year_keeps_the_rules_and_verifies_nothing(people):
    last = make.cycle(verified_by=people.planner, verified_at=clock.now(), duplicate_radius_m=80)
    StageWindow.objects.filter(cycle=last).update(
        verified_by=people.planner, verified_at=clock.now(), women_percent=35, closed_in={cast.VILLAGE: "x"}
    )
    StageWindow.objects.filter(cycle=last, stage="village").update(opens_at=morning(date(2024, 2, 29)), closes_at=None)
    requirements.give(last)
    Requirement.objects.filter(cycle=last).update(verified_by=people.planner, verified_at=clock.now())
    cycle = begin(people.planner)
    windows = list(cycle.windows.all())
    assert [window.stage for window in windows] == list(make.ORDER)
    assert first_day(windows[0].opens_at) == date(2025, 2, 28)
    assert windows[0].closes_at is None
    assert {window.women_percent for window in windows} == {35}
    assert not [window for window in windows if window.verified_at or window.closed_at or window.closed_in]
    assert (cycle.verified_at, cycle.duplicate_radius_m, cycle.ceilings_published_at) == (None, 80, None)
    assert Requirement.objects.filter(cycle=cycle, verified_at__isnull=True).count() == 6


def test_the_preview_shows_what_the_copy_makes_and_writes_nothing(people):
    requirements.give(make.cycle())
    ahead = copying.preview(cast.HOME, 2030)
    assert (ahead.source.plan_year, ahead.parts[0][1], Cycle.objects.count()) == (2028, 6, 1)
    cycle = begin(people.planner, 2030)
    assert [(stage.first_day, stage.last_day) for stage in ahead.stages] == [
        (first_day(window.opens_at), last_day(window.closes_at)) for window in cycle.windows.all()
    ]


def test_without_a_last_year_it_begins_with_the_defaults_and_says_where_each_comes_from(people):
    ahead = copying.preview(cast.HOME, 2029)
    assert ahead.source is None
    assert all(stage.mark and stage.origin for stage in ahead.stages)
    cycle = begin(people.planner)
    village, subdistrict = cycle.window(Stage.VILLAGE), cycle.window(Stage.SUBDISTRICT)
    assert (first_day(village.opens_at), last_day(village.closes_at)) == (date(2027, 7, 1), date(2027, 9, 30))
    assert (village.needs_ceilings, subdistrict.needs_ceilings, subdistrict.quota_blocks) == (False, True, False)
    assert Requirement.objects.filter(cycle=cycle).count() == 6
    assert AuditEntry.objects.filter(action="proposals.cycle.begin").count() == 1


def test_a_year_begins_once_and_only_by_its_planner(people):
    for who in ("resident", "budget_team", "foreign_planner", "stranger"):
        with pytest.raises(Refusal) as refused:
            begin(getattr(people, who))
        assert refused.value.status in (401, 403)
    begin(people.planner)
    with pytest.raises(Conflict):
        begin(people.second_planner)
    assert Cycle.objects.count() == 1


@pytest.mark.parametrize("year", [28, 1999, 2101, True, "2029", None])
def test_a_year_that_is_none_is_named(people, year):
    with pytest.raises(Invalid) as refused:
        begin(people.planner, year)
    assert "plan_year" in refused.value.fields


def test_the_years_own_rules_change_with_version_and_journal(people):
    cycle = make.cycle(verified_by=people.planner, verified_at=clock.now())
    kept = years.change_year(
        actor=people.planner, cycle_id=cycle.pk, version=1, fields={"citizens_may_propose": False, "support_last_day": "2028-01-31"}
    )
    assert (kept.citizens_may_propose, kept.verified_at, kept.version) == (False, None, 2)
    assert AuditEntry.objects.get(action="proposals.cycle.change").changes["citizens_may_propose"] == [True, False]
    with pytest.raises(Conflict):
        years.change_year(actor=people.second_planner, cycle_id=cycle.pk, version=1, fields={"citizens_may_propose": True})
    confirmed = years.confirm_year(actor=people.second_planner, cycle_id=cycle.pk, version=2, legal_basis="Perbup 3/2027")
    assert confirmed.verified_by == people.second_planner


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("duplicate_radius_m", 0),
        ("duplicate_radius_m", ""),
        ("measure_tolerance_percent", 200),
        ("answer_days", 0),
        ("answer_days", 400),
        ("citizens_may_propose", "ya"),
        ("support_last_day", "besok"),
        ("support_last_day", "2001-01-01"),
        ("legal_basis", ""),
    ],
)
def test_what_is_no_rule_of_a_year_is_told_by_its_field(people, field, value):
    cycle = make.cycle()
    with pytest.raises(Invalid) as refused:
        years.change_year(actor=people.planner, cycle_id=cycle.pk, version=1, fields={field: value})
    assert list(refused.value.fields) == [field]


def test_a_stage_that_needs_ceilings_opens_when_they_are_published_and_says_so_until_then(people):
    cycle = make.cycle()
    StageWindow.objects.filter(cycle=cycle, stage="subdistrict").update(needs_ceilings=True)
    window = cycle.window(Stage.SUBDISTRICT)
    refused = closed_because(window, Stage.SUBDISTRICT, clock.now())
    assert refused is not None
    assert (refused.code, refused.status) == ("ceilings_not_published", 409)
    with translation.override("en"):
        assert "ceilings of 2028 are published" in str(closed_because(window, Stage.SUBDISTRICT, clock.now()).reason)
    assert closed_because(cycle.window(Stage.VILLAGE), Stage.VILLAGE, clock.now()) is None
    assert years.ceilings_published(region_code=cast.HOME, plan_year=2028)
    assert not years.ceilings_published(region_code=cast.SUBDISTRICT, plan_year=2028), "the first publication counts"
    cycle.refresh_from_db()
    assert closed_because(cycle.window(Stage.SUBDISTRICT), Stage.SUBDISTRICT, clock.now()) is None
    assert closed_because(cycle.window(Stage.SUBDISTRICT), Stage.SUBDISTRICT, clock.now() - timedelta(days=1)) is not None


def test_a_village_that_closed_takes_nothing_while_its_neighbour_goes_on(people):
    cycle = make.cycle()
    StageWindow.objects.filter(cycle=cycle, stage="village").update(closed_in={cast.VILLAGE: clock.now().isoformat()})
    window, now = cycle.window(Stage.VILLAGE), clock.now()
    assert closed_because(window, Stage.VILLAGE, now, within=cast.VILLAGE).code == "stage_closed"
    assert closed_because(window, Stage.VILLAGE, now, within=cast.VILLAGE, clock_ends_it=False) is not None
    assert closed_because(window, Stage.VILLAGE, now, within=cast.NEXT_VILLAGE) is None
    StageWindow.objects.filter(cycle=cycle, stage="village").update(closed_in={cast.SUBDISTRICT: clock.now().isoformat()})
    cycle.refresh_from_db()
    assert closed_because(cycle.window(Stage.VILLAGE), Stage.VILLAGE, now, within=cast.NEXT_VILLAGE) is not None


def test_a_year_opened_early_is_nobodys_default(people):
    running, ahead = make.cycle(), make.cycle(plan_year=2029)
    StageWindow.objects.filter(cycle=ahead, stage="village").update(opens_at=clock.now() + timedelta(days=200), closes_at=None)
    empty = Cycle.objects.create(region_id=cast.HOME, plan_year=2030)
    earlier = make.cycle(plan_year=2027)
    assert list(Cycle.objects.filter(region=cast.HOME).begun_first()) == [running, earlier, empty, ahead]
    StageWindow.objects.filter(cycle=ahead, stage="village").update(opens_at=None)
    assert Cycle.objects.filter(region=cast.HOME).begun_first().first() == ahead
