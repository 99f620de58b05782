"""How often a list was calculated under one ceiling, and with which lots: so that nobody draws until it pleases without being seen."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Min, Q

from budgeting.models import AllocationRun

Status = AllocationRun.Status
#: So many seeds are named, those that were tried first; the count tells of all.
NAMED = 20


@dataclass(frozen=True)
class Draw:
    """A seed other than the run's own: when it was first tried under this ceiling, for how many lists, how many of them were put away."""

    seed: str
    first: datetime
    lists: int
    discarded: int


@dataclass(frozen=True)
class Attempts:
    """Lists under the run's ceiling, this one among them, failed and put away ones too; for a lot the other seeds."""

    lists: int
    discarded: int
    other_seeds: int = 0
    draws: list[Draw] = field(default_factory=list)


def attempts_of(run: AllocationRun) -> Attempts:
    """Everybody who may read the run reads this, drafts of others included: only that there were, when, and with which seed. Two queries at most."""
    rows = AllocationRun.objects.filter(ceiling=run.ceiling_id).order_by()
    away = Count("pk", filter=Q(status=Status.DISCARDED))
    other = rows.exclude(seed__in=["", run.seed])
    counted = rows.aggregate(lists=Count("pk"), discarded=away, seeds=Count("seed", distinct=True, filter=~Q(seed__in=["", run.seed])))
    if not run.seed or not counted["seeds"]:
        return Attempts(counted["lists"], counted["discarded"])
    found = other.values("seed").annotate(first=Min("requested_at"), lists=Count("pk"), discarded=away).order_by("first", "seed")[:NAMED]
    return Attempts(counted["lists"], counted["discarded"], counted["seeds"], [Draw(**row) for row in found])
