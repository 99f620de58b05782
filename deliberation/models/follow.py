"""Who wants to hear about what."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from geo.models import Region
from proposals.models import Proposal
from proposals.words import Sector


class Follow(models.Model):
    """One person follows one proposal, or a region with all below it, or one sector there. Ending it deletes the row."""

    user = models.ForeignKey(User, models.CASCADE, related_name="follows")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, blank=True, related_name="followers")
    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="followers")
    sector = models.CharField(max_length=16, choices=Sector.choices, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["user_id", "-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(proposal__isnull=False, region__isnull=True, sector="") | Q(proposal__isnull=True, region__isnull=False),
                name="a_person_follows_a_proposal_or_a_region",
            ),
            models.UniqueConstraint(fields=["proposal", "user"], name="one_follow_a_person_and_proposal"),
            models.UniqueConstraint(fields=["region", "sector", "user"], name="one_follow_a_person_region_and_sector"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.proposal_id or self.region_id} {self.sector}".strip()
