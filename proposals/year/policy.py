"""Who may open, change and confirm a plan year. Answers only."""

from django.utils.translation import gettext as _

from accounts import scope
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from proposals.models import StageWindow


def may_plan(user: Person, region_code: str) -> Answer:
    """The planner of the kabupaten opens its plan years, changes and confirms them."""
    if not user.is_authenticated:
        return sign_in_first()
    if scope.has_role(user, Role.PLANNER, region_code):
        return Allowed(Role.PLANNER.value)
    return Denied(_("A plan year is opened and changed by the planner (Bappeda) of this kabupaten."), code="not_a_planner")


def may_change(window: StageWindow) -> Answer:
    """A stage that a person closed stays as it was when it was closed."""
    if window.closed_at is not None:
        return Denied(_("This stage is closed. Reopen it before you change it; that takes two people."), code="stage_closed", status=409)
    return Allowed()
