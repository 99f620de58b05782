"""The proposals that some runs do not decide alike, for lists a page at a time."""

from collections.abc import Sequence
from functools import reduce
from uuid import UUID

from django.db.models import BigIntegerField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Least

from budgeting.models import AllocationLine, Override
from budgeting.overrides.reading import Decided
from proposals.models import Proposal

_ABSENT = -1


def in_any(runs: Sequence[UUID]) -> QuerySet[Proposal]:
    """Every proposal that one of the runs decides about, with what each gives it and what is at stake. One statement.

    `given_0`, `given_1` … in whole rupiah (-1: it is not in that run); `stake` is the difference between the most and the least.
    """
    lines = AllocationLine.objects.filter(proposal=OuterRef("pk"), run__in=list(runs))
    rows = Proposal.objects.filter(Exists(lines))
    given = {f"given_{at}": _given(run) for at, run in enumerate(runs)}
    rows = rows.annotate(**given)
    told = [Greatest(F(name), Value(0)) for name in given]
    return rows.annotate(stake=Greatest(*told) - Least(*told, output_field=BigIntegerField())) if len(told) > 1 else rows.annotate(stake=Value(0))


def changed(runs: Sequence[UUID]) -> QuerySet[Proposal]:
    """Those whose money differs, or that are missing in one of them; most rupiah at stake first. For a cursor."""
    differs = reduce(lambda so_far, at: so_far | ~Q(**{f"given_{at}": F("given_0")}), range(1, len(runs)), Q())
    rows: QuerySet[Proposal] = in_any(runs).filter(differs).select_related("village").defer("village__boundary", "village__outline")
    return rows.order_by("-stake", "-id")  # type: ignore[misc]


def decided_in(runs: Sequence[UUID], proposals: Sequence[UUID]) -> dict[tuple[UUID, UUID], Decided]:
    """The lines of some proposals in some runs with what counts, by (run, proposal). Two queries."""
    overrides = Override.objects.filter(run__in=list(runs), proposal__in=list(proposals), withdrawn_at__isnull=True).select_related("signed_by")
    standing = {(one.run_id, one.proposal_id): one for one in overrides.order_by("signed_at", "id")}
    lines = AllocationLine.objects.filter(run__in=list(runs), proposal__in=list(proposals)).order_by("run_id", "rank")
    return {(line.run_id, line.proposal_id): Decided(line, standing.get((line.run_id, line.proposal_id))) for line in lines}


def _given(run: UUID) -> Coalesce:
    overrides = Override.objects.filter(proposal=OuterRef("pk"), run=run, withdrawn_at__isnull=True).values("amount")[:1]
    lines = AllocationLine.objects.filter(proposal=OuterRef("pk"), run=run).values("amount")[:1]
    return Coalesce(Subquery(overrides), Subquery(lines), Value(_ABSENT, output_field=IntegerField()), output_field=BigIntegerField())
