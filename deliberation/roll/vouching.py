"""Whose line nobody vouches for: who put themselves on the roll, and neither note-taker, door, mandate, office nor village says who that is."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable

from accounts import clock
from accounts.models import Residency
from accounts.scope import held_on
from deliberation.models import Meeting, Presence
from deliberation.words import RollSource
from geo import codes


def unvouched(meeting: Meeting) -> Combinable | Q:
    """For stays (`Presence`) of the meeting: the same rule as `votes.is_vouched`, for all of them in their own query."""
    line, user, region = OuterRef("attendance_id"), OuterRef("attendance__user_id"), meeting.region_id
    lives = Q(village_id=region) | Q(village__code__startswith=f"{region}.")
    stays = Presence.objects.filter(attendance_id=line, heard_at__isnull=True)
    homes = Residency.objects.filter(lives, user_id=user, status=Residency.Status.CONFIRMED)
    offices = held_on(clock.today()).filter(user_id=user, region__in=codes.lineage(region))
    alone = Q(attendance__source=RollSource.SELF, attendance__mandate__isnull=True)
    return alone & ~Exists(stays) & ~Exists(homes) & ~Exists(offices)
