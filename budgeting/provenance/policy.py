"""Who says where a line comes from, who claims it, who agrees. Answers only; lines of the budget are public, so nothing is hidden."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from budgeting.models import FundedWork, OriginClaim
from budgeting.sources import is_village_money
from geo import codes
from geo.codes import Level
from proposals.models import Proposal
from proposals.stages import WRITERS, Outcome, Stage

#: What was taken back, or goes on in another proposal, is nobody's line any more.
_GONE = (Outcome.WITHDRAWN, Outcome.MERGED, Outcome.SPLIT)


def may_state(user: Person, work: FundedWork) -> Answer:
    """The agency of the line, the planner, the budget team; of village money also the village head."""
    village = (Role.VILLAGE_HEAD.value,) if is_village_money(work.funding_source) else ()
    allowed = _office(user, work, (*_OFFICES, *village))
    if not allowed:
        return allowed
    if work.proposal_id is not None:
        return Denied(_("This line has a proposal: its origin is told by the register."), code="has_a_proposal", status=409)
    return allowed


def may_claim(user: Person, work: FundedWork, proposal: Proposal) -> Answer:
    """Who writes for the proposal by its channel, the village head, the planner; the line must still be without a proposal."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    held = scope.roles_at(user, proposal.village_id)
    role = next((role for role in (*WRITERS[proposal.channel], Role.PLANNER.value) if role in held), "")
    if not role:
        return Denied(_("That a line is a proposal is pointed out by those who write for it, or by the planner."), code="not_yours")
    return Allowed(role) if (free := still_free(work, proposal)) else free


def may_decide(user: Person, claim: OriginClaim) -> Answer:
    """A second person: the agency of the line, the planner, the budget team; of village money also the village's officials."""
    village = (Role.VILLAGE_HEAD.value, Role.FACILITATOR.value) if is_village_money(claim.work.funding_source) else ()
    allowed = _office(user, claim.work, (*_OFFICES, *village))
    if not allowed:
        return allowed
    if claim.state != OriginClaim.State.OPEN:
        return Denied(_("This was settled already: %(state)s.") % {"state": claim.get_state_display()}, code="settled", status=409)
    if claim.asked_by_id == user.pk:
        return Denied(_("You pointed this out, so another person must agree."), code="second_person")
    return allowed


def may_withdraw(user: Person, claim: OriginClaim) -> Answer:
    """Who pointed it out, while nobody has settled it."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if claim.asked_by_id != user.pk:
        return Denied(_("Only the person who pointed this out takes it back."), code="not_yours")
    if claim.state != OriginClaim.State.OPEN:
        return Denied(_("This was settled already: %(state)s.") % {"state": claim.get_state_display()}, code="settled", status=409)
    return Allowed(claim.asked_role)


_OFFICES = (Role.AGENCY_OFFICER.value, Role.PLANNER.value, Role.BUDGET_TEAM.value)


def _office(user: Person, work: FundedWork, roles: Iterable[str]) -> Answer:
    """The first of these roles that the person holds for the line; an agency officer only for the agency's own lines."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    held = scope.roles_at(user, work.region_id)
    if work.agency_id is None or work.agency_id not in scope.agencies_of(user):
        held -= {Role.AGENCY_OFFICER.value}
    role = next((role for role in roles if role in held), "")
    sentence = _("Where a line comes from is said by its agency, the planner or the budget team.")
    return Allowed(role) if role else Denied(sentence, code="not_yours")


def still_free(work: FundedWork, proposal: Proposal) -> Answer:
    """Whether the two may belong together, whoever says so."""
    if work.proposal_id is not None:
        return Denied(_("This line has a proposal already."), code="has_a_proposal", status=409)
    if proposal.stage == Stage.DRAFT or proposal.outcome in _GONE:
        return Denied(_("A draft, or what was taken back, merged or split, is no proposal to point at."), code="no_proposal", status=409)
    if proposal.outcome == Outcome.FUNDED:
        return Denied(_("This proposal has its money already, by a line of its own."), code="funded", status=409)
    if proposal.plan_year > work.plan_year:
        return Denied(_("This proposal asks for a later year than the line pays for."), code="later_year", status=409)
    if proposal.cycle.region_id != codes.ancestor(work.region_id, Level.DISTRICT):
        return Denied(_("The line and the proposal belong to different kabupaten."), code="elsewhere", status=409)
    return Allowed()
