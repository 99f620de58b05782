"""Who sets authorities and who chooses another route. Answers only."""

from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from proposals import policy as register
from proposals.models import Proposal
from proposals.stages import DECIDERS, WRITERS, Outcome, Stage
from proposals.words import WorkKind

#: Nothing is routed any more that was taken back or goes on in another proposal.
#: Offices whose word about a recipient says that the papers were seen; a village's own word waits for theirs.
CHECKERS = frozenset({Role.PLANNER.value, Role.BUDGET_TEAM.value, Role.AGENCY_OFFICER.value, Role.SUBDISTRICT_OFFICER.value})
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


def may_name_recipient(user: Person, proposal: Proposal) -> Answer:
    """Who writes for the proposal by its channel, the office that decides where it stands, the planner and the budget team."""
    standing = register.standing_of(user, proposal)
    if not standing.signed_in:
        return sign_in_first()
    if not (seen := register.may_see(user, proposal)):
        return seen
    writers = [role for role in WRITERS[proposal.channel] if role in standing.roles and role not in CHECKERS]
    team = [role for role in (Role.BUDGET_TEAM.value,) if role in standing.roles]
    role = next((role for role in (_office(proposal, standing), *team, *writers) if role), "")
    if not role:
        sentence = _("Who receives a grant is said by those who write for the proposal, by the office that decides about it, or by the planner.")
        return Denied(sentence, code="not_yours")
    entry = proposal.dictionary_entry
    if entry is None or entry.kind != WorkKind.GRANT:
        return Denied(_("This proposal asks for no grant: nobody receives money by it."), code="no_grant", status=409)
    if proposal.stage == Stage.DRAFT or proposal.outcome in _ENDED:
        return Denied(_("A draft, or what was taken back, merged or split, pays nobody."), code="no_route", status=409)
    return Allowed(role)


def _office(proposal: Proposal, standing: register.Standing) -> str:
    held = sorted({Role.PLANNER.value, *DECIDERS[Stage(proposal.stage)]} & standing.roles)
    own = [role for role in held if role != Role.AGENCY_OFFICER.value or proposal.agency_id is None or proposal.agency_id in standing.agencies]
    return own[0] if own else ""
