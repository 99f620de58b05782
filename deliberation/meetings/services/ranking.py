"""The order in which a meeting forwards its proposals. It is authoritative; leaving the computed order carries its sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from accounts.text import clean
from deliberation.masking import masked
from deliberation.meetings import computed, placing, policy, rows, telling
from deliberation.models import Decision, Meeting, Ranking
from proposals import live

#: As for every reason that citizens read (DOMAIN 6): shorter ones explain nothing.
REASON_SHORTEST = 20


@dataclass(frozen=True)
class Place:
    """One proposal at its place; the order of the list is the order of the places."""

    proposal_id: UUID
    reason: str = ""


@transaction.atomic
def set_order(*, meeting_id: UUID, actor: Person, order: Sequence[Place], version: int) -> Meeting:
    """Set the order of everything that the meeting forwards, and behind it of what it keeps in reserve.

    `version` is `Meeting.ranked` as it was read: 409 where another set the order meanwhile. The same order again changes
    nothing. Where a place differs from the computed one, its reason is asked for. Raises Invalid with a field per proposal
    (`reason-<uuid>`), Conflict where the list is no longer the one that was ordered.
    """
    meeting = rows.locked_meeting(meeting_id)
    allowed = policy.may_decide(actor, meeting).or_refuse()
    policy.not_over(meeting).or_refuse()
    priority, reserve = placing.to_place(meeting)
    decisions = {made.proposal_id: made for made in (*priority, *reserve)}
    ordered = _in_lists(order, decisions)
    places = computed.within(meeting, [made.proposal_id for made in priority], [made.proposal_id for made in reserve])
    wanted = _rows(meeting, ordered, places, actor)
    standing = list(Ranking.objects.filter(meeting=meeting).order_by("place"))
    if _same(standing, wanted):
        return meeting
    if version != meeting.ranked:
        raise Conflict(_("Someone set the order meanwhile. Look at it before you set your own."), code="version")
    Ranking.objects.filter(meeting=meeting).delete()
    Ranking.objects.bulk_create(wanted)
    placing.write_ranks(decisions.values(), {row.proposal_id: row.place for row in wanted})
    meeting.ranked += 1
    meeting.save(update_fields=["ranked"])
    left = [
        {"proposal": str(row.proposal_id), "place": row.place, "computed": row.computed_place, "reason": row.reason} for row in wanted if row.reason
    ]
    told = {"places": [str(row.proposal_id) for row in wanted], "left_computed": left, "version": meeting.ranked}
    telling.journal(meeting, actor=actor, role=allowed.role, verb="rank", changes=told)
    live.announce(meeting.pk, "ranking", {"version": meeting.ranked, "places": len(wanted)})
    return meeting


def _in_lists(order: Sequence[Place], decisions: Mapping[UUID, Decision]) -> list[Place]:
    """The priority list first, the reserve list behind it, each in the order that was sent; raises where it is another list."""
    if len({place.proposal_id for place in order}) != len(order):
        raise Invalid({"order": [_("A proposal stands twice in this order.")]})
    if {place.proposal_id for place in order} != set(decisions):
        raise Conflict(_("The list has changed: something was decided meanwhile. Look at it before you set the order."), code="list")
    return sorted(order, key=lambda place: decisions[place.proposal_id].move in placing.RESERVE)


def _rows(meeting: Meeting, ordered: Sequence[Place], places: Mapping[UUID, int], actor: Any) -> list[Ranking]:
    wrong: dict[str, list[str]] = {}
    found = []
    for place, given in enumerate(ordered, start=1):
        computed_place = places.get(given.proposal_id)
        field, leaves = f"reason-{given.proposal_id}", computed_place is not None and computed_place != place
        try:
            reason = masked(clean(given.reason or "", field=field, max_length=500))
            if leaves and len(reason) < REASON_SHORTEST:
                wrong[field] = [_("Place %(place)d leaves the computed order: say why in at least 20 characters.") % {"place": place}]
        except Invalid as error:
            wrong |= error.fields or {}
            continue
        told = {"proposal_id": given.proposal_id, "place": place, "computed_place": computed_place, "reason": reason if leaves else ""}
        found.append(Ranking(meeting=meeting, set_by=actor, set_at=clock.now(), **told))
    if wrong:
        raise Invalid(wrong)
    return found


def _same(standing: Sequence[Ranking], wanted: Sequence[Ranking]) -> bool:
    def facts(found: Sequence[Ranking]) -> list[tuple[Any, ...]]:
        return [(row.proposal_id, row.place, row.computed_place, row.reason) for row in found]

    return facts(standing) == facts(wanted)
