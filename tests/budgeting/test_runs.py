"""Runs: frozen, calculated once, published by a second person, all or nothing."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from budgeting import calculation, ledger, services
from budgeting.models import AllocationRun, LedgerEntry
from budgeting.tasks import calculate
from proposals.models import LiveEvent, Proposal
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.budgeting.conftest import calculated, published_ceiling

Status = AllocationRun.Status
pytestmark = pytest.mark.django_db


def _stands(proposals):
    rows = {row.pk: row for row in Proposal.objects.filter(pk__in=[proposal.pk for proposal in proposals])}
    return [(rows[proposal.pk].stage, rows[proposal.pk].outcome) for proposal in proposals]


def test_a_run_pays_the_most_supported_that_fit_and_says_why_the_others_do_not(people, ceiling, waiting):
    run = calculated(people, ceiling)
    assert (run.status, run.budget, run.spent, run.done, run.total) == (Status.DRAFT, 650_000_000, 600_000_000, 3, 3)
    lines = list(run.lines.values_list("proposal_id", "verdict", "amount", "reason_code"))
    assert lines == [
        (waiting[0].pk, "funded", 500_000_000, "FUNDED_FULL"),
        (waiting[1].pk, "not_funded", 0, "BELOW_LINE"),
        (waiting[2].pk, "funded", 100_000_000, "FUNDED_FULL"),
    ]
    facts = run.lines.get(rank=2).facts
    assert (facts["short_by"], facts["more_votes"], facts["before"]) == (250_000_000, 10, waiting[0].number)


def test_only_what_waits_here_for_this_year_is_in_the_run(people, ceiling, waiting):
    make.proposal(stage=Stage.DISTRICT)
    make.proposal(stage=Stage.BUDGET, outcome=Outcome.NOT_FUNDED)
    make.proposal(stage=Stage.BUDGET, village=cast.FOREIGN_VILLAGE)
    make.proposal(stage=Stage.BUDGET, of=make.cycle(plan_year=2029))
    kept_back = make.proposal(stage=Stage.BUDGET, outcome=Outcome.RESERVED)
    run = calculated(people, ceiling)
    assert set(run.lines.values_list("proposal_id", flat=True)) == {*(proposal.pk for proposal in waiting), kept_back.pk}


def test_publishing_moves_the_money_and_every_proposal(people, ceiling, waiting):
    run = services.publish_run(run_id=calculated(people, ceiling).pk, actor=people.budget_team)
    assert (run.status, run.published_by) == (Status.PUBLISHED, people.budget_team)
    assert _stands(waiting) == [("works", "funded"), ("budget", "not_funded"), ("works", "funded")]
    road = Proposal.objects.get(pk=waiting[0].pk)
    assert (road.funded_amount, road.funding_source) == (500_000_000, "district_budget")
    assert ledger.balance(ceiling) == 50_000_000
    assert LedgerEntry.objects.filter(run=run, kind="commit").count() == 2
    assert "Rp250.000.000" in waiting[1].recommendations.get(move="not_fund").reason
    assert AuditEntry.objects.filter(subject=f"run:{run.pk}", action="budgeting.run.publish").count() == 1
    assert LiveEvent.objects.filter(kind="run").count() == 3


def test_the_villages_own_money_leaves_the_unfunded_open_for_the_next_level(people, plan):
    money = published_ceiling(people, region_code=cast.VILLAGE, funding_source="village_fund", amount=450_000_000, reserve=0)
    first = make.proposal(stage=Stage.VILLAGE, amount=400_000_000, supports=9)
    second = make.proposal(stage=Stage.VILLAGE, amount=100_000_000, supports=3)
    elsewhere = make.proposal(stage=Stage.VILLAGE, village=cast.NEXT_VILLAGE)
    run = services.request_run(ceiling_id=money.pk, rule="greedy", actor=people.facilitator)
    services.perform_run(run.pk)
    services.publish_run(run_id=run.pk, actor=people.village_head)
    assert _stands([first, second, elsewhere]) == [("works", "funded"), ("village", "open"), ("village", "open")]


def test_who_prepared_a_run_does_not_publish_it(people, ceiling, waiting):
    run = calculated(people, ceiling, actor=people.budget_team)
    with pytest.raises(Refusal) as caught:
        services.publish_run(run_id=run.pk, actor=people.budget_team)
    assert (caught.value.code, caught.value.status) == ("second_person", 403)
    assert _stands(waiting) == [("budget", "open")] * 3
    assert services.publish_run(run_id=run.pk, actor=people.second_budget_team).status == Status.PUBLISHED


@pytest.mark.parametrize("name", ["stranger", "resident", "planner", "second_planner", "village_head", "foreign_budget_team", "auditor"])
def test_only_the_budget_team_of_the_region_publishes(people, ceiling, waiting, name):
    run = calculated(people, ceiling)
    with pytest.raises(Refusal) as caught:
        services.publish_run(run_id=run.pk, actor=getattr(people, name))
    assert caught.value.status == (401 if name == "stranger" else 403)
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("name", ["stranger", "resident", "facilitator", "village_head", "foreign_planner", "foreign_budget_team", "moderator"])
def test_only_the_regions_own_team_calculates_or_discards(people, ceiling, waiting, name):
    run = calculated(people, ceiling)
    for ask in (
        lambda who: services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=who),
        lambda who: services.discard_run(run_id=run.pk, actor=who),
    ):
        with pytest.raises(Refusal) as caught:
            ask(getattr(people, name))
        assert caught.value.status in (401, 403)


def test_a_ceiling_that_a_second_person_has_not_seen_pays_for_nothing(people, ceiling, waiting):
    run = calculated(people, ceiling)
    services.set_ceiling(
        actor=people.planner,
        plan_year=2028,
        region_code=cast.HOME,
        funding_source="district_budget",
        amount=900_000_000,
        legal_basis="Perbup 13/2027",
        version=ceiling.version,
    )
    for ask in (
        lambda: services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner),
        lambda: services.publish_run(run_id=run.pk, actor=people.budget_team),
    ):
        with pytest.raises(Conflict) as caught:
            ask()
        assert caught.value.code == "ceiling_not_published"


@pytest.mark.parametrize("change", [{"amount": 90_000_000}, {"version": 7}, {"outcome": Outcome.RESERVED}, {"stage": Stage.DISTRICT}])
def test_a_proposal_that_changed_meanwhile_stops_the_whole_publication_and_is_named(people, ceiling, waiting, change):
    run = calculated(people, ceiling)
    Proposal.objects.filter(pk=waiting[2].pk).update(**change)
    with pytest.raises(Conflict, match=waiting[2].number) as caught:
        services.publish_run(run_id=run.pk, actor=people.budget_team)
    assert caught.value.code == "proposals_moved"
    assert not LedgerEntry.objects.exists()
    assert _stands(waiting[:2]) == [("budget", "open")] * 2
    assert AllocationRun.objects.get(pk=run.pk).status == Status.DRAFT


def test_new_supports_do_not_make_a_run_stale_for_its_inputs_are_frozen(people, ceiling, waiting):
    run = calculated(people, ceiling)
    Proposal.objects.filter(pk=waiting[2].pk).update(supports=999)
    assert services.publish_run(run_id=run.pk, actor=people.budget_team).status == Status.PUBLISHED


def test_a_second_run_over_the_same_proposals_cannot_be_published_after_the_first(people, ceiling, waiting):
    first, second = calculated(people, ceiling), calculated(people, ceiling)
    services.publish_run(run_id=first.pk, actor=people.budget_team)
    with pytest.raises(Conflict):
        services.publish_run(run_id=second.pk, actor=people.budget_team)
    assert ledger.committed(ceiling) == 600_000_000


def test_a_run_whose_money_was_spent_meanwhile_is_refused_with_both_figures(people, ceiling, waiting):
    run = calculated(people, ceiling)
    other = make.proposal(stage=Stage.BUDGET, amount=100_000_000)
    LedgerEntry.objects.create(ceiling=ceiling, kind="commit", amount=100_000_000, proposal=other, actor=people.planner, at=ceiling.set_at)
    with pytest.raises(Conflict, match=r"Rp550\.000\.000") as caught:
        services.publish_run(run_id=run.pk, actor=people.budget_team)
    assert caught.value.code == "ceiling_overdrawn"
    assert _stands(waiting) == [("budget", "open")] * 3


def test_a_published_run_is_not_published_again_nor_discarded(people, ceiling, waiting):
    run = services.publish_run(run_id=calculated(people, ceiling).pk, actor=people.budget_team)
    for ask in (services.publish_run, services.discard_run):
        with pytest.raises(Conflict):
            ask(run_id=run.pk, actor=people.second_budget_team)
    assert ledger.committed(ceiling) == 600_000_000


def test_a_discarded_run_stays_discarded(people, ceiling, waiting):
    run = services.discard_run(run_id=calculated(people, ceiling).pk, actor=people.planner)
    assert run.status == Status.DISCARDED
    with pytest.raises(Conflict):
        services.publish_run(run_id=run.pk, actor=people.budget_team)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"rule": "best"}, "rule"),
        ({"rule": "phragmen"}, "ballot"),
        ({"rule": ["greedy"]}, "rule"),
        ({"rule": None}, "rule"),
        ({"stage": "village"}, "stage"),
        ({"options": {"satisfaction": "cost"}}, "options"),
        ({"options": [1]}, "options"),
    ],
)
def test_a_wish_of_the_wrong_shape_is_refused_by_its_field(people, ceiling, waiting, fields, named):
    with pytest.raises(Invalid) as caught:
        services.request_run(ceiling_id=ceiling.pk, actor=people.planner, **{"rule": "greedy", **fields})
    assert list(caught.value.fields) == [named]
    assert not AllocationRun.objects.exists()


def test_nothing_waiting_and_nothing_left_are_conflicts(people, ceiling, waiting):
    services.publish_run(run_id=calculated(people, ceiling).pk, actor=people.budget_team)
    with pytest.raises(Conflict) as caught:
        services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner)
    assert caught.value.code == "nothing_waits"
    make.proposal(stage=Stage.BUDGET, amount=50_000_000)
    services.publish_run(run_id=calculated(people, ceiling).pk, actor=people.budget_team)
    with pytest.raises(Conflict) as caught:
        services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner)
    assert caught.value.code == "ceiling_spent"


def test_proposals_nobody_supports_and_too_dear_ones_get_a_line_too(people, ceiling, plan):
    make.proposal(stage=Stage.BUDGET, amount=10**15, supports=900)
    make.proposal(stage=Stage.BUDGET, amount=650_000_000, supports=0)
    run = calculated(people, ceiling)
    assert list(run.lines.values_list("reason_code", "verdict")) == [("COST_ABOVE_CEILING", "not_funded"), ("FUNDED_FULL", "funded")]
    assert run.spent == 650_000_000


def test_calculating_again_changes_nothing(people, ceiling, waiting):
    run = calculated(people, ceiling)
    again = services.perform_run(run.pk)
    assert (again.status, again.calculated_at, run.lines.count()) == (Status.DRAFT, run.calculated_at, 3)


def test_a_run_asks_the_database_as_often_for_many_proposals_as_for_few(people, ceiling, waiting):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as few:
            calculated(people, ceiling)
        counts.append(len(few))
        make.proposals(30, stage=Stage.BUDGET)
    assert counts[0] == counts[1]


def test_a_run_nobody_made_is_not_found(people):
    for ask in (services.publish_run, services.discard_run):
        with pytest.raises(Refusal) as caught:
            ask(run_id=uuid.uuid4(), actor=people.budget_team)
        assert caught.value.status == 404


def test_a_worker_that_dies_in_the_middle_leaves_no_line_and_the_next_one_finishes_the_run(people, ceiling, waiting, monkeypatch):
    run = services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner)
    kept = calculation.audit.record

    def die(**_entry):
        raise KeyboardInterrupt

    monkeypatch.setattr(calculation.audit, "record", die)
    with pytest.raises(KeyboardInterrupt):
        services.perform_run(run.pk)
    run.refresh_from_db()
    assert (run.status, run.lines.count()) == (Status.RUNNING, 0)
    monkeypatch.setattr(calculation.audit, "record", kept)
    assert services.perform_run(run.pk).status == Status.DRAFT


def test_asking_for_a_run_leaves_a_task_that_calculates_it(people, ceiling, waiting):
    run = services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner)
    asked = DBTaskResult.objects.get(task_path="budgeting.tasks.calculate")
    assert DBTaskResult.objects.filter(task_path="budgeting.tasks.look_after", run_after__gt=run.requested_at).count() == 1
    assert asked.args_kwargs["args"] == [str(run.pk)]
    assert calculate.func(str(run.pk)) == Status.DRAFT


def test_a_stage_that_a_person_has_closed_takes_no_publication(people, ceiling, waiting, plan):
    run = calculated(people, ceiling)
    plan.windows.filter(stage=Stage.BUDGET).update(closed_at=ceiling.set_at, closed_by=people.planner)
    with pytest.raises(Conflict):
        services.publish_run(run_id=run.pk, actor=people.budget_team)
    assert not LedgerEntry.objects.exists()
    assert _stands(waiting) == [("budget", "open")] * 3
