"""Who may do what with a proposal, where and when. Answers only; nothing is written here.

A refusal comes in one order: who are you (401), not yours (403, or 404 for a draft that only its writers see), wrong
place or time (409). Somebody with no say is never told in which state a matter is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts import clock, scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from geo import codes
from proposals.models import Cycle, Proposal
from proposals.papers import readiness
from proposals.papers.checklist import DOCUMENT_WORDS, checklist_of
from proposals.stages import DECIDING, MOVES, WRITERS, Goes, Move, Outcome, Realisation, Stage, entrance, fits, leads_to, places_of, roles_of
from proposals.windows import closed_because
from proposals.words import Channel

AUTHOR, RESIDENT = "author", "resident"
#: Who writes down what the village wants and sends it in.
VILLAGE_WRITERS = (Role.FACILITATOR.value, Role.VILLAGE_HEAD.value)
#: Whose role is written beside a funding that a published run brought.
PUBLISHERS = (Role.BUDGET_TEAM.value, Role.PLANNER.value, Role.VILLAGE_HEAD.value)
ROLE_WORDS = dict(Role.choices)


@dataclass(frozen=True)
class Standing:
    """What a person is to one proposal: the roles held for its village, and `author` and `resident`."""

    signed_in: bool
    roles: frozenset[str] = frozenset()
    agencies: frozenset[int] = frozenset()

    def first(self, roles: Iterable[str]) -> str:
        """The first of these roles that the person holds, or nothing."""
        return next((role for role in roles if role in self.roles), "")


def standing_in(user: Person, village_code: str) -> Standing:
    """What a person is in a village, in a constant number of queries."""
    standing = _offices_in(user, village_code)
    # a programme of the kabupaten or a kecamatan belongs to everybody who lives there
    if standing.signed_in and (home := scope.residence_of(user)) and codes.covers(village_code, home):
        return replace(standing, roles=standing.roles | {RESIDENT})
    return standing


def _offices_in(user: Person, village_code: str) -> Standing:
    if not isinstance(user, User) or not user.is_active:
        return Standing(signed_in=False)
    roles = scope.roles_at(user, village_code) - {AUTHOR, RESIDENT}
    return Standing(signed_in=True, roles=roles, agencies=_agencies(user, village_code))


def _agencies(user: User, village_code: str) -> frozenset[int]:
    """Keys of the agencies the person answers for in this village."""
    offices = (office for office in scope.offices_of(user) if codes.covers(office.region_code, village_code))
    return frozenset(office.agency_id for office in offices if office.agency_id is not None)


def standing_of(user: Person, proposal: Proposal) -> Standing:
    """What a person is to a proposal."""
    standing = standing_in(user, proposal.village_id)
    if standing.signed_in and proposal.author_id == user.pk:
        return Standing(signed_in=True, roles=standing.roles | {AUTHOR}, agencies=standing.agencies)
    return standing


def standing_by_office(user: Person, proposal: Proposal) -> Standing:
    """The same without where the person lives: for what only offices and the author may do."""
    standing = _offices_in(user, proposal.village_id)
    return replace(standing, roles=standing.roles | {AUTHOR}) if standing.signed_in and proposal.author_id == user.pk else standing


def may_see(user: Person, proposal: Proposal) -> Answer:
    """Everybody sees what was sent in; a draft is seen by its author and by those who write for its village."""
    if proposal.stage != Stage.DRAFT:
        return Allowed()
    return _may_see_draft(standing_of(user, proposal), proposal)


def writers_of(proposal: Proposal) -> tuple[str, ...]:
    """The roles that write what comes by the proposal's channel."""
    return WRITERS[proposal.channel]


def _may_see_draft(standing: Standing, proposal: Proposal) -> Answer:
    if role := standing.first((AUTHOR, *writers_of(proposal))):
        return Allowed(role)
    return Denied(_("This does not exist."), code="not_found", status=404)


def may_create(user: Person, village_code: str, cycle: Cycle | None, channel: str = Channel.VILLAGE, agency_id: int | None = None) -> Answer:
    """Facilitators and the village head write for their village; residents where the kabupaten lets them.

    What comes by another channel is written by who answers for it: `stages.WRITERS`; agency officers for their own agency.
    """
    standing = standing_in(user, village_code)
    if not standing.signed_in:
        return sign_in_first()
    if channel != Channel.VILLAGE:
        return _writes_programmes(standing, channel, agency_id)
    if role := standing.first(VILLAGE_WRITERS):
        return Allowed(role)
    if RESIDENT not in standing.roles:
        return Denied(_("Only residents of this village and its facilitator can propose here. Verify at the village office."), code="not_a_resident")
    return _citizens_may(cycle)


def _writes_programmes(standing: Standing, channel: str, agency_id: int | None) -> Answer:
    role = standing.first(WRITERS[channel])
    if not role:
        names = get_text_list([str(ROLE_WORDS[role]) for role in WRITERS[channel]])
        return Denied(_("What comes by this channel is written by: %(roles)s.") % {"roles": names}, code="not_a_writer")
    if role == Role.AGENCY_OFFICER.value and agency_id not in standing.agencies:
        return Denied(_("You write the plans of your own agency. Choose it."), code="other_agency")
    return Allowed(role)


def _citizens_may(cycle: Cycle | None) -> Answer:
    if cycle is not None and not cycle.citizens_may_propose:
        return Denied(
            _("In this kabupaten proposals are written by the village facilitator. Bring yours to the village office."), code="not_citizens"
        )
    return Allowed(RESIDENT)


def may_edit(user: Person, proposal: Proposal) -> Answer:
    """A draft, or what was returned for completion: by its author and by those who write for its village."""
    standing = standing_of(user, proposal)
    if not standing.signed_in:
        return sign_in_first()
    if proposal.stage == Stage.DRAFT and not (seen := _may_see_draft(standing, proposal)):
        return seen
    writes = _may_write(standing, proposal)
    if writes and not can_be_edited(proposal):
        return Denied(_("What was sent in can be changed only when it was returned for completion."), code="not_editable", status=409)
    return writes


def _may_write(standing: Standing, proposal: Proposal) -> Answer:
    if proposal.channel != Channel.VILLAGE:
        return _writes_programmes(standing, proposal.channel, proposal.agency_id)
    role = standing.first((*VILLAGE_WRITERS, AUTHOR))
    if not role:
        return Denied(_("Only its author, the facilitator and the village head can change this proposal."), code="not_a_writer")
    if role != AUTHOR:
        return Allowed(role)
    if RESIDENT not in standing.roles:
        return Denied(_("You no longer live or work in this village. Ask its facilitator to change the proposal."), code="no_longer_here")
    return _citizens_may(proposal.cycle) and Allowed(AUTHOR)


def can_be_edited(proposal: Proposal) -> bool:
    """Whether its place lets the text be changed (not: by whom)."""
    return proposal.outcome == Outcome.RETURNED or (proposal.stage == Stage.DRAFT and proposal.outcome == Outcome.OPEN)


def may_submit(user: Person, proposal: Proposal) -> Answer:
    """Facilitator or village head, while the stage it enters is open."""
    return may_move(user, proposal, "submit")


def possible_moves(user: Person, proposal: Proposal) -> list[Move]:
    """The moves this person may make by hand now, in the table's order."""
    standing = standing_of(user, proposal)
    by_hand = (move for move in MOVES.values() if not move.only_by_run and not move.by_service)
    return [move for move in by_hand if _may(standing, proposal, move, clock.now())]


def may_move(
    user: Person, proposal: Proposal, move: Move | str, at: datetime | None = None, *, by_run: bool = False, is_late: bool = False
) -> Answer:
    """Whether a person may make a move with a proposal at a moment (now).

    `by_run`: a published allocation run makes it; `is_late`: it was captured in time and arrived within the grace.
    """
    law = MOVES.get(move) if isinstance(move, str) else move
    if law is None:
        return Denied(_("There is no such move."), code="no_such_move", status=400)
    # a run asks for offices alone: where its publisher lives is never looked up, however many proposals it moves
    standing = _offices_in(user, proposal.village_id) if by_run and law.only_by_run else standing_of(user, proposal)
    return _may(standing, proposal, law, at or clock.now(), by_run=by_run, is_late=is_late)


def has_a_say(user: Person, proposal: Proposal, move: Move) -> Answer:
    """Whether a person could make this move at any stage: who could not is refused before the state is told."""
    standing = standing_of(user, proposal)
    if not standing.signed_in:
        return sign_in_first()
    if proposal.stage == Stage.DRAFT and not (seen := _may_see_draft(standing, proposal)):
        return seen
    roles = {role for stage, _outcome in places_of(move, proposal.channel) for role in roles_of(move, stage, proposal.channel)}
    return Allowed(standing.first(sorted(roles))) if standing.roles & roles else _not_yours(move, proposal)


def _may(standing: Standing, proposal: Proposal, move: Move, at: datetime, *, by_run: bool = False, is_late: bool = False) -> Answer:
    if not standing.signed_in:
        return sign_in_first()
    if proposal.stage == Stage.DRAFT and not (seen := _may_see_draft(standing, proposal)):
        return seen
    if move.only_by_run and not by_run:
        return Denied(_("Money is given by a published allocation run, never by hand."), code="only_by_run")
    by_run = by_run and move.only_by_run
    whose = Allowed(standing.first(PUBLISHERS)) if by_run else _whose(standing, proposal, move)
    if not whose:
        return whose
    # refusals are falsy, so they are told from "nothing stands in the way" by None
    for stands_in_the_way in (_misplaced(proposal, move), _untimely(proposal, move, at, clock_ends_it=not by_run and not is_late)):
        if stands_in_the_way is not None:
            return stands_in_the_way
    unready = _unready(proposal, move)
    return whose if unready is None else unready


def _whose(standing: Standing, proposal: Proposal, move: Move) -> Answer:
    """The first of the move's roles that holds for this very proposal."""
    stage = Stage(proposal.stage)
    held = [role for role in roles_of(move, stage, proposal.channel) if role in standing.roles]
    if not held:
        return _not_yours(move, proposal)
    if not move.roles and stage in DECIDING and stage is not Stage.VILLAGE and AUTHOR in standing.roles:
        return Denied(_("You wrote this proposal, so somebody else decides about it at this level."), code="own_proposal")
    own = [role for role in held if role != Role.AGENCY_OFFICER.value or proposal.agency_id is None or proposal.agency_id in standing.agencies]
    if not own:
        return Denied(_("This proposal is with another agency, which decides about it."), code="other_agency")
    return Allowed(own[0])


def _not_yours(move: Move, proposal: Proposal) -> Denied:
    roles = [str(ROLE_WORDS.get(role, "")) for role in roles_of(move, Stage(proposal.stage), proposal.channel)]
    names = get_text_list([name for name in roles if name])
    if not names:
        return Denied(_("At this stage nobody decides about it."), code="not_yours")
    return Denied(_("This is done by the %(roles)s responsible for this village.") % {"roles": names}, code="not_yours")


def _misplaced(proposal: Proposal, move: Move) -> Denied | None:
    stage, outcome = Stage(proposal.stage), Outcome(proposal.outcome)
    if not fits(move, stage, outcome, Realisation(proposal.realisation), proposal.channel):
        return Denied(_("This cannot be done now: the proposal stands elsewhere on its road."), code="wrong_place", status=409)
    if leads_to(move, stage, _order(proposal), proposal.channel) is None:
        if stage is Stage.DRAFT:
            return Denied(_("This plan year has no stage at which this channel enters."), code="no_such_stage", status=409)
        return Denied(_("After this stage there is no further one in this plan year."), code="last_stage", status=409)
    return None


def _unready(proposal: Proposal, move: Move) -> Denied | None:
    """What is asked for must be there before a proposal goes on: a gate of this stage or of an earlier one."""
    if move.goes is not Goes.NEXT:
        return None
    lacking = readiness.holding_back(checklist_of(proposal), Stage(proposal.stage))
    if not lacking:
        return None
    sentence = _("Not ready to go on. Still missing: %(documents)s. The village adds it, or says why it is not applicable.")
    return Denied(sentence % {"documents": ", ".join(str(DOCUMENT_WORDS[item.document]) for item in lacking)}, code="not_ready", status=409)


def _order(proposal: Proposal) -> tuple[Stage, ...]:
    prefetch_related_objects([proposal], "cycle__windows")
    return proposal.cycle.order()


def _untimely(proposal: Proposal, move: Move, at: datetime, *, clock_ends_it: bool) -> Denied | None:
    if not move.in_window:
        return None
    stage = stage_of_move(proposal)
    prefetch_related_objects([proposal], "cycle__windows")
    return closed_because(proposal.cycle.window(stage), stage, at, within=proposal.village_id, clock_ends_it=clock_ends_it)


def stage_of_move(proposal: Proposal) -> Stage:
    """The stage whose window counts for a move: where it stands, or for a draft where its channel enters."""
    return (entrance(proposal.channel, _order(proposal)) or Stage.VILLAGE) if proposal.stage == Stage.DRAFT else Stage(proposal.stage)
