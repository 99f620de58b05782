"""What the pages of money are built from."""

import pytest

from budgeting import selectors, services
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.budgeting.conftest import calculated, published_ceiling


def test_ceilings_carry_what_is_committed_and_what_is_left_in_one_question(people, ceiling, waiting, django_assert_num_queries):
    services.publish_run(run_id=calculated(people, ceiling).pk, actor=people.budget_team)
    published_ceiling(people, region_code=cast.VILLAGE, funding_source="village_fund")
    with django_assert_num_queries(1):
        rows = [(row.region.title, row.committed, row.balance, str(row.set_by)) for row in selectors.ceilings(people.stranger, region_code=cast.HOME)]
    assert rows == [("Kabupaten Kubu Raya", 600_000_000, 50_000_000, "Planner"), ("Desa Kapur", 0, 650_000_000, "Planner")]


@pytest.mark.parametrize(
    ("name", "seen"),
    [("stranger", 0), ("resident", 0), ("foreign_planner", 0), ("facilitator", 1), ("village_head", 1), ("planner", 2), ("budget_team", 2)],
)
def test_what_is_not_published_yet_is_seen_by_its_own_team(people, name, seen):
    fields = {"plan_year": 2028, "amount": 100, "legal_basis": "Perbup 12/2027"}
    services.set_ceiling(actor=people.planner, region_code=cast.HOME, funding_source="district_budget", **fields)
    services.set_ceiling(actor=people.planner, region_code=cast.VILLAGE, funding_source="village_fund", **fields)
    assert selectors.ceilings(getattr(people, name)).count() == seen


def test_the_lines_of_a_run_come_with_their_proposals_in_one_question(people, ceiling, waiting, django_assert_num_queries):
    run = calculated(people, ceiling)
    with django_assert_num_queries(1):
        titles = [(line.proposal.title, line.proposal.village.title) for line in selectors.lines_of(run)]
    assert titles[0] == ("Jembatan", "Desa Kapur")


def test_funded_sums_by_source_are_those_of_the_year_and_region(people, plan):
    make.proposal(stage=Stage.WORKS, outcome=Outcome.FUNDED, amount=300, funding_source="village_fund")
    make.proposal(stage=Stage.WORKS, outcome=Outcome.FUNDED, amount=500, funding_source="district_budget")
    make.proposal(stage=Stage.DONE, outcome=Outcome.FUNDED, amount=100, funding_source="village_fund", village=cast.FAR_VILLAGE)
    make.proposal(stage=Stage.BUDGET, amount=900)
    make.proposal(stage=Stage.WORKS, outcome=Outcome.FUNDED, of=make.cycle(plan_year=2029))
    assert [(row.source, row.count, row.amount) for row in selectors.funded_by_source(2028, cast.HOME)] == [
        ("district_budget", 1, 500),
        ("village_fund", 2, 400),
    ]
    assert [row.amount for row in selectors.funded_by_source(2028, cast.FAR_VILLAGE)] == [100]
