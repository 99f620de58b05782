"""A small tree: the kabupaten's 1,000 million, 100 of it set aside, with two sub-districts of 300 and 200 below it."""

import uuid
from types import SimpleNamespace

import pytest

from budgeting import services
from budgeting.models import Ceiling, LedgerEntry
from tests import cast, make
from tests.budgeting.conftest import published_ceiling

MILLION = 1_000_000


@pytest.fixture
def tree(people):
    """`whole`, `first`, `second`: all published."""
    make.open_cycle()
    whole = published_ceiling(people, amount=1000 * MILLION, reserve=100 * MILLION)
    first = part(people, whole, cast.SUBDISTRICT, 300 * MILLION)
    second = part(people, whole, cast.OTHER_SUBDISTRICT, 200 * MILLION)
    return SimpleNamespace(whole=whole, first=first, second=second)


def part(people, parent, region, amount, **fields):
    """A published part without a reserve."""
    return published_ceiling(people, parent_id=parent.pk, region_code=region, amount=amount, **{"reserve": 0, **fields})


def setting(ceiling, **changes):
    """What `set_ceiling` is told to change an existing ceiling."""
    return {
        "plan_year": ceiling.plan_year,
        "region_code": ceiling.region_id,
        "funding_source": ceiling.funding_source,
        "agency_id": ceiling.agency_id,
        "amount": ceiling.amount,
        "reserve": ceiling.reserve,
        "legal_basis": "Perbup 13/2027",
        "version": ceiling.version,
        **changes,
    }


def commit(people, ceiling, amount):
    """Money committed at a ceiling, past the services of runs."""
    row = make.proposal()
    return LedgerEntry.objects.create(ceiling=ceiling, kind="commit", amount=amount, proposal=row, actor=people.planner, at=ceiling.set_at)


def ask(people, source, target, amount, **fields):
    """A transfer that the planner asks for."""
    wanted = {"transfer_id": uuid.uuid4(), "reason": "Jembatan putus diterjang banjir.", "legal_basis": "Perbup 20/2027", "actor": people.planner}
    return services.ask_transfer(source_id=source.pk, target_id=target.pk, amount=amount, **{**wanted, **fields})


def moved(people, source, target, amount, **fields):
    """The same, confirmed by the budget team."""
    return services.confirm_transfer(actor=people.budget_team, transfer_id=ask(people, source, target, amount, **fields).pk)


def fresh(ceiling):
    """The row as it is now."""
    return Ceiling.objects.select_related("parent").get(pk=ceiling.pk)
