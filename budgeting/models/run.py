"""Allocation runs: immutable, replayable, published by a second person."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from budgeting.models.ceiling import Ceiling
from deliberation.models import Ballot, Meeting
from proposals.models import Proposal
from proposals.words import STAGE_WORDS


class AllocationRun(models.Model):
    """One calculation of what a ceiling pays for. Inputs are frozen and hashed; the result never changes."""

    class Status(models.TextChoices):
        """Where the calculation is."""

        QUEUED = "queued", _("waiting to be calculated")
        RUNNING = "running", _("being calculated")
        DRAFT = "draft", _("draft, waits for a second person")
        PUBLISHED = "published", _("published")
        FAILED = "failed", _("could not be calculated")
        DISCARDED = "discarded", _("discarded")

    class Step(models.IntegerChoices):
        """What is done of a calculation just now."""

        WAITS = 0, _("waits")
        RULE = 1, _("the rule decides")
        REASONS = 2, _("what would have changed each line is looked for")
        WRITING = 3, _("the list is written down")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ceiling = models.ForeignKey(Ceiling, models.PROTECT, related_name="runs")
    stage = models.CharField(max_length=12, choices=[(stage.value, word) for stage, word in STAGE_WORDS.items()])
    rule = models.CharField(max_length=24)
    options = models.JSONField(default=dict)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.QUEUED)
    #: The frozen problem: budget and projects, as the rule saw them.
    inputs = models.JSONField(default=dict)
    inputs_sha256 = models.CharField(max_length=64, blank=True)
    software_version = models.CharField(max_length=40, blank=True)
    #: Written where a rule breaks ties by lot; empty where its own order is total.
    seed = models.CharField(max_length=64, blank=True)
    #: Whose published anonymous ballots the rule reads, and whose order; both optional.
    ballot = models.ForeignKey(Ballot, models.PROTECT, null=True, blank=True, related_name="runs")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="runs")
    #: What the rule tells about the whole run, for its drawing: shares, payments by group, steps. JSON, part of the result.
    account = models.JSONField(default=dict, blank=True)
    #: What could be allocated when the inputs were frozen, and what the lines add up to.
    budget = models.BigIntegerField(default=0)
    spent = models.BigIntegerField(default=0)
    #: Which step the calculation is at, and how many of `total` lines are decided and explained in the second.
    step = models.PositiveSmallIntegerField(choices=Step.choices, default=Step.WAITS)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    #: When a worker took it up, the last of them where one died over it.
    started_at = models.DateTimeField(null=True, blank=True)
    calculated_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-requested_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | (Q(published_by__isnull=False, published_at__isnull=False) & ~Q(published_by=F("requested_by"))),
                name="a_run_is_published_by_a_second_person",
            ),
            models.CheckConstraint(condition=~Q(status="published") | Q(published_at__isnull=False), name="a_published_run_says_when"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.pk}"


class AllocationLine(models.Model):
    """What the rule decided about one proposal, with a code and the facts its sentence is made of."""

    class Verdict(models.TextChoices):
        """In or out."""

        FUNDED = "funded", _("Funded")
        NOT_FUNDED = "not_funded", _("Not funded")

    run = models.ForeignKey(AllocationRun, models.CASCADE, related_name="lines")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="allocation_lines")
    rank = models.PositiveIntegerField()
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    cost = models.BigIntegerField()
    amount = models.BigIntegerField()
    supports = models.PositiveIntegerField()
    #: `FUNDED_FULL`, `BELOW_LINE` … (DOMAIN 7), with its facts: `short_by`, `remaining`.
    reason_code = models.CharField(max_length=32)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["run_id", "rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "rank"], name="one_line_per_rank_of_a_run"),
            models.UniqueConstraint(fields=["run", "proposal"], name="one_line_per_proposal_of_a_run"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="an_allocated_amount_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.rank} {self.verdict}"
