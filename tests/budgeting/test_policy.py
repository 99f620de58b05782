"""The whole table of rights over money: every person of the cast against every act, inside and outside their region."""

import pytest

from budgeting import policy
from budgeting.models import AllocationRun, Ceiling
from tests import cast
from tests.budgeting.conftest import published_ceiling

DISTRICT = {"planner", "second_planner", "budget_team", "second_budget_team"}
TAPD = {"budget_team", "second_budget_team"}
VILLAGE = {"village_head", "facilitator"}
#: act: who may with the kabupaten's money, and who with a village's. The planner has set the ceiling and asked for the run.
TABLE = {
    "set": (DISTRICT, DISTRICT | {"village_head"}),
    "publish the ceiling": (DISTRICT - {"planner"}, (DISTRICT - {"planner"}) | VILLAGE),
    "calculate": (DISTRICT, DISTRICT | VILLAGE),
    "see the draft": (DISTRICT, DISTRICT | VILLAGE),
    "publish the run": (TAPD, TAPD | {"village_head"}),
    "discard the run": (DISTRICT, DISTRICT | VILLAGE),
}
EVERYBODY = (*cast.OFFICES, *cast.CITIZENS, "stranger")


def _answers(user, ceiling, fresh):
    run = AllocationRun(ceiling=ceiling, status=AllocationRun.Status.DRAFT, requested_by_id=ceiling.set_by_id)
    return {
        "set": policy.may_set_ceiling(user, ceiling.region_id, ceiling.funding_source),
        "publish the ceiling": policy.may_publish_ceiling(user, fresh),
        "calculate": policy.may_run(user, ceiling),
        "see the draft": policy.may_see_run(user, run),
        "publish the run": policy.may_publish_run(user, run),
        "discard the run": policy.may_discard_run(user, run),
    }


@pytest.mark.parametrize(("money", "region"), [("district_budget", cast.HOME), ("village_fund", cast.VILLAGE)])
def test_everybody_may_exactly_what_the_table_says_and_every_no_has_a_sentence(people, money, region):
    ceiling = published_ceiling(people, region_code=region, funding_source=money)
    fresh = Ceiling(region_id=region, funding_source=money, set_by=people.planner)
    wrong = []
    for name, user in people.people().items():
        for act, answer in _answers(user, ceiling, fresh).items():
            wanted = name in TABLE[act][money == "village_fund"]
            if bool(answer) is not wanted:
                wrong.append((name, act, wanted))
            if not answer:
                assert len(str(answer.reason)) > 5
                assert answer.status == (401 if name == "stranger" else 403)
    assert wrong == []
    assert set(people.people()) == set(EVERYBODY)


@pytest.mark.parametrize("act", list(TABLE))
def test_an_account_that_was_closed_may_nothing(people, ceiling, act):
    people.planner.is_active = False
    fresh = Ceiling(region_id=cast.HOME, funding_source="district_budget", set_by=people.budget_team)
    assert not _answers(people.planner, ceiling, fresh)[act]


def test_a_published_run_is_everybodys(people, ceiling):
    run = AllocationRun(ceiling=ceiling, status=AllocationRun.Status.PUBLISHED, requested_by=people.planner)
    assert all(policy.may_see_run(user, run) for user in people.people().values())
