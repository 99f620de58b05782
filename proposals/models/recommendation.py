"""Each step on a proposal's road, with what that level recommended. Append-only."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from proposals.models.proposal import Proposal
from proposals.words import STAGE_WORDS, ReasonCode


class Recommendation(models.Model):
    """A move that was made: from where to where, by whom, in which role, with which text, volume and amount."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="recommendations")
    move = models.CharField(max_length=20)
    #: The level that spoke: the stage the proposal stood at.
    stage = models.CharField(max_length=12, choices=[(stage.value, word) for stage, word in STAGE_WORDS.items()])
    outcome_before = models.CharField(max_length=12)
    stage_after = models.CharField(max_length=12)
    outcome_after = models.CharField(max_length=12)
    reason_code = models.CharField(max_length=32, choices=ReasonCode.choices, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    #: Who answers for it: the body that a refused villager can turn to.
    responsible = models.CharField(_("body responsible"), max_length=160, blank=True)
    volume = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    target = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    decided_at = models.DateTimeField()
    #: When a device without signal captured it, put right by the server's clock; `late_sync`: it arrived after the end, within the grace.
    captured_at = models.DateTimeField(null=True, blank=True)
    late_sync = models.BooleanField(default=False)
    #: The proposal's version after this step.
    version = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["proposal_id", "version", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "version"], name="one_step_per_version_of_a_proposal")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.move}"
