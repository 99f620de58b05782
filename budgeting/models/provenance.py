"""What is said about a line of the budget that nobody proposed: a statement of its origin, a village's claim that it is its proposal."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from budgeting.models.work import FundedWork
from budgeting.words import Origin
from proposals.models import Proposal

STATEMENT_SHORTEST = 20
WORDS_LONGEST = 1000


class OriginStatement(models.Model):
    """Where a line without a proposal comes from, told after it was entered: by whom, resting on what. Append-only; the newest rules.

    `turn` counts the statements of a work; with it the database itself lets only one of two at once through.
    """

    #: The writer's own UUID: the same statement sent twice is one.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    work = models.ForeignKey(FundedWork, models.PROTECT, related_name="origin_statements")
    turn = models.PositiveIntegerField()
    origin = models.CharField(max_length=16, choices=Origin.choices)
    #: What the line was told to be until then.
    origin_before = models.CharField(max_length=16, choices=Origin.choices)
    reference = models.CharField(max_length=200)
    words = models.CharField(max_length=WORDS_LONGEST)
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_role = models.CharField(max_length=24)
    said_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["work_id", "turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["work", "turn"], name="one_statement_per_turn_of_a_work"),
            models.CheckConstraint(condition=Q(origin__in=["council", "agency", "mandatory"]), name="a_statement_names_an_origin_without_a_proposal"),
            models.CheckConstraint(condition=~Q(reference=""), name="a_statement_says_what_it_rests_on"),
        ]

    def __str__(self) -> str:
        return f"{self.work_id} {self.turn}: {self.origin}"


class OriginClaim(models.Model):
    """Somebody points out that a line that nobody proposed is a proposal of the register; a second person agrees or not."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("waits for a second person")
        CONFIRMED = "confirmed", _("agreed by a second person")
        REFUSED = "refused", _("not the same")
        WITHDRAWN = "withdrawn", _("taken back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    work = models.ForeignKey(FundedWork, models.PROTECT, related_name="origin_claims")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="origin_claims")
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    words = models.CharField(max_length=WORDS_LONGEST)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_role = models.CharField(max_length=24)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_role = models.CharField(max_length=24, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=WORDS_LONGEST, blank=True)
    #: What the line was told to be before the claim was confirmed.
    origin_before = models.CharField(max_length=16, choices=Origin.choices, blank=True)

    class Meta:
        ordering: ClassVar = ["work_id", "asked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["work", "proposal"], condition=Q(state="open"), name="one_open_claim_per_work_and_proposal"),
            models.UniqueConstraint(fields=["work"], condition=Q(state="confirmed"), name="one_confirmed_claim_per_work"),
            models.UniqueConstraint(fields=["proposal"], condition=Q(state="confirmed"), name="one_confirmed_claim_per_proposal"),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="a_decided_claim_says_by_whom",
            ),
            models.CheckConstraint(condition=~Q(state="confirmed") | ~Q(decided_by=F("asked_by")), name="a_claim_is_confirmed_by_a_second_person"),
        ]
        indexes: ClassVar = [models.Index(fields=["asked_at", "id"], condition=Q(state="open"), name="claims_that_wait")]

    def __str__(self) -> str:
        return f"{self.work_id} {self.proposal_id} {self.state}"
