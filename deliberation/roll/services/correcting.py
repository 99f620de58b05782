"""What is wrong on the roll is put right: a line corrected, struck, merged with its twin, told from its namesake."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from accounts.text import clean
from deliberation.masking import masked
from deliberation.models import Attendance, Meeting, Presence
from deliberation.roll import policy, telling
from deliberation.roll.content import Line, read, regions_below
from deliberation.roll.names import key
from deliberation.roll.rows import line_of, locked_meeting
from deliberation.roll.stays import Stay, union
from deliberation.roll.votes import go_along

REASON_SHORTEST = 10


@transaction.atomic
def correct(*, meeting_id: UUID, line_id: UUID, actor: Person, version: int, sent: Mapping[str, Any]) -> Attendance:
    """Write a line anew; the journal keeps what stood there. `version` guards against two who correct it at once (409)."""
    meeting = locked_meeting(meeting_id)
    allowed = policy.may_write(actor, meeting).or_refuse()
    row = line_of(meeting, line_id)
    before, after = Line.of(row), read(sent, meeting, regions_below(meeting))
    if before == after:
        return row
    if row.version != version:
        raise Conflict(_("Someone corrected this line meanwhile. See what changed before you save."), code="version")
    Attendance.objects.filter(pk=row.pk).update(name_key=key(after.name), version=row.version + 1, **after.columns())
    row.refresh_from_db()
    was, now = asdict(before), asdict(after)
    changes = {name: [was[name], now[name]] for name in was if was[name] != now[name]}
    _tell(row, meeting, by=(actor, allowed.role), verb="correct", changes=changes)
    return row


@transaction.atomic
def strike(*, meeting_id: UUID, line_id: UUID, actor: Person, reason: str) -> Attendance:
    """Strike a line with a reason; it stays, crossed out, and counts no more. Striking again changes nothing."""
    meeting = locked_meeting(meeting_id)
    allowed = policy.may_write(actor, meeting).or_refuse()
    struck = Attendance.objects.filter(meeting=meeting, pk=line_id, struck_at__isnull=False).first()
    if struck is not None:
        return struck
    row = line_of(meeting, line_id)
    reason = masked(clean(reason, field="reason", max_length=300, min_length=REASON_SHORTEST))
    _cross_out(row, actor, reason)
    _tell(row, meeting, by=(actor, allowed.role), verb="strike", changes={}, reason=reason)
    return row


@transaction.atomic
def merge(*, meeting_id: UUID, line_id: UUID, into: int, actor: Person) -> Attendance:
    """Two lines are one person: the line goes into the one numbered `into`, with its stays and what only it knew.

    Returns the line that stays. Raises Conflict where both belong to accounts of different people; merging again changes nothing.
    """
    meeting = locked_meeting(meeting_id)
    allowed = policy.may_write(actor, meeting).or_refuse()
    kept = Attendance.objects.filter(meeting=meeting, number=into, struck_at__isnull=True).first()
    if kept is None or kept.pk == line_id:
        raise Invalid({"into": [_("Choose the other line of this person.")]})
    if Attendance.objects.filter(pk=line_id, merged_into=kept).exists():
        return kept
    row = line_of(meeting, line_id)
    if row.user_id and kept.user_id and row.user_id != kept.user_id:
        raise Conflict(_("These two lines belong to two accounts. Strike the wrong one, with the reason."), code="two_accounts")
    _cross_out(row, actor, _("The same person as number %(number)d.") % {"number": kept.number}, kept)
    _fill(kept, row)
    _join(kept, row)
    go_along(row, kept)
    _tell(row, meeting, by=(actor, allowed.role), verb="merge", changes={"into": kept.number})
    return kept


@transaction.atomic
def tell_apart(*, meeting_id: UUID, line_id: UUID, actor: Person) -> Attendance:
    """The line is not the person of another line with this name: it is not asked about again."""
    meeting = locked_meeting(meeting_id)
    allowed = policy.may_write(actor, meeting).or_refuse()
    row = line_of(meeting, line_id)
    if not row.is_namesake:
        row.is_namesake = True
        row.save(update_fields=["is_namesake"])
        entry = telling.entry(row, meeting, actor=actor, role=allowed.role, verb="tell_apart", changes={})
        audit.record_all([entry])
    return row


def _cross_out(row: Attendance, actor: Person, reason: str, into: Attendance | None = None) -> None:
    row.struck_at, row.struck_by, row.struck_reason, row.merged_into = clock.now(), actor, reason, into  # type: ignore[assignment]
    row.save(update_fields=["struck_at", "struck_by", "struck_reason", "merged_into"])


def _fill(kept: Attendance, row: Attendance) -> None:
    """What only the merged line knew."""
    names = ("user_id", "mandate_id", "region_id", "address", "institution", "is_young", "is_disabled")
    learnt = {name: getattr(row, name) for name in names if getattr(row, name) and not getattr(kept, name)}
    Attendance.objects.filter(pk=kept.pk).update(version=kept.version + 1, **learnt)
    kept.refresh_from_db()


def _join(kept: Attendance, row: Attendance) -> None:
    told = Presence.objects.filter(attendance__in=[kept, row]).values_list("mode", "arrived_at", "left_at", "heard_at")
    joined = union([Stay(*stay) for stay in told])
    Presence.objects.filter(attendance=kept).delete()
    Presence.objects.bulk_create(
        Presence(attendance=kept, mode=stay.mode, arrived_at=stay.arrived_at, left_at=stay.left_at, heard_at=stay.heard_at) for stay in joined
    )


def _tell(row: Attendance, meeting: Meeting, *, by: tuple[Person, str], verb: str, changes: dict[str, Any], reason: str = "") -> None:
    actor, role = by
    audit.record_all([telling.entry(row, meeting, actor=actor, role=role, verb=verb, changes=changes, reason=reason)])
    telling.announce(meeting)
