"""A third draft of this year's list in the demonstration: equal shares by the ballots that the residents cast."""

from datetime import datetime

from accounts import clock
from budgeting import services as budget
from budgeting.calculation import perform_run
from budgeting.models import Ceiling
from budgeting.models.ceiling import FundingSource
from budgeting.runs.ballots import usable
from budgeting.runs.freezing import waiting_under
from musrenbang.demo.cast import Cast
from proposals.models import Cycle


def draft_by_ballot(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """What the kabupaten's money pays if every voter holds the same part of it; nothing where no ballot names what waits."""
    whole = Ceiling.objects.filter(plan_year=cycle.plan_year, region=cycle.region_id, agency=None)
    ceiling = whole.filter(funding_source=FundingSource.DISTRICT_BUDGET).first()
    ballot = usable(ceiling, waiting_under(ceiling)).first() if ceiling else None
    if ceiling is None or ballot is None:
        return
    with clock.telling(at):
        options = {"ballot": str(ballot.pk), "completion": "add1-utilitarian"}
        run = budget.request_run(ceiling_id=ceiling.pk, rule="equal-shares", actor=cast.parts["bappeda"], options=options)
        perform_run(run.pk)
