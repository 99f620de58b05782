"""Who may set and publish ceilings, ask for runs and publish them. Answers only; nothing is written here.

A refusal comes in one order: who are you (401), not yours (403), wrong state (409).
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from budgeting.models import AllocationRun, Ceiling
from budgeting.sources import is_spent_at, is_village_money
from geo import codes

DISTRICT_TEAM = (Role.PLANNER.value, Role.BUDGET_TEAM.value)
#: Who sets some ceiling.
_SETTERS = (*DISTRICT_TEAM, Role.VILLAGE_HEAD.value)
VILLAGE_TEAM = (Role.VILLAGE_HEAD.value, Role.FACILITATOR.value)


def may_set_ceiling(user: Person, region_code: str, funding_source: str, above: Iterable[Ceiling] = ()) -> Answer:
    """Planner or budget team of the kabupaten; for village money also the village head, unless it is a part of a ceiling above.

    `above`: the ceilings that it is, or would be, a part of. Who takes money from them answers for them.
    """
    village = (Role.VILLAGE_HEAD.value,) if is_village_money(funding_source) else ()
    roles = (*DISTRICT_TEAM, *village)
    allowed = one_of(user, region_code, roles, _("Ceilings are set by the planner or the budget team responsible for this region."))
    for parent in above if allowed else ():
        allowed = one_of(
            user, parent.region_id, DISTRICT_TEAM, _("A part of a ceiling is set by the planner or the budget team who answer for the whole.")
        )
        if not allowed:
            return allowed
    return allowed


def regions_set_by(user: Person) -> list[str]:
    """The codes of the regions in which this person sets some ceiling; nobody's is empty."""
    return sorted({code for role in _SETTERS for code in scope.regions_of(user, role)}) if isinstance(user, User) else []


def may_set_some_ceiling(user: Person) -> Answer:
    """Whether this person sets a ceiling anywhere: asked before a form is read."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if regions_set_by(user):
        return Allowed()
    return Denied(_("Ceilings are set by the planner or the budget team responsible for this region."), code="not_yours")


def may_change_ceiling(user: Person, ceiling: Ceiling) -> Answer:
    """Who may set it again where it stands: as `may_set_ceiling`, with the ceiling that it is a part of."""
    return may_set_ceiling(user, ceiling.region_id, ceiling.funding_source, [ceiling.parent] if ceiling.parent else [])


def may_publish_ceiling(user: Person, ceiling: Ceiling) -> Answer:
    """A second person: planner or budget team; for village money also the village head or the facilitator."""
    allowed = team_of(user, ceiling, _("A ceiling is published by the planner or the budget team responsible for this region."))
    if not allowed:
        return allowed
    if ceiling.published_at:
        return Denied(_("This ceiling is already published."), code="already_published", status=409)
    if ceiling.set_by_id == user.pk:
        return Denied(_("You set this ceiling, so another person must publish it."), code="second_person")
    if ceiling.parent is not None and not ceiling.parent.published_at:
        return Denied(_("The ceiling above is not published: publish that one first."), code="parent_not_published", status=409)
    return allowed


def may_run(user: Person, ceiling: Ceiling) -> Answer:
    """Planner or budget team; for village money also the village's own officials. The ceiling must be published and spent at its level."""
    allowed = team_of(user, ceiling, _("An allocation is calculated by the planner or the budget team responsible for this region."))
    if not allowed:
        return allowed
    if not is_spent_at(ceiling.funding_source, codes.level(ceiling.region_id)):
        return Denied(_("This money is spent by the villages: hand it down to them."), code="handed_down", status=409)
    return allowed if ceiling.published_at else _unpublished()


def may_see_run(user: Person, run: AllocationRun) -> Answer:
    """What is published is everybody's; before that, only those who may calculate."""
    if run.status == AllocationRun.Status.PUBLISHED:
        return Allowed()
    return team_of(user, run.ceiling, _("This draft is seen only by the planners and the budget team of its region until it is published."))


def may_publish_run(user: Person, run: AllocationRun) -> Answer:
    """A second person of the budget team (of village money: also the village head) who signed no override in force, while it is a draft."""
    roles = (Role.BUDGET_TEAM.value, *((Role.VILLAGE_HEAD.value,) if is_village_money(run.ceiling.funding_source) else ()))
    allowed = one_of(user, run.ceiling.region_id, roles, _("An allocation is published by the budget team responsible for this region."))
    if not allowed:
        return allowed
    if run.requested_by_id == user.pk:
        return Denied(_("You prepared this run, so another person must approve it."), code="second_person")
    if run.status != AllocationRun.Status.DRAFT:
        return Denied(_("This run is not a draft any more: %(status)s.") % {"status": run.get_status_display()}, code="not_a_draft", status=409)
    # a list of runs brings its overrides along, a single one asks for them here
    if any(one.signed_by_id == user.pk and one.withdrawn_at is None for one in run.overrides.all()):
        return Denied(_("You changed a line of this run by hand, so another person must approve it."), code="signed_an_override")
    return allowed if run.ceiling.published_at else _unpublished()


def may_discard_run(user: Person, run: AllocationRun) -> Answer:
    """Those who may calculate, until it is published."""
    allowed = team_of(user, run.ceiling, _("A run is discarded by the planner or the budget team responsible for this region."))
    if not allowed:
        return allowed
    if run.status in (AllocationRun.Status.PUBLISHED, AllocationRun.Status.DISCARDED):
        return Denied(_("This run is not a draft any more: %(status)s.") % {"status": run.get_status_display()}, code="not_a_draft", status=409)
    return allowed


def is_on_team(user: Person, ceiling: Ceiling) -> bool:
    """Whether the person prepares allocations under this ceiling and may see its drafts."""
    return bool(team_of(user, ceiling, ""))


def team_of(user: Person, ceiling: Ceiling, sentence: str) -> Answer:
    """Whether the person prepares allocations under this ceiling, with the role; `sentence` is what everybody else hears."""
    village = VILLAGE_TEAM if is_village_money(ceiling.funding_source) else ()
    return one_of(user, ceiling.region_id, (*DISTRICT_TEAM, *village), sentence)


def one_of(user: Person, region_code: str, roles: Iterable[str], sentence: str) -> Answer:
    """Whether the person holds one of the roles for this region, with the first of them; `sentence` is what everybody else hears."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    held = scope.roles_at(user, region_code)
    role = next((role for role in roles if role in held), "")
    return Allowed(role) if role else Denied(sentence, code="not_yours")


def _unpublished() -> Denied:
    return Denied(_("This ceiling is not published yet: a second person has to publish it first."), code="ceiling_not_published", status=409)
