"""One verified resident's support of one proposal."""

from typing import ClassVar

from django.db import models

from accounts.models import Residency, User
from proposals.models import Proposal


class Support(models.Model):
    """Support is advice, not a ballot. Withdrawing deletes the row; the journal remembers both.

    Where a proposal goes on as another one, its supporters follow (`services.following`): once, however many ways lead there.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="support_rows")
    user = models.ForeignKey(User, models.PROTECT, related_name="supports")
    residency = models.ForeignKey(Residency, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: The proposal whose support this one follows, where nobody pressed here: it was merged, split or carried over.
    via = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["proposal_id", "at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "user"], name="one_support_per_citizen_and_proposal")]

    def __str__(self) -> str:
        return f"{self.user_id} supports {self.proposal_id}"
