"""Who may prepare, issue, sign and open the papers of a meeting: asked with the meeting in hand."""

from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from deliberation.meetings.policy import may_run
from deliberation.models import Meeting
from deliberation.roll.policy import may_read_names
from deliberation.words import MeetingState
from proposals.models import Cycle


def may_prepare(user: Person, meeting: Meeting) -> Answer:
    """Write what only people know of a record: whoever runs the meeting, from its planning on; not of a cancelled one."""
    running = may_run(user, meeting)
    if running and meeting.state == MeetingState.CANCELLED:
        return Denied(_("This meeting was cancelled."), code="cancelled", status=409)
    return running


def may_issue(user: Person, meeting: Meeting) -> Answer:
    """Freeze and print: whoever runs the meeting, once a person has closed it."""
    running = may_prepare(user, meeting)
    if running and meeting.state != MeetingState.CLOSED:
        return Denied(_("Close the meeting first: its papers tell what was decided until then."), code="not_closed", status=409)
    return running


def may_add_photos(user: Person, meeting: Meeting) -> Answer:
    """Photos of the meeting: whoever runs it, from its opening on."""
    running = may_prepare(user, meeting)
    if running and meeting.state == MeetingState.PLANNED:
        return Denied(_("The meeting has not been opened yet."), code="not_open", status=409)
    return running


def may_open_whole(user: Person, meeting: Meeting) -> Answer:
    """Read a paper with all its names, its PDF and its signed scan: whoever may read the names on the roll."""
    reading = may_read_names(user, meeting)
    if reading or not isinstance(user, User) or not user.is_active:
        return reading
    return Denied(_("Papers with the names of those who came are opened by the officials of the region. What was decided is public."))


def may_word(user: Person, cycle: Cycle) -> Answer:
    """Word the clauses of the forms for a plan year: the planners of the kabupaten."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if scope.has_role(user, Role.PLANNER, cycle.region_id):
        return Allowed(Role.PLANNER.value)
    return Denied(_("The clauses of the forms are worded by the planners of the kabupaten."))
