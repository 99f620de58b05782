"""In which capacity somebody speaks in a meeting, as it is at that moment: kept beside every statement."""

from dataclasses import dataclass

from accounts import scope
from accounts.models import User
from accounts.roles import CITIZEN, Role
from deliberation.models import Attendance, Meeting
from deliberation.policy import RESIDENT
from geo import codes

DELEGATE = "delegate"
#: Whose answer to a question is the answer of the office: it is marked as official.
OFFICIAL = (Role.VILLAGE_HEAD, Role.SUBDISTRICT_OFFICER, Role.AGENCY_OFFICER, Role.PLANNER, Role.BUDGET_TEAM)


@dataclass(frozen=True)
class Capacity:
    """What stands beside a name: `delegate`, a role, an element of the roll, `resident` or `citizen`; and of which region."""

    word: str
    region_id: str | None = None


def on_roll(user: User, meeting: Meeting) -> Attendance | None:
    """The person's line on the meeting's roll, if there is one that was not struck."""
    return Attendance.objects.filter(meeting=meeting, user=user, struck_at__isnull=True).select_related("mandate").first()


def of_line(line: Attendance) -> Capacity:
    """Of somebody on the roll, whether or not with an account: a delegate by mandate, or the element they came for."""
    if line.mandate is not None and line.mandate.ended_at is None:
        return Capacity(DELEGATE, line.mandate.region_id)
    return Capacity(line.element, line.region_id)


def of_user(user: User, meeting: Meeting, line: Attendance | None) -> Capacity:
    """Of somebody signed in: delegate, else the role held here, else the line on the roll, else resident or citizen."""
    if line is not None and line.mandate is not None and line.mandate.ended_at is None:
        return of_line(line)
    held = scope.roles_at(user, meeting.region_id)
    if role := next((role for role in Role if role in held), None):
        return Capacity(role.value, meeting.region_id)
    if line is not None:
        return of_line(line)
    home = scope.residence_of(user)
    return Capacity(RESIDENT, home) if home and codes.covers(meeting.region_id, home) else Capacity(CITIZEN)


def is_official(user: User, meeting: Meeting) -> bool:
    """Whether the person answers for an office here; an agency officer in a forum only for its own agency."""
    held = scope.roles_at(user, meeting.region_id)
    if not any(role in held for role in OFFICIAL):
        return False
    only_agency = not any(role in held for role in OFFICIAL if role != Role.AGENCY_OFFICER)
    return not only_agency or meeting.agency_id is None or meeting.agency_id in scope.agencies_of(user)
