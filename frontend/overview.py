"""What the home page and a region's page tell: how many, how much, where, and what was decided last."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Sum

from accounts import clock
from budgeting.models.ceiling import FundingSource
from frontend.drawings import Counted, Drawing, counted_map
from geo.models import Region
from proposals import tallies
from proposals.models import Cycle, Proposal, Recommendation, StageWindow
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


def begun_of(code: str) -> list[tuple[int, bool]]:
    """The kabupaten's plan years, newest first, and whether each has begun: one of its stages has opened. One query."""
    opened = StageWindow.objects.filter(cycle=OuterRef("pk"), opens_at__lte=clock.now())
    return list(Cycle.objects.filter(region_id=code).order_by("-plan_year").values_list("plan_year", Exists(opened)))


def children_of(parent: Region) -> list[Region]:
    """The regions right below one, with their outlines; one query."""
    return list(Region.objects.in_force().filter(parent=parent).defer("boundary", "search_text").order_by("code"))


def map_of(parent: Region, wanted: Wanted) -> tuple[Drawing | None, list[tuple[Region, Count]]]:
    """The regions right below one, drawn and listed with their counts: two queries, whatever lies below."""
    children = children_of(parent)
    return drawn_with(children, tallies.counts([child.pk for child in children], wanted))


def drawn_with(children: list[Region], counted: dict[str, Count]) -> tuple[Drawing | None, list[tuple[Region, Count]]]:
    """The same with what was counted; no query."""
    counts = {code: Counted(count.proposals, count.funded) for code, count in counted.items()}
    rows = [(child, counted.get(child.pk, Count())) for child in children]
    return counted_map(children, counts), rows


def places(code: str, plan_year: int) -> tuple[list[Place], int]:
    """Where a region's proposals of one year are, and how many there are; one statement on the tallies."""
    by_stage, by_outcome = Counter[str](), Counter[str]()
    for (stage_at, came), count in tallies.by_stage_and_outcome(code, Wanted(plan_year)).items():
        if came in _WAITING:
            by_stage[stage_at] += count.proposals
        else:
            by_outcome[came] += count.proposals
    found = [Place("stage", stage.value, str(STAGE_WORDS[stage]), by_stage[stage]) for stage in Stage if by_stage[stage]]
    found += [
        Place("outcome", outcome.value, str(OUTCOME_WORDS[outcome]), by_outcome[outcome])
        for outcome in (Outcome.FUNDED, *_ENDED)
        if by_outcome[outcome]
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
