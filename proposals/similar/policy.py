"""Who may say whether two proposals are one. Answers only."""

from django.utils.translation import gettext as _

from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from proposals import policy
from proposals.models import Proposal, Resemblance
from proposals.stages import DECIDERS, Stage

#: Who speaks for one side only; an office's word stands above theirs.
WRITERS = (*policy.VILLAGE_WRITERS, Role.COUNCIL_SECRETARY.value, policy.AUTHOR)


def may_judge(user: Person, one: Proposal, other: Proposal, newest: Resemblance | None = None) -> Answer:
    """The offices that decide where either proposal stands, the planner of either, and who writes for one of the two by its channel.

    A draft is judged by nobody but those who see it (404 for the others). What an office has said, a writer does not
    turn over.
    """
    standings = [(proposal, policy.standing_of(user, proposal)) for proposal in (one, other)]
    if not standings[0][1].signed_in:
        return sign_in_first()
    for proposal, _standing in standings:
        if not (seen := policy.may_see(user, proposal)):
            return seen
    if office := next((role for proposal, standing in standings if (role := _office(proposal, standing))), ""):
        return Allowed(office)
    writer = next((role for proposal, standing in standings if (role := _writer(proposal, standing))), "")
    if not writer:
        return Denied(
            _("Whether two proposals are one is said by those who write for one of the two villages and by the offices that decide about them."),
            code="not_yours",
        )
    if newest is not None and newest.role not in WRITERS:
        return Denied(_("An office has already judged these two. Ask it, if you see it otherwise."), code="judged_by_an_office")
    return Allowed(writer)


def _writer(proposal: Proposal, standing: policy.Standing) -> str:
    """In which role the person writes for this proposal: by its channel, or as its author."""
    return standing.first((*policy.writers_of(proposal), policy.AUTHOR))


def _office(proposal: Proposal, standing: policy.Standing) -> str:
    """The office by which the person decides about this proposal, village offices aside: they write for one side."""
    roles = {Role.PLANNER.value, *DECIDERS[Stage(proposal.stage)]} - set(WRITERS)
    held = sorted(roles & standing.roles)
    own = [role for role in held if role != Role.AGENCY_OFFICER.value or proposal.agency_id is None or proposal.agency_id in standing.agencies]
    return own[0] if own else ""
