"""The proposals that some runs do not decide alike, for lists a page at a time."""

from collections.abc import Sequence
from functools import reduce
from uuid import UUID

from django.db.models import BigIntegerField, F, FilteredRelation, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest, Least

from budgeting.models import AllocationLine, Override
from budgeting.overrides.reading import Decided
from proposals.models import Proposal

_ABSENT = -1


def in_any(runs: Sequence[UUID]) -> QuerySet[Proposal]:
    """Every proposal that one of two or more runs decides about, with what each gives it and what is at stake. One statement.

    `given_0`, `given_1` … in whole rupiah (-1: it is not in that run); `stake` is the difference between the most and the least.
    """
    rows = Proposal.objects.filter(pk__in=AllocationLine.objects.filter(run__in=list(runs)).values("proposal"))
    for at, run in enumerate(runs):
        # one line and at most one override in force each: the joins never multiply a row
        line = FilteredRelation("allocation_lines", condition=Q(allocation_lines__run=run))
        override = FilteredRelation("overrides", condition=Q(overrides__run=run, overrides__withdrawn_at__isnull=True))
        rows = rows.annotate(**{f"line_{at}": line, f"override_{at}": override})
    given = {f"given_{at}": _given(at) for at in range(len(runs))}
    told = [Greatest(F(name), Value(0), output_field=BigIntegerField()) for name in given]
    return rows.annotate(**given).annotate(stake=Greatest(*told) - Least(*told, output_field=BigIntegerField()))


def changed(runs: Sequence[UUID]) -> QuerySet[Proposal]:
    """Those whose money differs, or that are missing in one of them; most rupiah at stake first. For a cursor."""
    differs = reduce(lambda so_far, at: so_far | ~Q(**{f"given_{at}": F("given_0")}), range(1, len(runs)), Q())
    rows: QuerySet[Proposal] = in_any(runs).filter(differs).select_related("village").defer("village__boundary", "village__outline")
    return rows.order_by("-stake", "-id")  # type: ignore[misc]


def decided_in(runs: Sequence[UUID], proposals: Sequence[UUID]) -> dict[tuple[UUID, UUID], Decided]:
    """The lines of some proposals in some runs with what counts, by (run, proposal). Two queries."""
    # of the whole runs: a line that nobody touched still speaks of a list that somebody changed
    overrides = Override.objects.filter(run__in=list(runs), withdrawn_at__isnull=True).select_related("signed_by")
    standing = {(one.run_id, one.proposal_id): one for one in overrides.order_by("signed_at", "id")}
    lines = AllocationLine.objects.filter(run__in=list(runs), proposal__in=list(proposals)).order_by("run_id", "rank")
    touched = {run for run, _proposal in standing}
    keyed = [((line.run_id, line.proposal_id), line) for line in lines]
    return {key: Decided(line, standing.get(key), line.run_id in touched) for key, line in keyed}


def _given(at: int) -> Coalesce:
    absent = Value(_ABSENT, output_field=BigIntegerField())
    return Coalesce(F(f"override_{at}__amount"), F(f"line_{at}__amount"), absent, output_field=BigIntegerField())
