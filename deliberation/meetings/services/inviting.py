"""Inviting: the notice on the region's page, and word to those who follow it, speak for it or hold an office there."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts import clock
from accounts.scope import Person, held_on
from deliberation.meetings import policy, rows, telling
from deliberation.models import Mandate, Meeting
from deliberation.notices.telling import tell_followers
from geo import codes


@transaction.atomic
def invite(*, meeting_id: UUID, actor: Person) -> Meeting:
    """Invite to a meeting that is planned or adjourned; again only after its plan has changed, otherwise nothing happens twice."""
    meeting = rows.locked_meeting(meeting_id)
    allowed = policy.may_run(actor, meeting).or_refuse()
    policy.not_over(meeting).or_refuse()
    if meeting.invitation_stands:
        return meeting
    again = meeting.invited_at is not None
    meeting.invited_at = meeting.changed_at = clock.now()
    meeting.version += 1
    meeting.save(update_fields=["invited_at", "changed_at", "version"])
    people = called(meeting)
    telling.journal(meeting, actor=actor, role=allowed.role, verb="invite", changes={"people": len(people), "again": again})
    tell_followers(
        kind="invitation",
        key=f"invitation:{meeting.pk}:{meeting.version}",
        path=reverse("meeting_invitation", args=[meeting.pk]),
        also=people,
        facts={"meeting": meeting.title, "when": meeting.starts_at.isoformat(), "place": meeting.place},
        actor=actor,
        region_code=meeting.region_id,
    )
    telling.tell_stage(meeting)
    return meeting


def called(meeting: Meeting) -> list[int]:
    """Keys of those who are invited by name: delegates, and who holds an office in the region, below it or one level above."""
    there = Q(region__in=codes.lineage(meeting.region_id)[-2:]) | Q(region__code__startswith=f"{meeting.region_id}.")
    offices = held_on(clock.today()).filter(there, user__is_active=True)
    of_the_region = offices.filter(Q(agency__isnull=True) | Q(agency=meeting.agency)).values_list("user_id", flat=True)
    mandates = Mandate.objects.filter(cycle=meeting.cycle, stage=meeting.stage or None, ended_at__isnull=True, user__isnull=False)
    delegates = mandates.filter(Q(region=meeting.region_id) | Q(region__code__startswith=f"{meeting.region_id}.")).values_list("user_id", flat=True)
    named = [key for key in (meeting.chair_id, meeting.note_taker_id) if key]
    return sorted({*of_the_region, *(key for key in delegates if key), *named})
