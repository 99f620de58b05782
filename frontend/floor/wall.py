"""The wall of a meeting: one item at a time, what is asked and what is decided, the ceiling, four facts. No names of those who comment."""

from typing import Any

from django.db.models import Count, Q, Sum
from django.http import HttpRequest

from budgeting.models import Ceiling
from deliberation.models import AgendaItem, Comment, Decision, Meeting, Said
from deliberation.models.comment import Stance
from deliberation.models.floor import QuestionState, SaidKind
from deliberation.reading import stances
from deliberation.roll import reading as roll
from deliberation.words import ItemState
from frontend import figures
from frontend.budgets import Gauge, gauge
from proposals.events import last_seq
from proposals.models import Proposal, Recommendation

#: Moves that give a proposal its place within the ceiling.
AGREED = ("forward", "forward_adjusted")
#: Answers that the discussion shows; the wall does not scroll.
ANSWERS = 2


def context_of(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """The item in hand, or the one that `?butir=` turns to; with `?bahas=` its discussion in numbers."""
    seq = last_seq(meeting.pk)
    items = list(AgendaItem.objects.filter(meeting=meeting).only("pk", "position", "state").order_by("position"))
    item = _turned_to(meeting, items, figures.whole(request.GET.get("butir", "")))
    proposal = item.proposal if item else None
    step = _advice(meeting, proposal) if proposal else None
    return {
        "seq": seq,
        "meeting": meeting,
        "item": item,
        "of": len(items),
        "around": _around(items, item),
        "proposal": proposal,
        "step": step,
        "discussion": _discussion(meeting, proposal) if proposal and request.GET.get("bahas") else None,
        "gauge": _gauge(meeting, proposal, step),
        "present": roll.snapshot(meeting),
    }


def _turned_to(meeting: Meeting, items: list[AgendaItem], position: int | None) -> AgendaItem | None:
    """The item at this place; else the one in hand; else the last that was; else the first."""
    hand = [one for one in items if one.state == ItemState.IN_HAND]
    done = [one for one in items if one.state == ItemState.DONE]
    found = next((one for one in items if one.position == position), None) or next(iter([*hand, *done[-1:], *items]), None)
    if found is None:
        return None
    shown = AgendaItem.objects.select_related("proposal__village").defer("proposal__village__boundary", "proposal__village__outline")
    return shown.get(pk=found.pk, meeting=meeting)


def _around(items: list[AgendaItem], item: AgendaItem | None) -> dict[str, int | None]:
    """The places before and after, and whether this one is in hand."""
    places = [one.position for one in items]
    at = places.index(item.position) if item else -1
    return {"before": places[at - 1] if at > 0 else None, "after": places[at + 1] if 0 <= at < len(places) - 1 else None}


def _advice(meeting: Meeting, proposal: Proposal) -> Decision | Recommendation | None:
    """What this meeting decided about it, else what the level before advised."""
    made = Decision.objects.filter(meeting=meeting, proposal=proposal).order_by("-number").first()
    return made or Recommendation.objects.filter(proposal=proposal).exclude(amount=None, volume=None).order_by("-version", "-pk").first()


def _discussion(meeting: Meeting, proposal: Proposal) -> dict[str, Any]:
    """Counts by stance, what was said about it in this room by kind, and the offices' own answers; of nobody else the words or the name."""
    counts = stances(proposal)
    official = Comment.objects.filter(proposal=proposal, is_official=True, hidden_at__isnull=True).order_by("-seq").values_list("body", flat=True)
    in_meetings = Said.objects.filter(item__proposal=proposal, kind=SaidKind.ANSWER, is_official=True, hidden_at__isnull=True)
    answers = [*in_meetings.order_by("-at", "pk").values_list("body", flat=True)[:ANSWERS], *official[:ANSWERS]]
    return {
        "stances": [(value, word, counts.get(value, 0)) for value, word in Stance.choices],
        "answers": answers[:ANSWERS],
        "room": _room(meeting, proposal),
    }


def _room(meeting: Meeting, proposal: Proposal) -> dict[str, int]:
    """How many statements, questions and answers about it this meeting heard; hidden ones are not counted."""
    said = Said.objects.filter(meeting=meeting, item__proposal=proposal, hidden_at__isnull=True).exclude(state=QuestionState.HELD)
    return said.aggregate(**{f"{kind.value}s": Count("pk", filter=Q(kind=kind)) for kind in SaidKind})


def _gauge(meeting: Meeting, proposal: Proposal | None, step: Decision | Recommendation | None) -> Gauge | None:
    """The region's published ceilings of the year: what this meeting has agreed on, the item's own amount, what is set aside."""
    published = Ceiling.objects.filter(region_id=meeting.region_id, plan_year=meeting.cycle.plan_year, published_at__isnull=False)
    # An agency's part of the region's own ceiling is in that one already.
    published = published.exclude(parent__region_id=meeting.region_id)
    sums = published.aggregate(amount=Sum("amount"), reserve=Sum("reserve"))
    if not sums["amount"]:
        return None
    agreed = _agreed(meeting)
    own = 0
    if proposal is not None and proposal.pk not in agreed:
        own = int((step and step.amount) or proposal.amount or 0)
    return gauge(Ceiling(amount=sums["amount"], reserve=sums["reserve"]), sum(agreed.values()), own)


def _agreed(meeting: Meeting) -> dict[Any, int]:
    """Whole rupiah by proposal, for those whose last decision here lets them go on."""
    last: dict[Any, int] = {}
    rows = Decision.objects.filter(meeting=meeting).order_by("number").values_list("proposal_id", "move", "amount", "proposal__amount")
    for key, move, amount, asked in rows:
        last[key] = (amount or asked or 0) if move in AGREED else 0
    return {key: amount for key, amount in last.items() if amount}
