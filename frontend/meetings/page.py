"""What a meeting's page shows of the meeting itself, in a constant number of queries.

The fragments of other subjects (roll, live, ballots, scores, documents) load what they need by a tag of their own, so that
nobody has to know them here: they find `meeting`, `user`, `may_run`, `may_record` and `may_decide` in the context.
"""

from collections import Counter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from accounts.refusals import Refusal
from deliberation.meetings import agenda, mandates, policy, rows, states
from deliberation.meetings.listing import decisions_of
from deliberation.models import AgendaItem, Meeting
from deliberation.roll.reading import snapshot
from deliberation.words import ItemKind, ItemState
from frontend.context import home_or_code
from frontend.forms.meetings import DecisionForm
from frontend.meetings.deciding import in_hand_of
from geo.lookup import lineage_and
from proposals.events import last_seq

#: Items of proposals that the page itself lists: what comes next; the agenda's own page has all.
NEXT = 5
#: Decisions on the page, newest first.
LAST = 5


def load(meeting_id: UUID) -> Meeting:
    """The meeting of an address; Missing where there is none."""
    return rows.loaded_meeting(meeting_id)


def frame_of(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What every page below a meeting's address needs: the meeting, where it lies, who may do what."""
    may_run = policy.may_run(request.user, meeting)
    lineage, home = lineage_and(meeting.region, settings.HOME_REGION)
    return {
        "meeting": meeting,
        "lineage": lineage,
        # the page's frame names it too, and would ask again
        "home": home_or_code(home),
        "may_run": may_run,
        "may_record": policy.may_record(request.user, meeting),
        "may_decide": policy.may_decide(request.user, meeting),
        "decides": meeting.decides_at,
        "not_over": policy.not_over(meeting),
        "changeable": meeting.state in states.CHANGEABLE,
    }


def context_of(
    request: HttpRequest,
    meeting: Meeting,
    *,
    refusal: Refusal | None = None,
    tried: DecisionForm | None = None,
    typed: dict[str, str] | None = None,
) -> dict[str, Any]:
    """The whole page; `refusal`, `tried` and `typed` bring back what was typed and refused."""
    # the room's number before all that is read: what happens meanwhile is told again to the open page
    seq = last_seq(meeting.pk)
    frame = frame_of(request, meeting)
    return {
        **frame,
        "seq": seq,
        "steps": states.steps_from(meeting.state) if frame["may_run"] else [],
        "refusal": refusal,
        "typed": typed or {},
        "falls_short": bool(refusal and refusal.fields and "shortfall_reason" in refusal.fields),
        "speaks": mandates.mandate_of(request.user, meeting),
        **agenda_of(meeting),
        **in_hand_of(meeting, request.user, tried),
        "decisions": list(decisions_of(meeting)[:LAST]),
        "counted": snapshot(meeting),
    }


def agenda_of(meeting: Meeting) -> dict[str, Any]:
    """The standing items, the proposals as one line with their counts, and what comes next; two queries."""
    counted: Counter[str] = Counter()
    items: list[Any] = []
    for item in AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk").only("position", "kind", "title", "state", "proposal_id"):
        if item.kind != ItemKind.PROPOSAL:
            items.append(item)
            continue
        if not counted:
            items.append(None)
        counted[item.state] += 1
    waiting = agenda.items(meeting).filter(kind=ItemKind.PROPOSAL, state=ItemState.WAITING)
    return {
        "agenda_items": items,
        "agenda_total": sum(counted.values()),
        "agenda_counts": {state.value: counted[state.value] for state in ItemState},
        "agenda_next": list(waiting[:NEXT]) if counted[ItemState.WAITING] else [],
    }
