"""One verified resident's support of one proposal."""

from typing import ClassVar

from django.db import models

from accounts.models import Residency, User
from proposals.models import Proposal


class Support(models.Model):
    """Support is advice, not a ballot. Withdrawing deletes the row; the journal remembers both."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="support_rows")
    user = models.ForeignKey(User, models.PROTECT, related_name="supports")
    residency = models.ForeignKey(Residency, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["proposal_id", "at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "user"], name="one_support_per_citizen_and_proposal")]

    def __str__(self) -> str:
        return f"{self.user_id} supports {self.proposal_id}"
