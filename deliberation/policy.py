"""Who may support, comment and hide: asked with the proposal in hand, answered with a reason."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import clock, scope
from accounts.models import Residency, User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import CITIZEN, Role
from accounts.scope import Person
from geo import codes
from proposals import policy as register
from proposals.models import Cycle, Proposal
from proposals.stages import DECIDERS, DECIDING, Outcome, Stage
from proposals.year import days

RESIDENT = "resident"
#: Where support is still advice to somebody: on the way, and not decided for good.
ALIVE = frozenset({Outcome.OPEN, Outcome.RETURNED, Outcome.RESERVED})
#: Who may read what a moderator hid.
READERS_OF_HIDDEN = (Role.MODERATOR, Role.AUDITOR)


def signed_in(actor: Person) -> User:
    """The person; raises Refusal 401 for a visitor, and for somebody who may no longer sign in."""
    return actor if isinstance(actor, User) and actor.is_active else sign_in_first().or_refuse()


def open_residency(actor: User, *, lock: bool = False) -> Residency | None:
    """The person's one claim that waits or was confirmed; locked where what follows depends on it."""
    if not lock:
        return scope.claim_of(actor)
    claims = Residency.objects.select_for_update(no_key=True)
    return claims.filter(user=actor, status__in=[Residency.Status.PENDING, Residency.Status.CONFIRMED]).first()


def may_support(actor: Person, proposal: Proposal) -> Answer:
    """A confirmed resident of the proposal's own village, while the kabupaten takes support and the matter is open."""
    if not isinstance(actor, User) or not actor.is_active:
        return sign_in_first()
    return supports(actor, proposal, open_residency(actor))


def supports(actor: Person, proposal: Proposal, residency: Residency | None) -> Answer:
    """`may_support` with the person's claim in hand (a service holds it locked)."""
    seen = register.may_see(actor, proposal)
    if not seen:
        return seen
    return _residence(proposal, residency) and takes_support(proposal) and Allowed(RESIDENT)


def may_withdraw(actor: Person, proposal: Proposal) -> Answer:
    """Whoever gave support may take it back while support is taken, also after moving away."""
    if not isinstance(actor, User) or not actor.is_active:
        return sign_in_first()
    seen = register.may_see(actor, proposal)
    return seen and takes_support(proposal) and Allowed(CITIZEN)


def takes_support(proposal: Proposal) -> Answer:
    """Whether a proposal takes support now, whoever gives it."""
    if proposal.stage not in DECIDING or proposal.outcome not in ALIVE:
        return Denied(_("This proposal is no longer under discussion, so its support stays as it is."), code="closed", status=409)
    return _in_time(proposal.cycle)


def may_comment(actor: Person, proposal: Proposal) -> Answer:
    """Everybody signed in, on every proposal that was sent in, also after the decision: the role says in which capacity."""
    if not isinstance(actor, User) or not actor.is_active:
        return sign_in_first()
    seen = register.may_see(actor, proposal)
    if not seen:
        return seen
    if proposal.stage == Stage.DRAFT:
        return Denied(_("This is still a draft. Comments begin when it is sent in."), code="draft", status=409)
    return Allowed(speaks_as(actor, proposal))


def speaks_as(actor: Person, proposal: Proposal) -> str:
    """The capacity written beside a comment: the deciding role, another role held there, resident, or citizen."""
    if role := deciding_role(actor, proposal):
        return role
    held = scope.roles_at(actor, proposal.village_id)
    if first := next((role.value for role in Role if role in held), ""):
        return first
    home = scope.residence_of(actor)
    return RESIDENT if home and codes.covers(proposal.village_id, home) else CITIZEN


def deciding_role(actor: Person, proposal: Proposal) -> str:
    """The role in which the person decides at the stage where the proposal stands; nothing for everybody else."""
    held = scope.roles_at(actor, proposal.village_id)
    for role in DECIDERS[Stage(proposal.stage)]:
        elsewhere = role == Role.AGENCY_OFFICER and proposal.agency_id is not None and proposal.agency_id not in scope.agencies_of(actor)
        if role in held and not elsewhere:
            return role
    return ""


def may_hide(actor: Person, proposal: Proposal) -> Answer:
    """Moderators of the region."""
    if not actor.is_authenticated:
        return sign_in_first()
    if scope.has_role(actor, Role.MODERATOR, proposal.village_id):
        return Allowed(Role.MODERATOR)
    return Denied(_("Only a moderator of this region can hide a comment."))


def may_read_hidden(actor: Person, village_code: str) -> bool:
    """Moderators, who may have to answer for it, and auditors, who look."""
    held = scope.roles_at(actor, village_code)
    return any(role in held for role in READERS_OF_HIDDEN)


def _residence(proposal: Proposal, residency: Residency | None) -> Answer:
    # of a programme for a kecamatan or the kabupaten, everybody who lives there is a resident
    if residency is not None and codes.covers(proposal.village_id, residency.village_id):
        if residency.status == Residency.Status.CONFIRMED:
            return Allowed(RESIDENT)
        return Denied(_("Your village has not confirmed yet that you live here. You can support as soon as it has."), code="not_verified")
    return Denied(_("Only residents of this village can support. Verify at the village office."), code="not_a_resident")


def _in_time(cycle: Cycle) -> Answer:
    now = clock.now()
    if cycle.support_opens_at and now < cycle.support_opens_at:
        return Denied(_("Voting opens on %(date)s.") % {"date": _day(cycle.support_opens_at)}, code="not_yet_open", status=409)
    if cycle.support_closes_at and now >= cycle.support_closes_at:
        return Denied(_("Voting closed on %(date)s.") % {"date": _last_day(cycle.support_closes_at)}, code="window_closed", status=409)
    return Allowed()


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y")


def _last_day(closes_at: datetime) -> str:
    return date_format(days.last_day(closes_at) or closes_at, "j F Y")
