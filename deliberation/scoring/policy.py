"""Who may set criteria, make and run a panel, and fill a sheet: asked with the thing in hand, answered with a reason.

In one order: who are you (401), not yours (403), not now (409).
"""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from deliberation.meetings import policy as meetings
from deliberation.models import CriteriaSet, Meeting, Panel, Sheet
from deliberation.scoring.words import PanelState, SheetState
from deliberation.words import STAGE_OF

#: The meeting whose rules say who makes a panel for a stage without one; a forum's panel always belongs to its meeting.
KIND_OF = {stage.value: kind for kind, stage in STAGE_OF.items()}


def may_set_criteria(user: Person, kept: CriteriaSet) -> Answer:
    """The planner of the kabupaten, until the first panel of the stage opens."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if not scope.has_role(user, Role.PLANNER, kept.cycle.region_id):
        return Denied(_("Criteria and weights are set by the planner of the kabupaten."), code="not_yours")
    if kept.frozen_at is not None:
        day = date_format(localtime(kept.frozen_at), "j F Y")
        return Denied(_("Scoring at this stage began on %(date)s; since then its criteria stand.") % {"date": day}, code="frozen", status=409)
    return Allowed(Role.PLANNER.value)


def may_make(user: Person, *, stage: str, region_code: str, meeting: Meeting | None) -> Answer:
    """Whoever runs the meeting; without one, whoever may call the meeting of that stage in that region."""
    if meeting is not None:
        return meetings.may_run(user, meeting)
    if stage not in KIND_OF:
        return Denied(_("Nothing is scored at this stage."), code="no_scoring", status=400)
    return meetings.may_convene(user, KIND_OF[stage], region_code)


def may_run(user: Person, panel: Panel) -> Answer:
    """Change the draft, open, reopen a sheet, close."""
    return may_make(user, stage=panel.stage, region_code=panel.region_id, meeting=panel.meeting)


def may_change(user: Person, panel: Panel) -> Answer:
    """The draft: whom it asks."""
    running = may_run(user, panel)
    if running and panel.state != PanelState.DRAFT:
        return Denied(_("This panel was opened; its scorers and criteria stand."), code="opened", status=409)
    return running


def in_scoring(panel: Panel) -> Answer:
    """Whether sheets are taken now."""
    if panel.state == PanelState.OPEN:
        return Allowed()
    if panel.state == PanelState.DRAFT:
        return Denied(_("Scoring has not been opened yet."), code="not_open", status=409)
    return Denied(_("Scoring is closed; what was submitted counts."), code="closed", status=409)


def may_score(user: Person, sheet: Sheet | None, panel: Panel) -> Answer:
    """Write on a sheet: its scorer alone, while scoring is open and the sheet not submitted."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if sheet is None or sheet.scorer_id != user.pk:
        return Denied(_("You are not a scorer of this panel."), code="not_yours")
    scoring = in_scoring(panel)
    if scoring and sheet.state == SheetState.SUBMITTED:
        return Denied(_("Your sheet is submitted. Who runs the panel can reopen it with a reason."), code="submitted", status=409)
    return scoring


def may_read_results(panel: Panel) -> bool:
    """Everybody, once it is closed; nobody before, whoever they are (decision 0201)."""
    return panel.state == PanelState.CLOSED


def may_know_of(user: Person, panel: Panel) -> bool:
    """A draft is known to those who may run it; what was opened to everybody."""
    return panel.state != PanelState.DRAFT or bool(may_run(user, panel))
