"""What the home page and a region's page tell: how many, how much, where, and what was decided last."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from accounts import clock
from budgeting.models.ceiling import FundingSource
from frontend.drawings import Counted, Drawing, counted_map
from geo.models import Region
from proposals import tallies
from proposals.models import Cycle, Proposal, Recommendation
from proposals.querysets import ProposalQuerySet
from proposals.stages import Outcome, Stage
from proposals.tallies import Count, Wanted
from proposals.words import OUTCOME_WORDS, STAGE_WORDS

#: Outcomes that still wait at their stage.
_WAITING = (Outcome.OPEN, Outcome.RETURNED, Outcome.RESERVED)
_ENDED = (Outcome.REJECTED, Outcome.NOT_FUNDED, Outcome.MERGED, Outcome.SPLIT, Outcome.WITHDRAWN)

_CHANGED_LAST = 300
_NO_DECISIONS = ("submit", "withdraw", "confirm", "dispute")


@dataclass(frozen=True)
class Place:
    """Where some proposals are now: a stage they wait at, or an outcome that ended their road."""

    kind: str
    code: str
    word: str
    count: int


def cycle_of(code: str) -> Cycle | None:
    """The kabupaten's newest plan year that has begun, else its newest; with its windows."""
    cycles = list(Cycle.objects.filter(region_id=code).prefetch_related("windows").order_by("-plan_year")[:5])
    now = clock.now()
    begun = [cycle for cycle in cycles if any(window.opens_at and window.opens_at <= now for window in cycle.windows.all())]
    return next(iter(begun or cycles), None)


def map_of(parent: Region, wanted: Wanted) -> tuple[Drawing | None, list[tuple[Region, Count]]]:
    """The regions right below one, drawn and listed with their counts: three queries, whatever lies below."""
    children = list(Region.objects.in_force().filter(parent=parent).defer("boundary", "search_text").order_by("code"))
    counted = tallies.counts([child.pk for child in children], wanted)
    counts = {code: Counted(count.proposals, count.funded) for code, count in counted.items()}
    rows = [(child, counted.get(child.pk, Count())) for child in children]
    return counted_map(children, counts), rows


def places(code: str, plan_year: int) -> tuple[list[Place], int]:
    """Where a region's proposals of one year are, and how many there are; two statements on the tallies."""
    by_stage = tallies.breakdown(code, "stage", Wanted(plan_year, outcomes=tuple(_WAITING)))
    by_outcome = tallies.breakdown(code, "outcome", Wanted(plan_year, outcomes=(Outcome.FUNDED, *_ENDED)))
    found = [Place("stage", stage.value, str(STAGE_WORDS[stage]), by_stage[stage].proposals) for stage in Stage if stage in by_stage]
    found += [
        Place("outcome", outcome.value, str(OUTCOME_WORDS[outcome]), by_outcome[outcome].proposals)
        for outcome in (Outcome.FUNDED, *_ENDED)
        if outcome in by_outcome
    ]
    return found, sum(place.count for place in found)


def funded_by_source(proposals: ProposalQuerySet) -> list[tuple[str, int]]:
    """Funded rupiah a source, largest first."""
    words = dict(FundingSource.choices)
    rows = proposals.filter(outcome=Outcome.FUNDED).order_by().values_list("funding_source").annotate(total=Sum("funded_amount"))
    named = [(str(words.get(source, source)), int(total or 0)) for source, total in rows if source]
    return sorted(named, key=lambda row: (-row[1], row[0]))


@dataclass(frozen=True)
class Paid:
    """What one plan year was given: its count, and rupiah a source."""

    year: int
    count: Count
    sources: list[tuple[str, int]]


def newest_funded(code: str) -> Paid | None:
    """The newest plan year in which anything was funded; while a year is being discussed this is the one before."""
    by_year = {year: count for year, count in tallies.breakdown(code, "plan_year").items() if count.funded}
    if not by_year:
        return None
    year = max(by_year)
    return Paid(year, by_year[year], funded_by_source(Proposal.objects.public().within(code).filter(plan_year=year)))


def newest_decisions(code: str, limit: int = 3) -> list[Recommendation]:
    """The last decision on each of the proposals decided last; sending in is no decision. Two queries.

    Looked for among what changed last here, so that a quiet kabupaten never walks the steps of the whole country.
    """
    changed = Proposal.objects.public().within(code).order_by("-changed_at", "-id").values("pk")[:_CHANGED_LAST]
    steps = Recommendation.objects.filter(proposal__in=changed).exclude(move__in=_NO_DECISIONS)
    newest: dict[UUID, Recommendation] = {}
    for step in steps.order_by("-pk")[: limit * 6]:
        newest.setdefault(step.proposal_id, step)
    decided = list(newest.values())[:limit]
    cards = Proposal.objects.for_cards().in_bulk([step.proposal_id for step in decided])
    for step in decided:
        step.proposal = cards[step.proposal_id]
    return decided
