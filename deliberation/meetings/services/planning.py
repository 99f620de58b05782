"""Planning a meeting and changing its plan."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from deliberation.meetings import policy, rows, states, telling
from deliberation.meetings.plans import FIXED, Plan
from deliberation.models import Meeting

#: Who is named decides in somebody's name, so only who may call the meeting names them.
_NAMED = ("chair", "note_taker")


@transaction.atomic
def plan(*, meeting_id: UUID, actor: Person, fields: Mapping[str, Any], version: int | None = None) -> tuple[Meeting, bool]:
    """Plan a meeting under the caller's own UUID, or change one that stands. Returns it and whether it is new.

    `fields`: kind, region (code), plan_year, agency (key) that never change again; title, purpose, place, hamlet, online_address,
    starts_at and ends_at (aware), chair and note_taker (user names), chair_name, note_taker_name, letter_number. The same plan
    again changes nothing. A change needs the `version` that was read: 409 where another came between.
    """
    before = Meeting.objects.filter(pk=meeting_id).exists()
    return (_change(meeting_id, actor, fields, version), False) if before else _make(meeting_id, actor, fields)


def _make(meeting_id: UUID, actor: Person, fields: Mapping[str, Any]) -> tuple[Meeting, bool]:
    agency = fields.get("agency")
    kind, region = str(fields.get("kind", "")), str(fields.get("region", ""))
    allowed = policy.may_convene(actor, kind, region, agency if isinstance(agency, int) else None).or_refuse()
    values = {**Plan(fields).read(), "convened_by": actor, "convened_role": allowed.role}
    made = Meeting(pk=meeting_id, created_at=clock.now(), changed_at=clock.now(), **values)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        # the same UUID at this very moment: whoever came second finds the meeting there
        return _change(meeting_id, actor, fields, None), False
    telling.journal(made, actor=actor, role=allowed.role, verb="plan", changes=_told(values))
    telling.tell_stage(made)
    return made, True


def _change(meeting_id: UUID, actor: Person, fields: Mapping[str, Any], version: int | None) -> Meeting:
    meeting = rows.locked_meeting(meeting_id)
    allowed = policy.may_run(actor, meeting).or_refuse()
    _same_frame(meeting, fields)
    values = Plan(fields, standing=meeting).read()
    changed = {name: value for name, value in values.items() if getattr(meeting, name) != value}
    if not changed:
        return meeting
    _may_change(meeting, actor, changed, version)
    old = {name: getattr(meeting, name) for name in changed}
    for name, value in changed.items():
        setattr(meeting, name, value)
    meeting.version, meeting.changed_at = meeting.version + 1, clock.now()
    meeting.replanned_at = meeting.changed_at
    meeting.save(update_fields=[*changed, "version", "changed_at", "replanned_at"])
    told = {name: [_plain(old[name]), _plain(value)] for name, value in changed.items()}
    telling.journal(meeting, actor=actor, role=allowed.role, verb="change", changes=told)
    telling.tell_stage(meeting)
    return meeting


def _may_change(meeting: Meeting, actor: Person, changed: Mapping[str, Any], version: int | None) -> None:
    if meeting.state not in states.CHANGEABLE:
        policy.not_over(meeting).or_refuse()
        raise Conflict(_("The meeting is in session. Adjourn it to change its plan."), code="in_session")
    if version != meeting.version:
        raise Conflict(_("Someone changed this meeting meanwhile. See what changed before you save."), code="version")
    named = [name for name in _NAMED if name in changed]
    if named and not policy.may_convene(actor, meeting.kind, meeting.region_id, meeting.agency_id):
        raise Invalid({name: [_("Only those who may call this meeting name its chair and its note-taker.")] for name in named})


def _same_frame(meeting: Meeting, fields: Mapping[str, Any]) -> None:
    """Kind, place and year of a meeting are what it is; sent along they must be the same."""
    standing = {"kind": meeting.kind, "region": meeting.region_id, "plan_year": meeting.cycle.plan_year, "agency": meeting.agency_id}
    wrong = [name for name in FIXED if name in fields and fields[name] not in (None, "", standing[name])]
    if wrong:
        raise Invalid({name: [_("This cannot be changed any more: plan another meeting and cancel this one.")] for name in wrong})


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in values.items() if value not in (None, "")}


def _plain(value: Any) -> Any:
    if isinstance(value, User):
        return value.username
    return value.pk if hasattr(value, "pk") else value
