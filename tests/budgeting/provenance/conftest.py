"""Lines of a budget: one with a proposal, one that nobody proposed."""

import uuid
from typing import Any

import pytest

from accounts import clock
from accounts.refusals import Refusal
from budgeting.models import AuthorityRule, FundedWork
from tests import cast, make

REASON = "Ini usulan desa kami dari musrenbang tahun lalu."


@pytest.fixture
def plan(people):
    """The cycle, made once so that all rows share it."""
    return make.open_cycle()


def status_of(act) -> int:
    """200 where it is done, else the status of the refusal."""
    try:
        act()
    except Refusal as refusal:
        return refusal.status
    return 200


def a_line(people, **fields: Any) -> FundedWork:
    """A line of the budget without a proposal, of the works agency."""
    now = clock.now()
    return FundedWork.objects.create(
        **{
            "id": uuid.uuid4(),
            "plan_year": 2028,
            "region_id": cast.VILLAGE,
            "title": "Turap beton Sungai Kapuas",
            "sector": "road",
            "origin": "unknown",
            "funding_source": "district_budget",
            "agency": people.works_agency,
            "amount": 300_000_000,
            "programme": "Program Penyelenggaraan Jalan",
            "budget_document": "DPA 1.03/2028",
            "location": cast.point_in(cast.VILLAGE),
            "created_by": people.agency_officer,
            "created_at": now,
            "changed_at": now,
            **fields,
        }
    )


@pytest.fixture
def ghost(people, plan):
    """In the budget, but never proposed."""
    return a_line(people)


def authority(plan, level: str, **fields: Any) -> AuthorityRule:
    """An authority of the year, unverified unless the fields say otherwise."""
    return AuthorityRule.objects.create(cycle=plan, authority=level, changed_at=clock.now(), **fields)
