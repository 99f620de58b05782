"""Real connections at the same time: no ceiling is overdrawn, no run is published or calculated twice."""

import pytest

from accounts.refusals import Conflict
from budgeting import ledger, services
from budgeting.models import AllocationRun, Ceiling, LedgerEntry
from proposals.models import Proposal, Recommendation
from proposals.stages import Stage
from tests import cast, make
from tests.at_once import together
from tests.budgeting.conftest import calculated, published_ceiling

pytestmark = pytest.mark.django_db(transaction=True)
Status = AllocationRun.Status


def _winners(answers):
    return [answer for answer in answers if not isinstance(answer, Exception)]


def _never_overdrawn(ceiling):
    ceiling = Ceiling.objects.get(pk=ceiling.pk)
    assert ledger.balance(ceiling) >= 0
    funded = sum(Proposal.objects.filter(outcome="funded").values_list("funded_amount", flat=True))
    assert funded == ledger.committed(ceiling)


@pytest.fixture
def two_runs(people):
    """Two drafts over different proposals; the ceiling pays for either of them, not for both."""
    ceiling = published_ceiling(people, amount=500_000_000, reserve=0)
    drafts = []
    for village in (cast.VILLAGE, cast.NEXT_VILLAGE):
        Proposal.objects.filter(stage=Stage.BUDGET).update(stage=Stage.DISTRICT)
        make.proposals(3, village=village, stage=Stage.BUDGET, amount=100_000_000)
        drafts.append(calculated(people, ceiling))
    Proposal.objects.filter(stage=Stage.DISTRICT).update(stage=Stage.BUDGET)
    return ceiling, drafts


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_runs_published_at_once_on_one_ceiling_only_what_it_covers_is_published(people, two_runs, attempt):
    ceiling, (first, second) = two_runs
    answers = together(
        lambda: services.publish_run(run_id=first.pk, actor=people.budget_team),
        lambda: services.publish_run(run_id=second.pk, actor=people.second_budget_team),
    )
    assert len(_winners(answers)) == 1
    assert next(answer.code for answer in answers if isinstance(answer, Conflict)) == "ceiling_overdrawn"
    assert ledger.committed(ceiling) == 300_000_000
    _never_overdrawn(ceiling)


@pytest.mark.parametrize("attempt", range(3))
def test_the_same_run_published_by_four_people_at_once_is_published_once(people, two_runs, attempt):
    ceiling, (run, _other) = two_runs
    four = [people.budget_team, people.second_budget_team] * 2
    answers = together(*(lambda who=who: services.publish_run(run_id=run.pk, actor=who) for who in four))
    assert len(_winners(answers)) == 1
    assert LedgerEntry.objects.count() == 3
    assert Recommendation.objects.filter(move="fund").count() == 3
    _never_overdrawn(ceiling)


@pytest.mark.parametrize("attempt", range(3))
def test_a_ceiling_lowered_while_a_run_is_published_is_never_below_what_is_committed(people, two_runs, attempt):
    ceiling, (run, _other) = two_runs

    def lower():
        return services.set_ceiling(
            actor=people.planner,
            plan_year=2028,
            region_code=cast.HOME,
            funding_source="district_budget",
            amount=200_000_000,
            legal_basis="Perbup 13/2027",
            version=ceiling.version,
        )

    answers = together(lower, lambda: services.publish_run(run_id=run.pk, actor=people.budget_team))
    assert len(_winners(answers)) == 1
    _never_overdrawn(ceiling)


def test_a_proposal_decided_while_its_run_is_published_goes_one_way_only(people, two_runs):
    ceiling, (run, _other) = two_runs
    proposal = Proposal.objects.get(pk=run.lines.first().proposal_id)

    def reject():
        from proposals.services import move

        return move(
            proposal_id=proposal.pk,
            name="reject",
            actor=people.second_budget_team,
            version=proposal.version,
            reason_code="LAND_NOT_CLEAR",
            reason="Tanahnya masih dalam sengketa dengan pihak lain.",
            responsible="Kantor Pertanahan",
        )

    answers = together(reject, lambda: services.publish_run(run_id=run.pk, actor=people.budget_team))
    assert len(_winners(answers)) == 1
    proposal.refresh_from_db()
    assert (proposal.outcome == "funded") is (AllocationRun.objects.get(pk=run.pk).status == Status.PUBLISHED)
    _never_overdrawn(ceiling)


def test_two_people_setting_the_same_new_ceiling_at_once_make_one(people):
    fields = {"plan_year": 2028, "region_code": cast.HOME, "funding_source": "district_budget", "legal_basis": "Perbup 12/2027"}
    answers = together(
        lambda: services.set_ceiling(actor=people.planner, amount=100, **fields),
        lambda: services.set_ceiling(actor=people.second_planner, amount=200, **fields),
    )
    assert len(_winners(answers)) == 1
    assert Ceiling.objects.count() == 1


def test_of_two_planners_publishing_a_ceiling_at_once_one_wins(people):
    ceiling = services.set_ceiling(
        actor=people.planner, plan_year=2028, region_code=cast.HOME, funding_source="district_budget", amount=100, legal_basis="Perbup 12/2027"
    )
    answers = together(
        lambda: services.publish_ceiling(actor=people.second_planner, ceiling_id=ceiling.pk, version=1),
        lambda: services.publish_ceiling(actor=people.budget_team, ceiling_id=ceiling.pk, version=1),
    )
    assert len(_winners(answers)) == 1


def test_a_run_calculated_by_four_workers_at_once_has_its_lines_once(people, two_runs):
    ceiling, _runs = two_runs
    run = services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner)
    answers = together(*[lambda: services.perform_run(run.pk)] * 4)
    assert len(_winners(answers)) == 4
    assert run.lines.count() == 6
    assert AllocationRun.objects.get(pk=run.pk).status == Status.DRAFT


def test_writers_past_the_services_cannot_overdraw_a_ceiling_together(people):
    ceiling = published_ceiling(people, amount=100, reserve=10)
    rows = make.proposals(4, stage=Stage.BUDGET)
    answers = together(
        *(
            lambda row=row: LedgerEntry.objects.create(
                ceiling=ceiling, kind="commit", amount=40, proposal=row, actor=people.planner, at=ceiling.set_at
            )
            for row in rows
        )
    )
    assert len(_winners(answers)) == 2
    assert ledger.balance(ceiling) == 10
