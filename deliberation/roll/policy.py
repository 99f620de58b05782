"""Who may write on the roll and read its names. Counts are everybody's; names are personal data (docs/decisions/0155)."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import clock, scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from deliberation.meetings import policy as meetings
from deliberation.models import Meeting
from deliberation.words import MeetingState

#: The roll opens so long before the planned beginning: people come early, lists of another day are a slip.
EARLY = timedelta(hours=12)
#: Whose office it is to check a meeting of their region without having run it.
CHECKING = (Role.PLANNER, Role.AUDITOR, Role.SUBDISTRICT_OFFICER, Role.VILLAGE_HEAD, Role.FACILITATOR)


def may_write(actor: Person, meeting: Meeting) -> Answer:
    """Whoever may record the meeting, on its day and until it is closed."""
    recording = meetings.may_record(actor, meeting)
    return recording and (_open(meeting) and recording)


def may_read_names(actor: Person, meeting: Meeting) -> Answer:
    """Whoever records the meeting, and those whose office is to check one of this region. Everybody else reads the counts."""
    if not isinstance(actor, User) or not actor.is_active:
        return sign_in_first()
    if recording := meetings.may_record(actor, meeting):
        return recording
    held = scope.roles_at(actor, meeting.region_id)
    if role := next((role for role in CHECKING if role in held), None):
        return Allowed(str(role))
    return Denied(_("Names on the roll are read by those who keep it and by the officials of the region. The counts are public."), code="names")


def may_come(actor: Person, meeting: Meeting) -> Answer:
    """Everybody signed in may put themselves on the roll: the meetings are public."""
    if not isinstance(actor, User) or not actor.is_active:
        return sign_in_first()
    return _open(meeting) and Allowed()


def _open(meeting: Meeting) -> Answer:
    over = meetings.not_over(meeting)
    if not over:
        return over
    opens = meeting.starts_at - EARLY
    if meeting.state == MeetingState.PLANNED and clock.now() < opens:
        local = localtime(opens)
        when = f"{date_format(local, 'j F Y, H.i')} {clock.zone(local)}".strip()
        return Denied(_("The roll of this meeting opens on %(when)s.") % {"when": when}, code="not_yet_open", status=409)
    return Allowed()
