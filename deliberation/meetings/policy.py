"""Who may convene, run, record and decide in a meeting: asked with the meeting in hand, answered with a reason.

Meetings are public: everybody reads them. A refusal comes in one order: who are you (401), not yours (403), not now (409).
"""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from deliberation.models import Meeting
from deliberation.words import LEVEL_OF, MeetingKind, MeetingState
from geo import codes
from proposals.stages import DECIDERS

CHAIR, NOTE_TAKER = "chair", "note_taker"
#: Who calls a meeting of each kind (DOMAIN 3); a planner stands in for the levels below the kabupaten.
CONVENERS: dict[str, tuple[str, ...]] = {
    MeetingKind.HAMLET: (Role.FACILITATOR, Role.VILLAGE_HEAD),
    MeetingKind.VILLAGE: (Role.VILLAGE_HEAD, Role.FACILITATOR),
    MeetingKind.VILLAGE_PLAN: (Role.VILLAGE_HEAD,),
    MeetingKind.SUBDISTRICT: (Role.SUBDISTRICT_OFFICER, Role.PLANNER),
    MeetingKind.AGENCY_FORUM: (Role.AGENCY_OFFICER, Role.PLANNER),
    MeetingKind.DISTRICT: (Role.PLANNER,),
}


def may_convene(user: Person, kind: str, region_code: str, agency_id: int | None = None) -> Answer:
    """Whether somebody may call a meeting of this kind here; an agency officer only the forum of an own agency."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if kind not in MeetingKind.values:
        return Denied(_("There is no such kind of meeting."), code="no_such_kind", status=400)
    if not codes.is_code(region_code) or codes.level(region_code) is not LEVEL_OF[MeetingKind(kind)]:
        return Denied(_("A meeting of this kind is not held by a region of this level."), code="wrong_level", status=400)
    return _convening(user, kind, region_code, agency_id)


def _convening(user: User, kind: str, region_code: str, agency_id: int | None) -> Answer:
    held = scope.roles_at(user, region_code)
    found = [role for role in CONVENERS[kind] if role in held]
    if not found:
        names = get_text_list([str(Role(role).label) for role in CONVENERS[kind]])
        return Denied(_("A meeting of this kind is called by the %(roles)s of this region.") % {"roles": names}, code="not_yours")
    own = [role for role in found if role != Role.AGENCY_OFFICER or (agency_id is not None and agency_id in scope.agencies_of(user))]
    if not own:
        return Denied(_("You call the forum of your own agency. Choose it."), code="other_agency")
    return Allowed(str(own[0]))


def may_run(user: Person, meeting: Meeting) -> Answer:
    """Open, adjourn, close, invite, change the plan and the agenda: the convening role, the named chair and note-taker."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if convening := _convening(user, meeting.kind, meeting.region_id, meeting.agency_id):
        return convening
    if named := _named(user, meeting):
        return Allowed(named)
    return Denied(_("This meeting is run by those who called it, its chair and its note-taker."), code="not_yours")


def may_record(user: Person, meeting: Meeting) -> Answer:
    """The roll, and what others said: whoever may run it, and the facilitators of the village it is held in."""
    if running := may_run(user, meeting):
        return running
    in_a_village = LEVEL_OF[MeetingKind(meeting.kind)] is codes.Level.VILLAGE
    return Allowed(Role.FACILITATOR.value) if in_a_village and scope.has_role(user, Role.FACILITATOR, meeting.region_id) else running


def may_decide(user: Person, meeting: Meeting) -> Answer:
    """Write down what the meeting decides: who decides at its stage, or the chair or note-taker in that person's name."""
    if not meeting.stage:
        return Denied(_("This meeting prepares; the village planning deliberation decides."), code="only_prepares", status=409)
    running = may_run(user, meeting)
    if not running or not isinstance(user, User):
        return running
    if any(decides(person, meeting) for person in deciders(user, meeting)):
        return running
    return Denied(_("Nobody of this meeting decides at its stage: name a chair who does."), code="nobody_decides")


def deciders(user: User, meeting: Meeting) -> Iterator[User]:
    """In whose name somebody may write a decision down: the person's own, the chair's, that of who called the meeting."""
    yield user
    for person in (meeting.chair, meeting.convened_by):
        if person is not None and person.pk != user.pk:
            yield person


def decides(user: User, meeting: Meeting) -> bool:
    """Whether a person holds the role that the law asks for at the meeting's stage; of an agency, the forum's own."""
    stage = meeting.decides_at
    held = scope.roles_at(user, meeting.region_id) if stage else frozenset()
    found = [role for role in DECIDERS[stage] if role in held] if stage else []
    elsewhere = meeting.agency_id is not None and meeting.agency_id not in scope.agencies_of(user)
    return any(role != Role.AGENCY_OFFICER or not elsewhere for role in found)


def in_session(meeting: Meeting) -> Answer:
    """Whether the meeting takes decisions, statements and votes right now."""
    if meeting.state == MeetingState.OPEN:
        return Allowed()
    if meeting.state == MeetingState.PLANNED:
        return Denied(_("The meeting has not been opened yet."), code="not_open", status=409)
    if meeting.state == MeetingState.ADJOURNED:
        return Denied(_("The meeting is adjourned. It goes on when it is opened again."), code="adjourned", status=409)
    return not_over(meeting)


def not_over(meeting: Meeting) -> Answer:
    """Whether anything may still be added: to the roll, the agenda, the plan."""
    if meeting.state == MeetingState.CANCELLED:
        return Denied(_("This meeting was cancelled."), code="cancelled", status=409)
    if meeting.state == MeetingState.CLOSED and meeting.closed_at:
        day = date_format(localtime(meeting.closed_at), "j F Y")
        return Denied(_("This meeting was closed on %(date)s. A correction is an addendum to its record.") % {"date": day}, code="closed", status=409)
    return Allowed()


def _named(user: User, meeting: Meeting) -> str:
    """The part that the meeting's own papers give to a person."""
    return CHAIR if meeting.chair_id == user.pk else NOTE_TAKER if meeting.note_taker_id == user.pk else ""
