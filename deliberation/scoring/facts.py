"""What the computed criteria read of stored proposals: a constant number of queries, however many proposals."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from django.db.models import Case, Count, IntegerField, Q, Sum, Value, When

from deliberation.scoring.law import SIZE_CLASSES, size_class
from deliberation.scoring.measuring import Facts, Standing
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle, Proposal
from proposals.papers.checklist import checklist_of, with_papers
from proposals.papers.readiness import State

#: So many plan years before the one that is scored count as "the last years".
YEARS = 3
_UNKNOWN_SIZE = -1


def facts_of(cycle: Cycle, proposals: Sequence[Proposal]) -> list[Facts]:
    """The facts of each, in the same order. `proposals` come with `village` and `dictionary_entry`."""
    found = with_papers(list(proposals))
    supports, given = _supports(cycle), _given(cycle)
    people = _inhabitants(cycle) if given else {}
    rates = sorted(Fraction(given.get(code, 0), count) for code, count in people.items())
    return [_facts(one, supports, given, people, rates) for one in found]


def _facts(one: Proposal, supports: dict[int, Counter[int]], given: dict[str, int], people: dict[str, int], rates: list[Fraction]) -> Facts:
    village, entry = one.village, one.dictionary_entry
    asked = [item for item in checklist_of(one) if item.state is not State.NOT_APPLICABLE]
    size = size_class(village.population)
    known = village.pk in people
    return Facts(
        households=one.beneficiary_households,
        village_households=village.households,
        poor_households=one.poor_households,
        papers_there=sum(item.state is State.THERE for item in asked) if asked else None,
        papers_asked=len(asked) or None,
        amount=one.amount,
        volume=Fraction(one.volume) if one.volume else None,
        reference_price=entry.unit_price if entry else None,
        supports=one.supports,
        support=_among(one.supports, supports.get(_UNKNOWN_SIZE if size is None else size, Counter())),
        size_class=size,
        years_waiting=one.years_waiting,
        funded=given.get(village.pk, 0) if known else None,
        inhabitants=village.population,
        per_head=_standing(Fraction(given.get(village.pk, 0), people[village.pk]), rates) if known else None,
    )


def _among(supports: int, counted: Counter[int]) -> Standing | None:
    total = sum(counted.values())
    less = sum(many for number, many in counted.items() if number < supports)
    return Standing(less, counted[supports], total) if counted[supports] else None


def _standing(rate: Fraction, rates: Iterable[Fraction]) -> Standing:
    found = list(rates)
    return Standing(sum(one < rate for one in found), found.count(rate), len(found))


def _supports(cycle: Cycle) -> dict[int, Counter[int]]:
    """How many proposals of the year have how much support, by size class of their village."""
    size = Case(
        When(village__population__isnull=True, then=Value(_UNKNOWN_SIZE)),
        *(When(village__population__lte=limit, then=Value(at)) for at, limit in enumerate(SIZE_CLASSES)),
        default=Value(len(SIZE_CLASSES)),
        output_field=IntegerField(),
    )
    rows = Proposal.objects.public().filter(cycle=cycle).annotate(size=size).values("size", "supports").annotate(many=Count("pk")).order_by()
    found: dict[int, Counter[int]] = {}
    for row in rows:
        found.setdefault(row["size"], Counter())[row["supports"]] += row["many"]
    return found


def _given(cycle: Cycle) -> dict[str, int]:
    """What each village was given in the last years, in rupiah; empty where the platform knows of nothing given at all."""
    last = Q(plan_year__gte=cycle.plan_year - YEARS, plan_year__lt=cycle.plan_year)
    rows = Proposal.objects.within(cycle.region_id).filter(last, funded_amount__isnull=False).values("village_id").annotate(sum=Sum("funded_amount"))
    return {row["village_id"]: row["sum"] for row in rows.order_by()}


def _inhabitants(cycle: Cycle) -> dict[str, int]:
    """The villages of the kabupaten of which somebody knows how many live there."""
    rows = Region.objects.filter(level=Level.VILLAGE.value, code__startswith=f"{cycle.region_id}.", population__gt=0, valid_until__isnull=True)
    return {code: count for code, count in rows.values_list("code", "population") if count}
