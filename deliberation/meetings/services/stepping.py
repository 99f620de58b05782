"""Opening, adjourning, closing and cancelling a meeting: by a person, never by the clock."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from accounts.text import clean
from deliberation.floor import closing as floor
from deliberation.masking import masked
from deliberation.meetings import policy, rows, telling
from deliberation.meetings.states import ADJOURNED, CANCELLED, CLOSED, OPEN, STEPS, Step
from deliberation.models import AgendaItem, Decision, Meeting
from deliberation.roll import closing as roll
from deliberation.words import ItemState
from proposals import windows

REASON_SHORTEST = 10
#: A hall without signal does not open a day before the meeting was called for.
EARLIEST = timedelta(days=1)


@transaction.atomic
def step(
    *,
    meeting_id: UUID,
    name: str,
    actor: Person,
    version: int | None = None,
    reason: str = "",
    shortfall_reason: str = "",
    at: datetime | None = None,
) -> Meeting:
    """Take a step of `states.STEPS`. A meeting that stands there already stays as it is; from anywhere else it is 409.

    `version` guards against two people who take different steps at once. `at`: when it happened, where a hall without signal
    tells it later; never in the future, never before the step before. `shortfall_reason`: why it opens or closes below quorum
    or quota; asked for where the roll falls short (`roll.closing`). Raises Invalid, Conflict, Refusal.
    """
    law = STEPS.get(name)
    if law is None:
        raise Invalid({"step": [_("There is no such step.")]})
    meeting = rows.locked_meeting(meeting_id)
    allowed = policy.may_run(actor, meeting).or_refuse()
    if meeting.state == law.leads_to:
        return meeting
    _may_step(meeting, law, version)
    reason = masked(clean(reason or "", field="reason", max_length=300, min_length=REASON_SHORTEST if law.needs_reason else 0))
    moment = _moment(meeting, at)
    _in_time(meeting, law, moment)
    floor.leave(meeting, leads_to=law.leads_to, actor=actor)
    before, meeting.shortfall_reason = meeting.state, roll.ask(meeting, leads_to=law.leads_to, reason=shortfall_reason)
    changed = _take(meeting, law, moment, actor, reason)
    meeting.save(update_fields=[*changed, "shortfall_reason"])
    roll.finish(meeting, leads_to=law.leads_to, at=moment)
    told = {"state": [before, meeting.state], "at": moment}
    telling.journal(meeting, actor=actor, role=allowed.role, verb=law.name, changes=told, reason=reason)
    telling.tell_stage(meeting)
    return meeting


def _may_step(meeting: Meeting, law: Step, version: int | None) -> None:
    if meeting.state not in law.comes_from:
        policy.not_over(meeting).or_refuse()
        raise Conflict(_("This cannot be done now: the meeting stands elsewhere (%(state)s).") % {"state": meeting.get_state_display()}, code="state")
    if version is not None and version != meeting.version:
        raise Conflict(_("Someone changed this meeting meanwhile. See what changed before you go on."), code="version")


def _moment(meeting: Meeting, at: datetime | None) -> datetime:
    """The time of the step: now, or the captured one if it can be true: not before its day, its opening, or what it decided."""
    now = clock.now()
    decided = Decision.objects.filter(meeting=meeting).aggregate(last=Max("decided_at"))["last"]
    earliest = max(moment for moment in (meeting.starts_at - EARLIEST, meeting.opened_at, decided) if moment is not None)
    if at is None or at > now or at < earliest:
        return now
    return at


def _in_time(meeting: Meeting, law: Step, moment: datetime) -> None:
    """A deciding meeting opens while its stage takes decisions: after its ceilings, before a person has closed it."""
    stage = meeting.decides_at
    if law.leads_to != OPEN or stage is None:
        return
    closed = windows.closed_because(meeting.cycle.window(stage), stage, moment, within=meeting.region_id)
    if closed is not None:
        closed.or_refuse()


def _take(meeting: Meeting, law: Step, moment: datetime, actor: Person, reason: str) -> list[str]:
    """Lay the step upon the row; returns the names of the fields set."""
    meeting.state, meeting.version, meeting.changed_at = law.leads_to, meeting.version + 1, clock.now()
    changed = ["state", "version", "changed_at"]
    if law.leads_to == OPEN and meeting.opened_at is None:
        meeting.opened_at = moment
        changed.append("opened_at")
    elif law.leads_to in (CLOSED, ADJOURNED):
        # what was in hand and not decided waits again
        AgendaItem.objects.filter(meeting=meeting, state=ItemState.IN_HAND).update(state=ItemState.WAITING)
    if law.leads_to == CLOSED:
        meeting.closed_at, meeting.closed_by = moment, actor  # type: ignore[assignment]
        changed += ["closed_at", "closed_by"]
    elif law.leads_to == CANCELLED:
        meeting.cancelled_reason = reason
        changed.append("cancelled_reason")
    return changed
