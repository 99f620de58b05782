"""Who may report on works, keep their lines, judge them and answer. Answers only; nothing is written here.

A refusal comes in one order: who are you (401), not yours (403), wrong state (409). The roles are those of the law of moves.
"""

from django.utils.translation import gettext as _

from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from budgeting.models import FundedWork
from budgeting.sources import is_village_money
from budgeting.works.querysets import DONE
from proposals.policy import standing_in
from proposals.stages import DECIDERS, MOVES, Stage

#: Who builds a work, or answers for who does.
REPORTERS = DECIDERS[Stage.WORKS]
#: Who says in the village whether it is right.
WITNESSES = MOVES["confirm"].roles
_OFFICER, _PLANNER, _HEAD = Role.AGENCY_OFFICER.value, Role.PLANNER.value, Role.VILLAGE_HEAD.value


def may_report(user: Person, work: FundedWork) -> Answer:
    """The work's agency, the planner, or the village head: progress, photos, handover, answers."""
    return _of_these(user, work.region_id, work.agency_id, REPORTERS)


def may_keep(user: Person, region_code: str, agency_id: int | None, funding_source: str) -> Answer:
    """The line itself: the agency and the planner; the village head for the village's own money."""
    head = (_HEAD,) if is_village_money(funding_source) else ()
    return _of_these(user, region_code, agency_id, (_OFFICER, _PLANNER, *head))


def may_answer(user: Person, work: FundedWork) -> Answer:
    """Whoever reports on it, while villagers dispute it."""
    allowed = may_report(user, work)
    if allowed and work.realisation != "disputed":
        return Denied(_("Nobody disputes this work now, so there is nothing to answer."), code="not_disputed", status=409)
    return allowed


def may_say(user: Person, work: FundedWork) -> Answer:
    """Residents of its village, their facilitator and head, once it was reported as done."""
    standing = standing_in(user, work.region_id)
    if not standing.signed_in:
        return sign_in_first()
    role = standing.first(WITNESSES)
    if not role:
        return Denied(_("Whether a work is right is said by residents of its village, its facilitator and its head."), code="not_a_resident")
    if work.realisation not in DONE:
        return Denied(_("This work was not reported as done yet. Villagers judge it when it is."), code="not_done", status=409)
    return Allowed(role)


def _of_these(user: Person, region_code: str, agency_id: int | None, roles: tuple[str, ...]) -> Answer:
    standing = standing_in(user, region_code)
    if not standing.signed_in:
        return sign_in_first()
    held = [role for role in roles if role in standing.roles]
    if not held:
        return Denied(_("This is done by the agency that builds the work, by the planner, or by the village head."), code="not_yours")
    own = [role for role in held if role != _OFFICER or agency_id is None or agency_id in standing.agencies]
    return Allowed(own[0]) if own else Denied(_("Another agency builds this work and reports on it."), code="other_agency")
