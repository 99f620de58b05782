"""A published run opens a work for every line that it funds."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from accounts import clock
from accounts.models import User
from budgeting.models import AllocationRun, FundedWork
from budgeting.origins import origin_of
from proposals.models import Proposal


def open_works(*, run: AllocationRun, given: Mapping[UUID, int], actor: User) -> list[FundedWork]:
    """One work for each proposal in `given` (whole rupiah by proposal), inside the transaction that publishes the run.

    The caller holds the locks of the run and its proposals. Two statements.
    """
    now = clock.now()
    proposals = Proposal.objects.filter(pk__in=given).select_related("dictionary_entry").order_by("pk")
    return FundedWork.objects.bulk_create([_work(run, proposal, given[proposal.pk], actor, now) for proposal in proposals], batch_size=500)


def heard_first(plan_year: int) -> date:
    """From when the silence of a new work counts: today, or the first day of a year that has not come yet."""
    return max(clock.today(), date(plan_year, 1, 1))


def _work(run: AllocationRun, proposal: Proposal, amount: int, actor: User, now: datetime) -> FundedWork:
    entry = proposal.dictionary_entry
    return FundedWork(
        plan_year=proposal.plan_year,
        region_id=proposal.village_id,
        proposal=proposal,
        run=run,
        title=proposal.title,
        sector=proposal.sector,
        origin=origin_of(proposal),
        origin_reference=proposal.sponsor_reference,
        funding_source=run.ceiling.funding_source,
        agency_id=proposal.agency_id,
        amount=amount,
        programme=entry.programme if entry else "",
        activity=entry.activity if entry else "",
        location=proposal.location,
        heard_on=heard_first(proposal.plan_year),
        created_by=actor,
        created_at=now,
        changed_at=now,
    )
