"""What a person decided differently from the rule: signed, with a reason that everybody reads."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from budgeting.models.run import AllocationLine, AllocationRun
from proposals.models import Proposal

REASON_SHORTEST = 20


class Override(models.Model):
    """One line of a run turned by hand. The line itself stays as the rule gave it; what counts is both together.

    Whoever signs an override may not publish the run. Withdrawn ones stay readable.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    run = models.ForeignKey(AllocationRun, models.PROTECT, related_name="overrides")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="overrides")
    verdict = models.CharField(max_length=12, choices=AllocationLine.Verdict.choices)
    #: Whole rupiah that it is given; 0 where it is taken out.
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_role = models.CharField(max_length=24)
    signed_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["run_id", "signed_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "proposal"], condition=Q(withdrawn_at__isnull=True), name="one_override_in_force_per_line"),
            models.CheckConstraint(
                condition=Q(verdict="funded", amount__gt=0) | Q(verdict="not_funded", amount=0), name="an_override_gives_money_or_takes_it_all"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_override_says_why"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True) | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_withdrawn_override_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.proposal_id} {self.verdict}"
