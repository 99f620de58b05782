"""What a meeting decided about a proposal, and the order it agreed on."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Agency, User
from deliberation.models.meeting import AgendaItem, Meeting
from deliberation.words import Method
from proposals.models import Proposal, Recommendation
from proposals.words import ReasonCode


class Decision(models.Model):
    """One item of the record. Made once with the move it caused; a correction is a later decision or an addendum."""

    #: The writer's own UUID: the same decision sent twice from a hall without signal is one.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="decisions")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="decisions")
    #: The item's number in the record: 1, 2, 3 within a meeting, without gaps.
    number = models.PositiveIntegerField()
    #: A move of `proposals.stages`: forward, forward_adjusted, return, reserve, reject, reroute, merge.
    move = models.CharField(max_length=20)
    volume = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    reason_code = models.CharField(max_length=32, choices=ReasonCode.choices, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    responsible = models.CharField(max_length=160, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    target = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    method = models.CharField(max_length=12, choices=Method.choices, default=Method.CONSENSUS)
    #: Who was there at that moment (`roll.snapshot`): totals, hall and online, women, elements, quorum.
    presence = models.JSONField(default=dict)
    #: The step that this decision made on the proposal's road.
    step = models.OneToOneField(Recommendation, models.PROTECT, related_name="decision")
    #: In whose name it was decided, and the role that the law asked for at that stage.
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    #: Who wrote it down: the same person, the chair or the note-taker.
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    #: When the hall decided, by the device's clock where it was captured without signal; `recorded_at` is the server's.
    decided_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["meeting_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_decision_per_number_of_a_record"),
            models.CheckConstraint(condition=Q(number__gt=0), name="decisions_are_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number} {self.move}"


class Ranking(models.Model):
    """The place that a meeting gave a proposal. It is authoritative; leaving the computed order carries its sentence."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="ranking")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="rankings")
    place = models.PositiveIntegerField()
    #: The place that scores gave it, where there are any; kept as it was then.
    computed_place = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["meeting_id", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "proposal"], name="one_place_per_meeting_and_proposal"),
            models.UniqueConstraint(fields=["meeting", "place"], name="one_proposal_per_place_of_a_ranking", deferrable=models.Deferrable.DEFERRED),
            models.CheckConstraint(
                condition=Q(computed_place__isnull=True) | Q(computed_place=models.F("place")) | ~Q(reason=""),
                name="leaving_the_computed_order_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.place}. {self.proposal_id}"
