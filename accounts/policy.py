"""Who may say where people live, and who may hand out roles."""

from django.utils.translation import gettext as _

from accounts import audit, scope
from accounts.models import Residency
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import CITIZEN, Role
from accounts.scope import Person

#: Who knows the people of a village.
WITNESSES = (Role.FACILITATOR, Role.VILLAGE_HEAD)


def may_request_residency(actor: Person) -> Answer:
    """Everybody who is signed in may say where he or she lives."""
    return Allowed(CITIZEN) if actor.is_authenticated and actor.is_active else sign_in_first()


def may_decide_residency(actor: Person, residency: Residency) -> Answer:
    """Facilitator or head of that village, about others only, as long as nobody decided."""
    if not actor.is_authenticated:
        return sign_in_first()
    if residency.user_id == actor.pk:
        return Denied(_("You cannot confirm yourself. Ask another facilitator or the village head."))
    role = _witness(actor, residency.village_id)
    if role is None:
        return Denied(_("Only a facilitator or the head of this village can confirm who lives here."))
    if residency.status != Residency.Status.PENDING:
        return Denied(_("Somebody has already decided about this claim."), code="conflict", status=409)
    return Allowed(role)


def may_end_residency(actor: Person, residency: Residency) -> Answer:
    """The person, who moves away; or a facilitator or the head of that village."""
    if not actor.is_authenticated:
        return sign_in_first()
    role = CITIZEN if residency.user_id == actor.pk else _witness(actor, residency.village_id)
    if role is None:
        return Denied(_("Only the person, a facilitator or the head of this village can end this."))
    if residency.status not in {Residency.Status.PENDING, Residency.Status.CONFIRMED}:
        return Denied(_("This has already ended."), code="conflict", status=409)
    return Allowed(role)


def may_see_claims(actor: Person, village_code: str) -> Answer:
    """Claims name people: only who decides about them sees them."""
    if not actor.is_authenticated:
        return sign_in_first()
    role = _witness(actor, village_code)
    return Allowed(role) if role else Denied(_("Only a facilitator or the head of this village can see these claims."))


def may_assign(actor: Person | None, user_id: int, region_code: str) -> Answer:
    """Operators, in their own region, to others. None is the platform itself: a command typed on its machine."""
    if actor is None:
        return Allowed(audit.SYSTEM)
    if not actor.is_authenticated:
        return sign_in_first()
    if user_id == actor.pk:
        return Denied(_("Nobody gives or takes a role of their own. Ask another operator."))
    if scope.has_role(actor, Role.OPERATOR, region_code):
        return Allowed(Role.OPERATOR)
    return Denied(_("Only an operator of this region can give and end roles here."))


def _witness(actor: Person, village_code: str) -> str | None:
    held = scope.roles_at(actor, village_code)
    return next((role.value for role in WITNESSES if role in held), None)
