"""Whose authority a kind of work is, as a kabupaten's plan year has it, and what an official decided differently from the law's answer."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from budgeting.models.ceiling import FundingSource
from budgeting.routes.words import Authority, Target
from proposals.models import Cycle, Proposal
from proposals.words import Sector

BASIS_LONGEST = 300


class AuthorityRule(models.Model):
    """Which level of government a work belongs to: one work of the dictionary by its code, or a whole sector where the code is empty.

    By the code, not by the row: an entry whose price changes gets a successor under the same code, and a new year has rows of its own.
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="authorities")
    sector = models.CharField(max_length=16, choices=Sector.choices, blank=True)
    work_code = models.CharField(max_length=40, blank=True)
    authority = models.CharField(max_length=12, choices=Authority.choices)
    #: Stands on the menu of the Special Allocation Fund of this year.
    on_menu = models.BooleanField(default=False)
    legal_basis = models.CharField(max_length=BASIS_LONGEST, blank=True)
    #: A default that nobody of the kabupaten has confirmed yet has none.
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["cycle_id", "sector", "work_code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "work_code"], condition=~Q(work_code=""), name="one_authority_per_work_of_a_year"),
            models.UniqueConstraint(fields=["cycle", "sector"], condition=Q(work_code=""), name="one_authority_per_sector_of_a_year"),
            models.CheckConstraint(condition=~Q(work_code="") | ~Q(sector=""), name="an_authority_is_of_a_work_or_a_sector"),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True) | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="a_verified_authority_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.work_code or self.sector}: {self.authority}"


class RouteDecision(models.Model):
    """A route that an official chose for a proposal, beside what the law's table answered then. Append-only; the newest rules."""

    #: The writer's own UUID: the same decision sent twice is one.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="route_decisions")
    turn = models.PositiveIntegerField()
    target = models.CharField(max_length=12, choices=Target.choices)
    funding_source = models.CharField(max_length=24, choices=FundingSource.choices)
    #: What stood against it: the code of the row of the table.
    suggested = models.CharField(max_length=24)
    reason = models.CharField(max_length=500)
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_role = models.CharField(max_length=24)
    signed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["proposal_id", "turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "turn"], name="one_route_decision_per_turn_of_a_proposal"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_chosen_route_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.turn}: {self.target} {self.funding_source}"
