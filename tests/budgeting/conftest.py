"""A small budget: three proposals waiting for the kabupaten's money, and a ceiling that pays for two of them."""

import pytest

from budgeting import services
from proposals.stages import Stage
from tests import cast, make


@pytest.fixture
def plan(people):
    """The cycle, made once so that all rows share it."""
    return make.open_cycle()


@pytest.fixture
def waiting(plan):
    """Most supported first: 500, 400 and 100 million."""
    return [
        make.proposal(stage=Stage.BUDGET, of=plan, title=title, amount=amount, supports=supports)
        for title, amount, supports in (("Jembatan", 500_000_000, 30), ("Jalan", 400_000_000, 20), ("Sumur", 100_000_000, 10))
    ]


@pytest.fixture
def ceiling(people, plan):
    """Published, 700 million of which 50 are held back."""
    return published_ceiling(people)


def published_ceiling(people, **changes):
    """Set by the planner, published by the budget team."""
    fields = {
        "plan_year": 2028,
        "region_code": cast.HOME,
        "funding_source": "district_budget",
        "amount": 700_000_000,
        "reserve": 50_000_000,
        "legal_basis": "Perbup 12/2027",
        **changes,
    }
    made = services.set_ceiling(actor=people.planner, **fields)
    return services.publish_ceiling(actor=people.budget_team, ceiling_id=made.pk)


def calculated(people, ceiling, **changes):
    """A draft run, asked for by the planner."""
    run = services.request_run(ceiling_id=ceiling.pk, **{"rule": "greedy", "actor": people.planner, **changes})
    return services.perform_run(run.pk)
