"""The slow, obvious twin of the tallies: walk the proposals and add up."""

from collections import defaultdict
from typing import Any

from geo import codes
from proposals.models import Proposal, Tally
from proposals.stages import Outcome, Stage
from proposals.tallies import Count

Cells = dict[tuple[Any, ...], Count]


def _plus(one: Count, other: Proposal) -> Count:
    is_funded = other.outcome == Outcome.FUNDED
    return Count(
        proposals=one.proposals + 1,
        amount=one.amount + (other.amount or 0),
        funded=one.funded + is_funded,
        funded_amount=one.funded_amount + (other.funded_amount or 0),
    )


def cells() -> Cells:
    """Every cell that a full tally holds, the nation's included."""
    found: Cells = defaultdict(Count)
    for proposal in Proposal.objects.exclude(stage=Stage.DRAFT):
        for code in ("", *codes.lineage(proposal.village_id)):
            key = (code, proposal.plan_year, proposal.channel, proposal.sector, proposal.stage, proposal.outcome)
            found[key] = _plus(found[key], proposal)
    return dict(found)


def totals() -> dict[str, Count]:
    """The count of every region that has proposals, the nation's included."""
    found: dict[str, Count] = defaultdict(Count)
    for proposal in Proposal.objects.exclude(stage=Stage.DRAFT):
        for code in ("", *codes.lineage(proposal.village_id)):
            found[code] = _plus(found[code], proposal)
    return dict(found)


def stored() -> Cells:
    """What the table of tallies holds."""
    return {
        (row.region_code, row.plan_year, row.channel, row.sector, row.stage, row.outcome): Count(
            row.proposals, row.amount, row.funded, row.funded_amount
        )
        for row in Tally.objects.all()
    }
