"""Who may make, run, vote on, type and annul a ballot: asked with the ballot in hand, answered with a reason.

In one order: who are you (401), not yours (403), not now (409).
"""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import clock, scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from deliberation.ballots.words import BallotScope, BallotState
from deliberation.meetings import policy as meetings
from deliberation.models import Ballot, Meeting, PaperBatch
from geo import codes
from geo.codes import Level
from geo.zones import zone_of

#: Who puts a question to the residents of a region of each level.
CONVENERS: dict[Level, tuple[Role, ...]] = {
    Level.VILLAGE: (Role.VILLAGE_HEAD, Role.FACILITATOR),
    Level.SUBDISTRICT: (Role.SUBDISTRICT_OFFICER, Role.PLANNER),
    Level.DISTRICT: (Role.PLANNER,),
}
#: Who types paper ballots besides those who run it: people of the same region or above, so that two are always found.
TYPISTS = (Role.FACILITATOR, Role.VILLAGE_HEAD, Role.SUBDISTRICT_OFFICER, Role.PLANNER, Role.OPERATOR)
#: The second person who annuls: also who looks on.
ANNULLERS = (*TYPISTS, Role.AUDITOR)


def may_convene(user: Person, scope_name: str, region_code: str, meeting: Meeting | None) -> Answer:
    """Whether somebody may put a question: of a meeting whoever runs it, of a region's residents its own officials."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if scope_name != BallotScope.RESIDENTS and meeting is not None:
        return meetings.may_run(user, meeting)
    level = codes.level(region_code) if codes.is_code(region_code) else None
    held = scope.roles_at(user, region_code)
    for role in CONVENERS.get(level, ()) if level else ():
        if role in held:
            return Allowed(role.value)
    return Denied(_("A ballot of all residents is held by the officials of their region."), code="not_yours")


def may_run(user: Person, ballot: Ballot) -> Answer:
    """Change the draft, open, close, publish, mark paper voters."""
    return may_convene(user, ballot.scope, ballot.region_id, ballot.meeting)


def may_type(user: Person, ballot: Ballot) -> Answer:
    """Type paper ballots and mark who voted on paper."""
    running = may_run(user, ballot)
    return running or _held(user, ballot, TYPISTS) or running


def may_mark(user: Person, ballot: Ballot) -> Answer:
    """Mark paper voters: while the ballot is open, and after it, until it is published."""
    return _in((BallotState.OPEN, BallotState.CLOSED), ballot, may_type(user, ballot))


def may_count(user: Person, ballot: Ballot) -> Answer:
    """Open the box: only once the ballot is closed, so that nothing of its content is known before."""
    return _in((BallotState.CLOSED,), ballot, may_type(user, ballot))


def may_look_third(user: Person, batch: PaperBatch, typed_by: set[int]) -> Answer:
    """Decide rows on which two typings differ: a third person."""
    if isinstance(user, User) and user.pk in typed_by:
        return Denied(_("You typed this batch. A third person decides the rows that differ, or both of you look again."), code="same_person")
    return may_count(user, batch.ballot)


def may_change(user: Person, ballot: Ballot) -> Answer:
    """Only a draft changes."""
    return _in((BallotState.DRAFT,), ballot, may_run(user, ballot))


def may_close(user: Person, ballot: Ballot) -> Answer:
    """End the input for good."""
    return _in((BallotState.OPEN,), ballot, may_run(user, ballot))


def may_publish(user: Person, ballot: Ballot) -> Answer:
    """Let everybody see the result: after the close."""
    running = may_run(user, ballot)
    if running and ballot.state == BallotState.OPEN:
        words = _("Close the ballot first. Before the close nobody sees how it stands, also not who runs it.")
        return Denied(words, code="still_open", status=409)
    return _in((BallotState.CLOSED,), ballot, running)


def may_annul(user: Person, ballot: Ballot) -> Answer:
    """The first asks with a reason, another person confirms; a draft is thrown away instead."""
    running = may_run(user, ballot)
    allowed = running or (_held(user, ballot, ANNULLERS) or running if ballot.annul_asked_by_id else running)
    if not allowed:
        return allowed
    if ballot.state in {BallotState.DRAFT, BallotState.ANNULLED}:
        return _in((BallotState.OPEN, BallotState.CLOSED, BallotState.PUBLISHED), ballot, allowed)
    if isinstance(user, User) and ballot.annul_asked_by_id == user.pk:
        return Denied(_("You asked to annul this ballot, so another person must confirm it."), code="same_person")
    return allowed


def is_in_time(ballot: Ballot, now: datetime) -> Answer:
    """Whether a vote counts at this moment of the server's clock: not before it opens, not at or after it closes."""
    if ballot.state == BallotState.DRAFT or (ballot.state == BallotState.OPEN and now < ballot.opens_at):
        words = _("This ballot takes votes from %(when)s.") % {"when": moment(ballot.opens_at, ballot.region_id)}
        return Denied(words, code="not_yet_open", status=409)
    if ballot.state == BallotState.ANNULLED:
        return Denied(_("This ballot was annulled: %(reason)s") % {"reason": ballot.annul_reason}, code="annulled", status=409)
    if ballot.takes_votes(now):
        return Allowed()
    ended = min(ballot.closed_at or ballot.closes_at, ballot.closes_at)
    return Denied(_("This ballot took votes until %(when)s.") % {"when": moment(ended, ballot.region_id)}, code="ballot_closed", status=409)


def may_read_results(ballot: Ballot) -> bool:
    """Results exist for nobody before they are published."""
    return ballot.state == BallotState.PUBLISHED


def moment(at: datetime, region_code: str) -> str:
    """A day and a time as they are told, by the clock of the region."""
    local = at.astimezone(zone_of(region_code))
    return f"{date_format(local, 'j F Y')} {local:%H.%M} {clock.zone(local)}".strip()


def _held(user: Person, ballot: Ballot, roles: tuple[Role, ...]) -> Allowed | None:
    held = scope.roles_at(user, ballot.region_id)
    found = next((role for role in roles if role in held), None)
    return Allowed(found.value) if found else None


def _in(states: tuple[BallotState, ...], ballot: Ballot, allowed: Answer) -> Answer:
    """The answer so far, unless the ballot stands elsewhere."""
    if not allowed or ballot.state in states:
        return allowed
    word = str(BallotState(ballot.state).label).lower()
    return Denied(_("This is not possible now: the ballot is %(state)s.") % {"state": word}, code="state", status=409)
