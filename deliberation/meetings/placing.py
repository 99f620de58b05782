"""The places that a meeting gave: which decisions they are about, and what they do to the proposals."""

from collections.abc import Iterable
from uuid import UUID

from deliberation.models import Decision, Meeting, Ranking
from proposals.models import Proposal

#: Decisions whose proposals are on the priority list, and on the reserve list behind it (DOMAIN 1: prioritas, cadangan).
PRIORITY, RESERVE = ("forward", "forward_adjusted"), ("reserve",)


def last_decisions(meeting: Meeting) -> list[Decision]:
    """The meeting's last word about each proposal, in the order of the record; one query."""
    rows = Decision.objects.filter(meeting=meeting).select_related("proposal", "proposal__village", "step")
    heavy = (f"proposal__village__{field}" for field in ("boundary", "outline", "search_text"))
    last = {made.proposal_id: made for made in rows.defer(*heavy).order_by("number")}
    return sorted(last.values(), key=lambda made: made.number)


def to_place(meeting: Meeting) -> tuple[list[Decision], list[Decision]]:
    """What the meeting forwards and what it keeps in reserve, by its last word."""
    made = last_decisions(meeting)
    return [one for one in made if one.move in PRIORITY], [one for one in made if one.move in RESERVE]


def place_again(made: Decision) -> None:
    """After a decision: a place that the proposal already has in this meeting goes with it; off both lists it is given up."""
    given = Ranking.objects.filter(meeting=made.meeting_id, proposal=made.proposal_id)
    if made.move not in (*PRIORITY, *RESERVE):
        given.delete()
        return
    place = given.values_list("place", flat=True).first()
    if place is not None:
        Proposal.objects.filter(pk=made.proposal_id).update(rank=place)
        made.proposal.rank = place


def write_ranks(decisions: Iterable[Decision], places: dict[UUID, int]) -> int:
    """Give each proposal the place, where it still stands where this meeting put it; two statements. Returns how many."""
    stands = [made.proposal for made in decisions if _stands(made)]
    changed = []
    for proposal in stands:
        if proposal.rank != places[proposal.pk]:
            proposal.rank = places[proposal.pk]
            changed.append(proposal)
    Proposal.objects.bulk_update(changed, ["rank"], batch_size=500)
    return len(changed)


def _stands(made: Decision) -> bool:
    """Whether nobody has moved the proposal since: a rank belongs to the list of one stage and does not travel."""
    return made.proposal.stage == made.step.stage_after and made.proposal.outcome == made.step.outcome_after
