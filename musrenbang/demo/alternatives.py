"""Lists side by side in the demonstration: last year's with a line changed by hand, two drafts of this year that a second person awaits."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from accounts import clock
from budgeting import services as budget
from budgeting.calculation import perform_run
from budgeting.models import AllocationLine, AllocationRun, Ceiling
from budgeting.models.ceiling import FundingSource
from budgeting.overrides.services import sign_override
from musrenbang.demo.cast import Cast
from proposals.models import Cycle

_OUT = "Pekerjaan ini dapat menunggu satu tahun: yang lama masih dapat dipakai sampai musim hujan berikutnya."
_IN = "Rapat anggaran mendahulukan desa yang belum mendapat satu pun pekerjaan pada tahun ini."
_RULES = ("greedy", "greedy-per-cost")


def change_by_hand(run: AllocationRun, cast: Cast, at: datetime) -> None:
    """The planner takes the last funded line out and puts in the first that now fits; nothing where none does."""
    funded = run.lines.filter(verdict=AllocationLine.Verdict.FUNDED).order_by("-rank").first()
    if funded is None:
        return
    left = run.budget - run.spent + funded.amount
    better = run.lines.filter(verdict=AllocationLine.Verdict.NOT_FUNDED, cost__lte=left).order_by("rank").first()
    _sign(funded, AllocationLine.Verdict.NOT_FUNDED, _OUT, cast, at)
    if better is not None:
        _sign(better, AllocationLine.Verdict.FUNDED, _IN, cast, at + timedelta(minutes=20))


def draft_two(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """What waits for the kabupaten's money by two rules; in the second one a line is changed by hand."""
    whole = Ceiling.objects.filter(plan_year=cycle.plan_year, region=cycle.region_id, agency=None)
    ceiling = whole.filter(funding_source=FundingSource.DISTRICT_BUDGET).first()
    if ceiling is None:
        return
    for turn, rule in enumerate(_RULES):
        with clock.telling(at + timedelta(hours=turn)):
            run = budget.request_run(ceiling_id=ceiling.pk, rule=rule, actor=cast.parts["bappeda"])
            perform_run(run.pk)
    run.refresh_from_db()
    change_by_hand(run, cast, at + timedelta(hours=3))


def _sign(line: AllocationLine, verdict: str, reason: str, cast: Cast, at: datetime) -> None:
    said: dict[str, Any] = {"verdict": str(verdict), "reason": reason, "actor": cast.parts["bappeda"]}
    with clock.telling(at):
        sign_override(override_id=uuid.uuid4(), run_id=line.run_id, proposal_id=line.proposal_id, **said)
