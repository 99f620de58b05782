"""The agenda of a meeting: what belongs on it, in which order, and how it is read."""

from django.db.models import F, Q, QuerySet

from deliberation.models import AgendaItem, Meeting
from deliberation.words import ItemKind, MeetingKind
from proposals.models import Proposal
from proposals.querysets import ProposalQuerySet

#: What every meeting has before and after its proposals; the record comes last.
BEFORE = (ItemKind.OPENING, ItemKind.CEILINGS)
AFTER = {
    MeetingKind.HAMLET: (ItemKind.RECORD,),
    MeetingKind.VILLAGE: (ItemKind.RECORD,),
    MeetingKind.DISTRICT: (ItemKind.PRIORITIES, ItemKind.RECORD),
}
AFTER_PROPOSALS = (ItemKind.PRIORITIES, ItemKind.DELEGATES, ItemKind.RECORD)
#: More than any meeting goes through; a list beyond it is cut into meetings.
ITEMS_AT_MOST = 2000


def standing_after(meeting: Meeting) -> tuple[ItemKind, ...]:
    """The standing items behind the proposals; only meetings that send delegates on elect them."""
    return AFTER.get(MeetingKind(meeting.kind), AFTER_PROPOSALS)


def waiting(meeting: Meeting) -> ProposalQuerySet:
    """Proposals that the meeting may decide now: waiting at its stage, in its region and year, of its agency or of none.

    In the order of the rank that the level below gave, then of support, then of their numbers. A meeting that only prepares
    looks at what the village is asked.
    """
    stage = meeting.stage or "village"
    found = Proposal.objects.public().within(meeting.region_id).waiting_at(stage).filter(cycle=meeting.cycle_id)  # type: ignore[arg-type]
    if meeting.agency_id is not None:
        found = found.filter(Q(agency=meeting.agency_id) | Q(agency__isnull=True))
    ordered: ProposalQuerySet = found.order_by(F("rank").asc(nulls_last=True), "-supports", "number", "id")
    return ordered


def items(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The items in their order, with what a row shows of a proposal."""
    heavy = (f"proposal__village__{field}" for field in ("boundary", "outline", "search_text"))
    return AgendaItem.objects.filter(meeting=meeting).select_related("proposal", "proposal__village").defer(*heavy).order_by("position", "id")


def in_hand(meeting: Meeting) -> AgendaItem | None:
    """The one item in hand, if any, with its proposal and all that its decision needs."""
    related = ("proposal__village__parent__parent", "proposal__cycle", "proposal__agency", "proposal__dictionary_entry")
    found = AgendaItem.objects.filter(meeting=meeting, state="in_hand").select_related("proposal", *related)
    levels = ("proposal__village", "proposal__village__parent", "proposal__village__parent__parent")
    return found.defer(*(f"{level}__{field}" for level in levels for field in ("boundary", "outline", "search_text"))).first()
