"""A decision about a proposal: the move, the record's number, who was there, the item done; one transaction, told to all at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from deliberation.meetings import captured, policy, rows, telling
from deliberation.meetings.placing import place_again
from deliberation.models import AgendaItem, Decision, Meeting
from deliberation.roll.reading import snapshot
from deliberation.words import ItemState, Method
from geo import codes
from proposals import live, services
from proposals import policy as register
from proposals.capture_words import Told
from proposals.captures import Capture
from proposals.models import Proposal, Recommendation
from proposals.services.recorded import Recorded
from proposals.stages import MOVES, Move, Stage, places_of
from proposals.words import STAGE_WORDS

#: The moves by which a meeting decides (`proposals.stages`).
DECISIONS = ("forward", "forward_adjusted", "return", "reserve", "reject", "reroute", "merge")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Word:
    """One decision as it was written down; `said` holds what the move asks for, such as `reason`, `volume` or `target_id`."""

    decision_id: UUID
    proposal_id: UUID
    move: str
    #: The proposal's version that was read.
    version: int | None
    method: str = Method.CONSENSUS
    said: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    #: A device's own word, where it was captured without signal.
    told: Told | None = None


@transaction.atomic
def decide(*, meeting_id: UUID, actor: Person, word: Word) -> tuple[Decision, bool]:
    """Write a decision down. Returns it and whether it is new: the same UUID again is the decision that is there.

    The law is asked for whoever decides at this stage: the writer, or the chair or convener in whose name the named
    note-taker writes. Raises Refusal, Conflict (the meeting is not in session, the proposal moved meanwhile: the sentence
    says what happened) and Invalid by field. Nothing is half-written.
    """
    meeting = rows.locked_meeting(meeting_id)
    if (before := Decision.objects.filter(pk=word.decision_id).select_related("proposal", "step").first()) is not None:
        return _same(before, meeting, word, actor), False
    allowed = policy.may_decide(actor, meeting).or_refuse()
    writer: User = actor  # type: ignore[assignment]
    policy.in_session(meeting).or_refuse()
    _readable(word)
    proposal = _proposal_of(meeting, word.proposal_id)
    capture = captured.judged(meeting, word.told)
    if not isinstance(capture, Capture):
        capture.or_refuse()
    decider = _decider(writer, meeting, proposal, word)
    step = _move(word, decider, Recorded(writer, is_late=capture.is_late))
    made = _write(meeting, word, step, writer, captured.decided_at(meeting, capture))
    _tell(meeting, made, writer, allowed.role)
    return made, True


def _same(before: Decision, meeting: Meeting, word: Word, actor: Person) -> Decision:
    policy.may_decide(actor, meeting).or_refuse()
    if before.meeting_id != meeting.pk or before.proposal_id != word.proposal_id:
        raise Conflict(_("This decision was not saved: its identifier is already in use. Reload the page and write it again."), code="identifier")
    return before


def _readable(word: Word) -> None:
    wrong: dict[str, list[str]] = {}
    if word.move not in DECISIONS:
        wrong["move"] = [_("A meeting does not decide so.")]
    if word.method not in Method.values:
        wrong["method"] = [_("Say whether it was by consensus or by vote.")]
    if word.version is None:
        wrong["version"] = [_("Send the version of the proposal that you have read.")]
    if wrong:
        raise Invalid(wrong)


def _proposal_of(meeting: Meeting, proposal_id: UUID) -> Proposal:
    """The proposal, if it is this meeting's to decide: of its region, year and agency. Where it stands is judged under its lock."""
    proposal = Proposal.objects.public().select_related("cycle", "agency").filter(pk=proposal_id).first()
    if proposal is None:
        raise Missing
    if proposal.cycle_id != meeting.cycle_id or not codes.covers(meeting.region_id, proposal.village_id):
        raise Invalid({"proposal": [_("This proposal belongs to another region or year than the meeting.")]})
    if meeting.agency_id is not None and proposal.agency_id not in (None, meeting.agency_id):
        raise Conflict(_("This proposal is with another agency, which decides about it."), code="other_agency")
    return proposal


def _decider(writer: User, meeting: Meeting, proposal: Proposal, word: Word) -> User:
    """In whose name: the first of the writer, the chair and the convener who holds the law's role for this very proposal.

    A proposal that left the meeting's stage meanwhile is a conflict that names the step, as for two deciders at once.
    """
    if proposal.stage != meeting.stage:
        services.rows.same_version(proposal, word.version)
        raise Conflict(_("This proposal stands at another stage now, so this meeting no longer decides about it."), code="wrong_place")
    law = MOVES[word.move]
    _has_its_place(meeting, proposal, law)
    people = [person for person in policy.deciders(writer, meeting) if policy.decides(person, meeting)]
    return next((person for person in people if register.may_move(person, proposal, law)), people[0])


def _has_its_place(meeting: Meeting, proposal: Proposal, law: Move) -> None:
    """A move that the law gives to other stages is refused by their names: nobody at this one could make it."""
    stages = {stage for stage, _outcome in places_of(law, proposal.channel)}
    if meeting.stage not in stages:
        names = get_text_list([str(STAGE_WORDS[stage]) for stage in Stage if stage in stages], _("or"))
        raise Invalid({"move": [_("At this stage a meeting does not decide so. This is decided at the stage: %(stages)s.") % {"stages": names}]})


def _move(word: Word, decider: User, recorded: Recorded) -> Recommendation:
    return services.move(proposal_id=word.proposal_id, name=word.move, actor=decider, version=word.version, recorded=recorded, **word.said)


def _write(meeting: Meeting, word: Word, step: Recommendation, writer: User, moment: datetime) -> Decision:
    meeting.decided += 1
    meeting.save(update_fields=["decided"])
    item = AgendaItem.objects.filter(meeting=meeting, proposal=step.proposal_id).first()
    if item is not None:
        item.state, item.started_at, item.ended_at = ItemState.DONE, item.started_at or moment, clock.now()
        item.save(update_fields=["state", "started_at", "ended_at"])
    made = Decision.objects.create(
        pk=word.decision_id,
        meeting=meeting,
        item=item,
        proposal=step.proposal,
        number=meeting.decided,
        move=step.move,
        volume=step.volume,
        amount=step.amount,
        reason_code=step.reason_code,
        reason=step.reason,
        responsible=step.responsible,
        agency=step.agency,
        target=step.target,
        method=word.method,
        presence=snapshot(meeting, moment),
        step=step,
        decided_by=step.actor,
        role=step.role,
        recorded_by=writer,
        decided_at=moment,
        recorded_at=clock.now(),
    )
    place_again(made)
    return made


def _tell(meeting: Meeting, made: Decision, writer: User, role: str) -> None:
    told = {"decision": made.pk, "number": made.number, "proposal": made.proposal.number, "move": made.move, "method": made.method}
    told |= {"decided_by": made.decided_by.username, "decided_as": made.role, "decided_at": made.decided_at}
    telling.journal(meeting, actor=writer, role=role, verb="decide", changes=told, reason=made.reason)
    live.announce(meeting.pk, "decision", facts_of(made))


def facts_of(made: Decision) -> dict[str, Any]:
    """A decision as open pages of the meeting hear it: ids, codes and numbers."""
    return {
        "id": str(made.pk),
        "number": made.number,
        "item": made.item_id,
        "proposal": str(made.proposal_id),
        "proposal_number": made.proposal.number,
        "move": made.move,
        "stage": made.proposal.stage,
        "outcome": made.proposal.outcome,
        "amount": made.amount,
        "method": made.method,
    }
