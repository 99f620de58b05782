"""Who may speak, ask, answer, hide and vote in a meeting: 401 before 403 before 409, as everywhere in meetings."""

from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import CITIZEN, Role
from accounts.scope import Person
from deliberation.floor import capacity
from deliberation.meetings.policy import in_session, may_record, may_run, not_over
from deliberation.models import AgendaItem, Attendance, Meeting, Motion, Presence, SaidAppeal
from deliberation.models.motion import MotionState
from deliberation.roll.votes import is_vouched
from deliberation.words import ItemState, Mode

ROLL = "roll"


def may_ask_floor(user: Person, meeting: Meeting, line: Attendance | None) -> Answer:
    """For oneself: whoever stands on the roll, while the meeting is in session."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if line is None:
        return Denied(_("Only those on the roll are called to speak. Anybody may send a question."), code="not_on_the_roll")
    return in_session(meeting) and Allowed(ROLL)


def may_call(user: Person, meeting: Meeting) -> Answer:
    """Call speakers, take up questions, open and close votes: whoever runs the meeting, while it is in session."""
    running = may_run(user, meeting)
    session = in_session(meeting)
    return running if not running or session else session


def may_write_down(user: Person, meeting: Meeting) -> Answer:
    """What the hall says and how it votes: whoever writes the roll, while the meeting is in session."""
    recording = may_record(user, meeting)
    session = in_session(meeting)
    return recording if not recording or session else session


def may_question(user: Person, meeting: Meeting, item: AgendaItem | None) -> Answer:
    """Anybody signed in, before the item or while it is in hand; a question without an item until the meeting is over."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if not (over := not_over(meeting)):
        return over
    if item is not None and item.state not in (ItemState.WAITING, ItemState.IN_HAND):
        return Denied(_("This item is over. Ask under the item in hand, or on the proposal's page."), code="item_over", status=409)
    return Allowed(CITIZEN)


def may_answer(user: Person, meeting: Meeting) -> Answer:
    """Whoever runs the meeting, and the offices of its region; also after the meeting, for what was left for later."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if running := may_run(user, meeting):
        return running
    if capacity.is_official(user, meeting):
        return Allowed(capacity.of_user(user, meeting, None).word)
    return Denied(_("Questions are answered by the chair and by the offices responsible."), code="not_yours")


def may_hide(user: Person, meeting: Meeting) -> Answer:
    """A moderator of the region, or whoever runs the meeting."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if scope.has_role(user, Role.MODERATOR, meeting.region_id):
        return Allowed(Role.MODERATOR)
    if running := may_run(user, meeting):
        return running
    return Denied(_("Only the chair or a moderator of this region can hide what was said."), code="not_yours")


def may_look_again(user: Person, meeting: Meeting) -> Answer:
    """Decide on somebody's asking for another look: a moderator of the region; not the chair, who may have hidden it."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if scope.has_role(user, Role.MODERATOR, meeting.region_id):
        return Allowed(Role.MODERATOR)
    return Denied(_("Only a moderator of this region decides on another look."), code="not_yours")


def is_another(user: User, one: SaidAppeal) -> Answer:
    """Whether the moderator neither hid it nor said it."""
    if one.is_of(user):
        return Denied(_("You hid or said this yourself, so another moderator decides."), code="own_decision")
    return Allowed(Role.MODERATOR)


def may_read_hidden(user: Person, meeting: Meeting) -> bool:
    """Moderators and auditors of the region, and those who run the meeting."""
    held = scope.roles_at(user, meeting.region_id)
    return Role.MODERATOR in held or Role.AUDITOR in held or bool(may_run(user, meeting))


def may_vote(user: Person, motion: Motion, line: Attendance | None) -> Answer:
    """By button: whoever is on the roll and takes part online now. Hands in the hall are counted there."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if line is None:
        return Denied(_("Only those on the roll vote here."), code="not_on_the_roll")
    if not (session := in_session(motion.meeting)):
        return session
    if not (there := _is_open(motion) and _takes_part_online(line)) or is_vouched(line, motion.meeting, user):
        return there
    words = _("You put yourself on the roll. Ask the note-taker to confirm you, or verify your residence at the village office; then vote.")
    return Denied(words, code="not_vouched")


def _is_open(motion: Motion) -> Answer:
    if motion.state == MotionState.OPEN:
        return Allowed()
    if motion.state == MotionState.WAITING:
        return Denied(_("The vote has not been opened yet."), code="not_open", status=409)
    return Denied(_("The vote is closed. Your vote was not counted."), code="closed", status=409)


def _takes_part_online(line: Attendance) -> Answer:
    mode = Presence.objects.filter(attendance=line, left_at__isnull=True).values_list("mode", flat=True).first()
    if mode == Mode.ONLINE:
        return Allowed(ROLL)
    if mode == Mode.HALL:
        return Denied(_("You are in the hall: your hand is counted there, not by button."), code="in_the_hall", status=409)
    return Denied(_("You are not there according to the roll. Join online first, then vote."), code="not_present", status=409)
