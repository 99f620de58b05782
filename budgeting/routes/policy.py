"""Who sets authorities and who chooses another route. Answers only."""

from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from proposals import policy as register
from proposals.models import Proposal
from proposals.stages import DECIDERS, Outcome, Stage

#: Nothing is routed any more that was taken back or goes on in another proposal.
_ENDED = (Outcome.WITHDRAWN, Outcome.MERGED, Outcome.SPLIT)


def may_set_authority(user: Person, region_code: str) -> Answer:
    """The planner of the kabupaten."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if scope.has_role(user, Role.PLANNER, region_code):
        return Allowed(Role.PLANNER.value)
    return Denied(_("Whose authority a work is, is set by the planner of its kabupaten."), code="not_yours")


def may_choose(user: Person, proposal: Proposal) -> Answer:
    """The office that decides where the proposal stands (an agency: its own), and the planner of its kabupaten."""
    standing = register.standing_of(user, proposal)
    if not standing.signed_in:
        return sign_in_first()
    if not (seen := register.may_see(user, proposal)):
        return seen
    role = _office(proposal, standing)
    if not role:
        return Denied(_("Another route is chosen by the office that decides about the proposal, or by the planner."), code="not_yours")
    if proposal.stage == Stage.DRAFT or proposal.outcome in _ENDED:
        return Denied(_("A draft, or what was taken back, merged or split, has no route of its own."), code="no_route", status=409)
    if proposal.outcome == Outcome.FUNDED:
        return Denied(_("It has its money already: the route is told by the budget."), code="funded", status=409)
    return Allowed(role)


def _office(proposal: Proposal, standing: register.Standing) -> str:
    held = sorted({Role.PLANNER.value, *DECIDERS[Stage(proposal.stage)]} & standing.roles)
    own = [role for role in held if role != Role.AGENCY_OFFICER.value or proposal.agency_id is None or proposal.agency_id in standing.agencies]
    return own[0] if own else ""
