"""The money of the benchmark's kabupaten: a tree of ceilings down to villages, a published list of 1,000 lines, works and lines nobody proposed."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from accounts.models import Assignment, User
from benchmarks.district import PLAN_YEAR, District
from budgeting import services
from budgeting.models import AllocationRun, Ceiling, FundedWork
from geo.models import Region
from proposals.models import Proposal
from proposals.stages import Outcome, Stage

LINES = 1_000
_SOURCE = "district_budget"
_MILLION = 1_000_000


@dataclass(frozen=True)
class Budget:
    """What the measurements ask for."""

    ceiling: Ceiling
    published: AllocationRun
    draft: AllocationRun
    work: FundedWork


def budget(made: District) -> Budget:
    """Make it in the transaction of the district."""
    planner, second = (_official(role) for role in ("planner", "budget_team"))
    keys = Proposal.objects.filter(plan_year=PLAN_YEAR).order_by("pk").values("pk")[:LINES]
    Proposal.objects.filter(pk__in=keys).update(stage=Stage.BUDGET, outcome=Outcome.OPEN, version=2)
    whole = services.set_ceiling(
        actor=planner, plan_year=PLAN_YEAR, region_code=settings.HOME_REGION, funding_source=_SOURCE, amount=200_000 * _MILLION, legal_basis="Perbup"
    )
    whole = services.publish_ceiling(actor=second, ceiling_id=whole.pk)
    _parts(whole, planner, second)
    draft, published = (_run(whole, planner) for _times in range(2))
    published = services.publish_run(run_id=published.pk, actor=second)
    _lines(made, planner)
    work = FundedWork.objects.filter(run=published).order_by("pk")[0]
    return Budget(whole, published, draft, work)


def _official(role: str) -> User:
    person = User.objects.create(username=f"bench-{uuid.uuid4().hex[:8]}")
    Assignment.objects.create(user=person, role=role, region_id=settings.HOME_REGION, starts_on=timezone.now().date())
    return person


def _run(whole: Ceiling, planner: User) -> AllocationRun:
    return services.perform_run(services.request_run(ceiling_id=whole.pk, rule="greedy", actor=planner).pk)


def _parts(whole: Ceiling, planner: User, second: User) -> None:
    """A part for each sub-district and a part of that for each of its villages, all published."""
    now = timezone.now()
    fixed = {"plan_year": PLAN_YEAR, "funding_source": _SOURCE, "legal_basis": "Perbup", "set_by": planner, "set_at": now}
    fixed |= {"published_by": second, "published_at": now}
    known = Region.objects.in_force().light()
    below = known.filter(parent=settings.HOME_REGION).order_by("pk")
    parts = Ceiling.objects.bulk_create(Ceiling(region=one, parent=whole, amount=5_000 * _MILLION, **fixed) for one in below)
    for part in parts:
        villages = known.filter(parent=part.region_id).order_by("pk")
        Ceiling.objects.bulk_create(Ceiling(region=one, parent=part, amount=100 * _MILLION, **fixed) for one in villages)


def _lines(made: District, planner: User) -> None:
    """Lines that nobody proposed."""
    now = timezone.now()
    FundedWork.objects.bulk_create(
        FundedWork(
            plan_year=PLAN_YEAR,
            region=made.village,
            title=f"Saluran {number}",
            sector="drainage",
            origin="unknown",
            funding_source=_SOURCE,
            amount=30 * _MILLION,
            created_by=planner,
            created_at=now,
            changed_at=now,
        )
        for number in range(LINES)
    )
