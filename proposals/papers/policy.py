"""Who may open, add and take away which file (docs/decisions/0105, 0106). Answers only; nothing is written here."""

from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from proposals import policy
from proposals.models import Attachment, Proposal, Recommendation
from proposals.papers import documents
from proposals.policy import AUTHOR, Standing
from proposals.stages import DELIBERATING, Outcome, Stage

#: Who decides on a proposal's line, and who looks over their shoulders, reads its closed papers.
_LINE = (Role.SUBDISTRICT_OFFICER.value, Role.PLANNER.value, Role.BUDGET_TEAM.value, Role.AUDITOR.value)
#: Who shows how the work goes.
_SHOW_WORKS = (Role.FACILITATOR.value, Role.VILLAGE_HEAD.value, Role.AGENCY_OFFICER.value, Role.PLANNER.value)
_PENDING = (Outcome.OPEN, Outcome.RESERVED)
_FUNDED_STAGES = (Stage.WORKS, Stage.DONE)


def may_open_closed(user: Person, proposal: Proposal) -> Answer:
    """The closed papers of a proposal: its village's writers, the deciders of its line, the auditor. One query at most."""
    standing = policy.standing_by_office(user, proposal)
    if role := standing.first((AUTHOR, *policy.writers_of(proposal))):
        return Allowed(role)
    if proposal.stage == Stage.DRAFT:
        return policy.may_see(user, proposal)
    if not standing.signed_in:
        return sign_in_first()
    if role := standing.first(_LINE) or _own_agency(standing, proposal):
        return Allowed(role)
    return Denied(
        _("This paper is read by its village and by the offices that decide about it: it may name persons and prices."), code="closed_paper"
    )


def _own_agency(standing: Standing, proposal: Proposal) -> str:
    """Agency officers read what is with their agency, or with none yet."""
    role = standing.first((Role.AGENCY_OFFICER.value,))
    return role if role and (proposal.agency_id is None or proposal.agency_id in standing.agencies) else ""


def may_open(user: Person, attachment: Attachment) -> Answer:
    """One file: an open one wherever the proposal may be seen."""
    if documents.is_open(attachment):
        return policy.may_see(user, attachment.proposal)
    return may_open_closed(user, attachment.proposal)


def may_attach(user: Person, proposal: Proposal, kind: str) -> Answer:
    """Whoever may edit adds anything; later the village may still bring papers, and photos of the work once it is paid for."""
    if kind in documents.WORK_PHOTOS:
        return _may_show_works(user, proposal)
    answer = policy.may_edit(user, proposal)
    # "not editable" is said to its writers only: they may bring what is asked for while somebody still has to decide
    if isinstance(answer, Denied) and answer.code == "not_editable" and kind in documents.PAPERS and _is_discussed(proposal):
        return Allowed(policy.standing_of(user, proposal).first((*policy.writers_of(proposal), AUTHOR)))
    return answer


def _is_discussed(proposal: Proposal) -> bool:
    return proposal.stage in DELIBERATING and proposal.outcome in _PENDING


def _may_show_works(user: Person, proposal: Proposal) -> Answer:
    if not (seen := policy.may_see(user, proposal)):
        return seen if isinstance(user, User) else sign_in_first()
    standing = policy.standing_by_office(user, proposal)
    if not standing.signed_in:
        return sign_in_first()
    role = standing.first(_SHOW_WORKS)
    if not role or (role == Role.AGENCY_OFFICER.value and not _own_agency(standing, proposal)):
        return Denied(_("Photos of the work are added by the village and by the agency that builds."), code="not_a_witness")
    if proposal.outcome != Outcome.FUNDED or proposal.stage not in _FUNDED_STAGES:
        return Denied(_("Photos of the work are added once it is funded."), code="not_funded", status=409)
    return Allowed(role)


def may_detach(user: Person, proposal: Proposal, attachment: Attachment | None) -> Answer:
    """While it may be edited; of what was brought later, until a level has decided with it on the table."""
    edits = policy.may_edit(user, proposal)
    if edits or attachment is None or attachment.kind == documents.Kind.PHOTO:
        return edits
    brings = may_attach(user, proposal, attachment.kind)
    if not brings:
        return brings
    if Recommendation.objects.filter(proposal=proposal, decided_at__gte=attachment.added_at).exists():
        return Denied(_("Somebody has decided with this file on the table, so it stays."), code="decided_upon", status=409)
    return brings


def may_ask_for(user: Person, region_code: str) -> Answer:
    """What a plan year asks for is set by the planner of its kabupaten."""
    if scope.has_role(user, Role.PLANNER, region_code):
        return Allowed(Role.PLANNER.value)
    return Denied(_("What is asked for is set by the planner (Bappeda) of this kabupaten."), code="not_the_planner")


def may_answer(user: Person, proposal: Proposal) -> Answer:
    """That a document is not applicable is said by whoever may bring it."""
    return may_attach(user, proposal, documents.Kind.OTHER)
