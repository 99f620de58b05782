"""What the budget pages read: ceilings with their balances, runs, and what this person may do with them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from accounts.refusals import Answer, Refusal
from budgeting import ledger, policy
from budgeting.models import AllocationLine, AllocationRun, Ceiling
from budgeting.runs.wishes import VOTES
from budgeting.sentences import sentence
from frontend import figures
from geo.codes import Level
from geo.models import Region

Status = AllocationRun.Status
_SETTERS = (*policy.DISTRICT_TEAM, "village_head")


@dataclass(frozen=True)
class Gauge:
    """A ceiling as a tube: parts in thousandths of its width, and the rupiah they stand for."""

    amount: int
    used: int
    proposed: int
    reserve: int
    parts: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def left(self) -> int:
        """What may still be committed."""
        return self.amount - self.reserve - self.used - self.proposed


def gauge(ceiling: Ceiling, used: int, proposed: int = 0) -> Gauge:
    """Where the money of a ceiling is: committed, asked for by a draft, set aside, free."""
    parts, at = [], 0
    for name, money in (("used", used), ("proposed", proposed)):
        width = 1000 * money // ceiling.amount
        parts.append((name, str(at), str(width)))
        at += width
    width = 1000 * ceiling.reserve // ceiling.amount
    parts.append(("reserve", str(1000 - width), str(width)))
    return Gauge(ceiling.amount, used, proposed, ceiling.reserve, [part for part in parts if part[2] != "0"])


@dataclass(frozen=True)
class Row:
    """A ceiling on the page, its runs newest first, and what this person may do."""

    ceiling: Ceiling
    gauge: Gauge
    runs: list[AllocationRun]
    is_team: bool
    may_publish: Answer
    may_run: Answer


@dataclass(frozen=True)
class Sheet:
    """The budget page of one year."""

    year: int | None
    years: list[int]
    rows: list[Row]
    regions: list[Region]
    rules: list[tuple[str, str]]


def sheet(user: Any, wanted: str) -> Sheet:
    """The home kabupaten's ceilings of a year (the newest by default): published ones, and drafts for their team."""
    home = settings.HOME_REGION
    seen = [ceiling for ceiling in _ceilings(home) if ceiling.published_at or policy.is_on_team(user, ceiling)]
    years = sorted({ceiling.plan_year for ceiling in seen}, reverse=True)
    asked = figures.whole(wanted)
    year = asked if asked in years else next(iter(years), None)
    shown = [ceiling for ceiling in seen if ceiling.plan_year == year]
    return Sheet(year, years, _rows(user, shown), _settable(user, home), rules())


def _ceilings(home: str) -> Iterable[Ceiling]:
    within = Q(region=home) | Q(region__code__startswith=f"{home}.")
    joined = Ceiling.objects.filter(within).select_related("region", "set_by", "published_by").defer("region__boundary", "region__outline")
    return joined.order_by("-plan_year", "region_id", "funding_source")


def _rows(user: Any, ceilings: list[Ceiling]) -> list[Row]:
    used = ledger.committed_by_ceiling(ceilings)
    runs: dict[int, list[AllocationRun]] = {}
    found = AllocationRun.objects.filter(ceiling__in=ceilings).defer("inputs").select_related("requested_by").order_by("-requested_at", "id")
    for run in found:
        runs.setdefault(run.ceiling_id, []).append(run)
    return [_row(user, ceiling, used[ceiling.pk], runs.get(ceiling.pk, [])) for ceiling in ceilings]


def _row(user: Any, ceiling: Ceiling, used: int, runs: list[AllocationRun]) -> Row:
    team = policy.is_on_team(user, ceiling)
    seen = [run for run in runs if run.status == Status.PUBLISHED or (team and run.status != Status.DISCARDED)]
    return Row(ceiling, gauge(ceiling, used), seen, team, policy.may_publish_ceiling(user, ceiling), policy.may_run(user, ceiling))


def _settable(user: Any, home: str) -> list[Region]:
    """Regions for which this person may set some ceiling: the kabupaten and its sub-districts, or the own village."""
    if not isinstance(user, User):
        return []
    asked = Q(pk__in=[])
    for role in _SETTERS:
        for code in scope.regions_of(user, role):
            asked |= Q(pk=code) | Q(parent=code, level=Level.SUBDISTRICT)
    found = Region.objects.light().in_force().filter(asked).filter(Q(pk=home) | Q(pk__startswith=f"{home}."))
    return list(found.order_by("code"))


def rules() -> list[tuple[str, str]]:
    """The rules that can be chosen, with what they do."""
    words = {
        "greedy": _("by supports, skip what no longer fits"),
        "greedy-per-cost": _("by supports for each rupiah, skip what no longer fits"),
    }
    return [(name, words.get(name, name)) for name in VOTES]


def run_for(user: Any, run_id: UUID) -> AllocationRun:
    """A run that the person may see. Raises Refusal: 401, 403, 404."""
    joined = AllocationRun.objects.select_related("ceiling__region", "requested_by", "published_by")
    run = joined.defer("inputs", "ceiling__region__boundary", "ceiling__region__outline").filter(pk=run_id).first()
    if run is None:
        raise Refusal(_("This does not exist."), code="not_found", status=404)
    policy.may_see_run(user, run).or_refuse()
    return run


@dataclass(frozen=True)
class Decided:
    """A line with its sentence; `cut` on the last funded one, below which the line of the ceiling runs."""

    line: AllocationLine
    sentence: str
    cut: bool


def lines_of(run: AllocationRun) -> list[Decided]:
    """The run's lines by rank. Two queries."""
    joined = run.lines.select_related("proposal__village").defer("proposal__village__boundary", "proposal__village__outline")
    lines = list(joined.order_by("rank"))
    funded = [line.rank for line in lines if line.verdict == AllocationLine.Verdict.FUNDED]
    last = max(funded, default=0)
    return [Decided(line, sentence(line), line.rank == last) for line in lines]


def run_view(user: Any, run: AllocationRun) -> dict[str, Any]:
    """Everything on a run's page."""
    decided = lines_of(run)
    published = run.status == Status.PUBLISHED
    used = ledger.committed(run.ceiling)
    return {
        "run": run,
        "decided": decided,
        "funded": sum(one.line.verdict == AllocationLine.Verdict.FUNDED for one in decided),
        "left": run.budget - run.spent,
        "gauge": gauge(run.ceiling, used, 0 if published else run.spent),
        "rule": dict(rules()).get(run.rule, run.rule),
        "waiting": run.status in (Status.QUEUED, Status.RUNNING),
        "team": policy.is_on_team(user, run.ceiling),
        "may_publish": policy.may_publish_run(user, run),
        "may_discard": policy.may_discard_run(user, run),
    }
