"""The forms of a decision about the item in hand: those moves that whoever decides may make with it now."""

from typing import Any
from uuid import uuid4

from accounts.models import User
from accounts.refusals import Text
from deliberation.meetings import agenda, policy
from deliberation.meetings.services.deciding import DECISIONS
from deliberation.models import Meeting
from frontend.forms.meetings import DecisionForm
from proposals import policy as register
from proposals.models import Proposal
from proposals.services.said import asked_by_village
from proposals.stages import Move


def in_hand_of(meeting: Meeting, user: Any, tried: DecisionForm | None = None) -> dict[str, Any]:
    """The item in hand with what the village asked for, and to who may write it down the forms; a constant number of queries."""
    item = agenda.in_hand(meeting)
    proposal = item.proposal if item else None
    if proposal is None:
        return {"item": item, "decision_forms": [tried] if tried else []}
    if proposal.cycle_id == meeting.cycle_id:
        proposal.cycle = meeting.cycle  # its windows are read already
    volume, amount = asked_by_village(proposal)
    decider, forms = decider_of(meeting, user), forms_for(meeting, user, proposal, tried)
    return {
        "item": item,
        "asked": {"volume": volume, "amount": amount},
        "decider": decider,
        "decision_forms": forms,
        "cannot": why_not(decider, proposal) if decider and not forms else "",
    }


def why_not(decider: User, proposal: Proposal) -> Text:
    """Why whoever decides here can do nothing with this one, such as having written it; a page without forms says it."""
    answer = register.may_move(decider, proposal, DECISIONS[0])
    return "" if answer else answer.reason


def decider_of(meeting: Meeting, user: Any) -> User | None:
    """In whose name this person writes decisions down; None for who may not."""
    if not policy.may_decide(user, meeting) or not policy.in_session(meeting):
        return None
    return next((person for person in policy.deciders(user, meeting) if policy.decides(person, meeting)), None)


def forms_for(meeting: Meeting, user: Any, proposal: Proposal, tried: DecisionForm | None = None) -> list[DecisionForm]:
    """A form a possible move, in the law's order; the refused one as it was typed."""
    decider = decider_of(meeting, user)
    laws = [law for law in register.possible_moves(decider, proposal) if law.name in DECISIONS] if decider else []
    found = [tried if tried and tried.law == law else form_for(law, proposal) for law in laws]
    return [tried, *found] if tried and tried.law not in laws else found


def form_for(law: Move, proposal: Proposal) -> DecisionForm:
    """An empty form under a UUID of its own: sent twice it is one decision."""
    form = DecisionForm(law=law, proposal=proposal)
    form.initial = {**form.initial, "decision": str(uuid4()), "proposal_id": str(proposal.pk)}
    return form
