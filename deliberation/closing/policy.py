"""Who may close a stage where, and who may reopen it. Answers only."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts import clock, scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from geo import codes
from geo.codes import Level
from proposals.models import StageClosure
from proposals.stages import DECIDING, Stage

#: Where a stage is decided, so that is where it is closed; the kabupaten may close any of them for all that did not.
LEVEL_OF_STAGE = {Stage.VILLAGE: Level.VILLAGE, Stage.SUBDISTRICT: Level.SUBDISTRICT}
CLOSERS: dict[Stage, tuple[Role, ...]] = {
    Stage.VILLAGE: (Role.VILLAGE_HEAD,),
    Stage.SUBDISTRICT: (Role.SUBDISTRICT_OFFICER,),
    Stage.AGENCY: (Role.PLANNER,),
    Stage.DISTRICT: (Role.PLANNER,),
    Stage.BUDGET: (Role.BUDGET_TEAM, Role.PLANNER),
}


def level_of(stage: Stage) -> Level:
    """The level of region that closes a stage for itself."""
    return LEVEL_OF_STAGE.get(stage, Level.DISTRICT)


def may_close(user: Person, stage: str, region_code: str) -> Answer:
    """The decider of the stage for its own region; the planner for the whole kabupaten."""
    if not user.is_authenticated:
        return sign_in_first()
    if stage not in [one.value for one in DECIDING]:
        return Denied(_("There is no such stage, or none that is closed."), code="no_such_stage", status=400)
    where = codes.level(region_code) if codes.is_code(region_code) else None
    own = level_of(Stage(stage))
    if where not in (own, Level.DISTRICT):
        return Denied(_("This stage is not closed by a region of this level."), code="wrong_level", status=400)
    roles = CLOSERS[Stage(stage)] if where is own else (Role.PLANNER,)
    return _one_of(user, roles, region_code, _("This stage is closed by the %(roles)s of this region."))


def may_reopen(user: Person, closure: StageClosure) -> Answer:
    """Who may close it, the planner, and for the whole kabupaten the budget team: it takes two, and few have two planners (decision 0269)."""
    if not user.is_authenticated:
        return sign_in_first()
    answer = _one_of(user, _reopeners(closure), closure.region_id, _("This stage is reopened by two of these: the %(roles)s of this region."))
    if answer and closure.reopened_at is not None:
        return Denied(_("This stage is open again already."), code="reopened", status=409)
    return answer


def _reopeners(closure: StageClosure) -> tuple[Role, ...]:
    second = [Role.BUDGET_TEAM] if codes.level(closure.region_id) is Level.DISTRICT else []
    return tuple(dict.fromkeys([*CLOSERS[Stage(closure.stage)], Role.PLANNER, *second]))


def confirmers(closure: StageClosure, asker: User) -> list[User]:
    """Who else than the asker may confirm, by name: the others who hold such an office today."""
    held = scope.held_on(clock.today()).filter(role__in=_reopeners(closure), region__in=codes.lineage(closure.region_id))
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).exclude(pk=asker.pk).order_by("display_name", "pk"))


def may_confirm(user: Person, closure: StageClosure) -> Answer:
    """The second of the two: another person than the one who asked."""
    answer = may_reopen(user, closure)
    if not answer:
        return answer
    if closure.reopen_asked_by_id is None:
        return Denied(_("Nobody has asked to reopen this stage yet."), code="not_asked", status=409)
    if closure.reopen_asked_by_id == user.pk:
        return Denied(_("You asked for it, so another person must confirm."), code="second_person")
    return answer


def _one_of(user: Person, roles: tuple[Role, ...], region_code: str, sentence: str) -> Answer:
    held = scope.roles_at(user, region_code)
    role = next((role for role in roles if role in held), None)
    if role is None:
        return Denied(sentence % {"roles": get_text_list([str(one.label) for one in roles])}, code="not_yours")
    return Allowed(role.value)
