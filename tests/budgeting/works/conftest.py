"""A funded bridge of the village with its proposal, and a road of the agency's own plan without one."""

import uuid
from datetime import timedelta

import pytest

from accounts import clock
from budgeting.models import FundedWork
from proposals.stages import Outcome, Stage
from tests import cast, make


def a_work(people, *, proposal=None, **fields):
    """A line of the budget, straight into the database."""
    now = clock.now()
    defaults = {
        "plan_year": now.year,
        "region_id": cast.VILLAGE,
        "proposal": proposal,
        "title": proposal.title if proposal else "Jalan poros Kapur",
        "sector": "road",
        "origin": "village" if proposal else "agency",
        "origin_reference": "" if proposal else "Renja PUPR",
        "funding_source": "district_budget",
        "agency": people.works_agency,
        "amount": 500_000_000,
        "location": cast.point_in(cast.VILLAGE),
        "planned_start": clock.today() - timedelta(days=30),
        "created_by": people.budget_team,
        "created_at": now - timedelta(days=40),
        "changed_at": now - timedelta(days=40),
    }
    return FundedWork.objects.create(**{**defaults, **fields})


@pytest.fixture
def bridge(people):
    """Funded, with a proposal, not started."""
    proposal = make.proposal(stage=Stage.WORKS, outcome=Outcome.FUNDED, title="Jembatan Parit Lintang", agency=people.works_agency)
    return a_work(people, proposal=proposal)


@pytest.fixture
def road(people):
    """Funded, without a proposal, not started."""
    return a_work(people)


@pytest.fixture(params=["bridge", "road"])
def work(request):
    """Each of both kinds: the same law holds for them."""
    return request.getfixturevalue(request.param)


def said(**fields):
    """A report as it is sent: half built by yesterday, 200 million paid."""
    yesterday = clock.today() - timedelta(days=1)
    return {"id": uuid.uuid4(), "as_of": yesterday.isoformat(), "physical_percent": 50, "paid": 200_000_000, "note": "", **fields}
