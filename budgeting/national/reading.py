"""What waits in every sub-district of a plan year, streamed out of the database in the order of the regions' codes."""

from collections.abc import Callable, Collection, Iterator

from django.contrib.postgres.aggregates import StringAgg
from django.db import connection
from django.db.models import QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast, Collate, Concat, Left

from budgeting import ledger
from budgeting.models import Ceiling
from budgeting.national.deciding import Subdistrict
from geo.codes import Level, level
from geo.models import Region
from proposals.models import Proposal
from proposals.stages import Outcome, Stage

#: Sub-districts fetched at a time; nothing else is held of the register.
CHUNK = 64
#: So much of a village's code is its sub-district.
_SUBDISTRICT = len("11.01.01")
#: What nobody can pay for any more, or does not stand for itself.
_GONE = (Outcome.WITHDRAWN, Outcome.MERGED, Outcome.SPLIT, Outcome.REJECTED)
#: How much money there is in a sub-district where so much is asked for; None where nothing is said.
Money = Callable[[str, int], int | None]


def waiting(plan_year: int, stage: Stage) -> QuerySet[Proposal]:
    """What waits at a stage."""
    return Proposal.objects.filter(plan_year=plan_year).waiting_at(stage)


def asked_for(plan_year: int) -> QuerySet[Proposal]:
    """Everything that was sent in and still stands, also what was decided: to see what another rule would have given."""
    return Proposal.objects.filter(plan_year=plan_year).exclude(stage=Stage.DRAFT).exclude(outcome__in=_GONE)


def published(plan_year: int, funding_source: str) -> Money:
    """What is free of the published ceilings of sub-districts, those of agencies not counted. Two questions."""
    rows = Ceiling.objects.filter(plan_year=plan_year, funding_source=funding_source, agency__isnull=True, published_at__isnull=False)
    ceilings = [row for row in rows.order_by("pk") if level(row.region_id) is Level.SUBDISTRICT]
    standings = ledger.standings(ceilings)
    free = {ceiling.region_id: standings[ceiling.pk].free for ceiling in ceilings}
    return lambda code, _asked: free.get(code)


def unknown(codes: Collection[str]) -> list[str]:
    """Those of the codes that no sub-district has, sorted. One question."""
    known = Region.objects.filter(code__in=codes, level=Level.SUBDISTRICT).values_list("code", flat=True)
    return sorted(set(codes) - set(known))


def subdistricts(rows: QuerySet[Proposal], money: Money) -> Iterator[Subdistrict]:
    """Each sub-district with something to decide and money above zero, by code. One statement; call it inside a transaction."""
    with connection.cursor() as cursor:
        # all rows are wanted, not the first ones quickly
        cursor.execute("SET LOCAL cursor_tuple_fraction = 1; SET LOCAL work_mem = '64MB'")
    for code, asked, text in _grouped(rows).iterator(chunk_size=CHUNK):
        budget = money(code, int(asked))
        if budget is not None and budget > 0:
            yield Subdistrict(code, budget, text)


def _grouped(rows: QuerySet[Proposal]) -> QuerySet[Proposal, tuple[str, int, str]]:
    """A row a sub-district: its code, what is asked for together, and the proposals as text."""
    tab = Value("\t")
    row = Concat("number", tab, "village_id", tab, Cast("amount", TextField()), tab, Cast("supports", TextField()), output_field=TextField())
    ordered = rows.filter(amount__gt=0, number__isnull=False).order_by().annotate(code=Collate(Left("village_id", _SUBDISTRICT), "C")).values("code")
    grouped = ordered.annotate(asked=Sum("amount"), text=StringAgg(row, delimiter="\n"))
    return grouped.order_by("code").values_list("code", "asked", "text")
