"""Every version of a proposal, whole: what stood, what changed, who changed it and for whom. Append-only."""

from typing import ClassVar

from django.db import models

from accounts.models import User
from proposals.models.proposal import Proposal


class ProposalVersion(models.Model):
    """The content of a proposal after one change. `content` holds the fields by their names, `changed` those that differ."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=40)
    content = models.JSONField()
    changed = models.JSONField(default=list)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, blank=True)
    on_behalf_of = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["proposal_id", "version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "version"], name="one_row_per_version_of_a_proposal")]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.version}"
