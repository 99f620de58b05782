"""What a kabupaten's plan year asks for beside the form, and what a village answers where a paper cannot be had."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from proposals.models.attachment import Attachment
from proposals.models.cycle import Cycle
from proposals.models.proposal import Proposal
from proposals.stages import DELIBERATING
from proposals.words import STAGE_WORDS, Sector, WorkKind


class Requirement(models.Model):
    """One paper or photo that is asked for; with a gate it must be there before the proposal leaves that stage or a later one."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="requirements")
    document = models.CharField(max_length=16, choices=Attachment.Kind.choices)
    #: Empty: for every kind of work, for every sector.
    work_kind = models.CharField(max_length=12, choices=WorkKind.choices, blank=True)
    sector = models.CharField(max_length=16, choices=Sector.choices, blank=True)
    #: Empty: only asked for.
    gate_stage = models.CharField(max_length=12, choices=[(stage.value, STAGE_WORDS[stage]) for stage in DELIBERATING], blank=True)
    #: What a village should bring, in plain words.
    hint = models.CharField(max_length=300, blank=True)
    #: A default that nobody of the kabupaten has confirmed yet has none.
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["cycle_id", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "document", "work_kind", "sector"], name="one_requirement_per_document_and_kind_of_work"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.document}"


class NotApplicable(models.Model):
    """A village's answer that a paper cannot be had or is not needed, with the reason that everybody reads."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="not_applicable")
    document = models.CharField(max_length=16, choices=Attachment.Kind.choices)
    reason = models.CharField(max_length=300)
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    #: A decider did not take it, when returning the proposal; then the paper is missing again.
    refused_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["proposal_id", "document"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "document"], name="one_answer_per_proposal_and_document"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_answer_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.document}"
