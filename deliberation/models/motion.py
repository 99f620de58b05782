"""Motions: a sentence that a meeting answers with yes, no or abstention, by raised hands or in secret."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from deliberation.models.meeting import AgendaItem, Meeting
from deliberation.models.roll import Attendance


class Manner(models.TextChoices):
    """How a motion is voted on."""

    HANDS = "hands", _("Show of hands")
    SECRET = "secret", _("Secret vote")


class MotionState(models.TextChoices):
    """How a motion stands. The chair opens and closes it."""

    WAITING = "waiting", _("Not opened yet")
    OPEN = "open", _("Open for voting")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Choice(models.TextChoices):
    """What one vote says."""

    FOR = "for", _("In favour")
    AGAINST = "against", _("Against")
    ABSTAIN = "abstain", _("Abstain")


class Motion(models.Model):
    """What is voted on. `result` is written once, at the close; before, nobody is told how it stands."""

    #: The writer's own UUID: a motion put twice over a bad line is one.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="motions")
    #: The item, and with it its proposal; null for a motion on the procedure.
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="motions")
    text = models.CharField(max_length=400)
    manner = models.CharField(max_length=8, choices=Manner.choices)
    state = models.CharField(max_length=12, choices=MotionState.choices, default=MotionState.WAITING)
    put_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    #: Votes given by button so far: turnout, never what they say.
    cast = models.PositiveIntegerField(default=0)
    #: What the note-taker counted in the hall; null until it was typed.
    hall_for = models.PositiveIntegerField(null=True, blank=True)
    hall_against = models.PositiveIntegerField(null=True, blank=True)
    hall_abstain = models.PositiveIntegerField(null=True, blank=True)
    hall_counted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    #: `{"for": {"hall", "online"}, "against": …, "abstain": …, "carried"}`, votes; `{"together"}` where a channel of a secret vote is small.
    result = models.JSONField(null=True, blank=True)
    #: Who was there at the close (`roll.reading.snapshot`).
    presence = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["meeting_id", "put_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="open"), name="one_motion_open_per_meeting"),
            models.CheckConstraint(condition=~Q(state__in=["open", "closed"]) | Q(opened_at__isnull=False), name="a_motion_voted_on_was_opened"),
            models.CheckConstraint(
                condition=(Q(state="closed") & Q(closed_at__isnull=False, result__isnull=False)) | (~Q(state="closed") & Q(result__isnull=True)),
                name="a_result_belongs_to_a_closed_motion",
            ),
            models.CheckConstraint(
                condition=Q(hall_for__isnull=True, hall_against__isnull=True, hall_abstain__isnull=True, hall_counted_by__isnull=True)
                | Q(hall_for__isnull=False, hall_against__isnull=False, hall_abstain__isnull=False, hall_counted_by__isnull=False),
                name="the_hall_is_counted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text[:40]} {self.state}"


class Hand(models.Model):
    """A hand raised by button in an open vote; it may be changed until the motion closes."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="hands")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="hands")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["motion", "attendance"], name="one_hand_per_motion_and_person")]

    def __str__(self) -> str:
        return f"{self.motion_id} {self.choice}"


class SecretVoter(models.Model):
    """That somebody voted in secret; not what, not when. The random key keeps no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    motion = models.ForeignKey(Motion, models.PROTECT, related_name="secret_voters")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["motion", "attendance"], name="one_secret_vote_per_motion_and_person")]

    def __str__(self) -> str:
        return f"{self.motion_id} {self.attendance_id}"


class SecretVote(models.Model):
    """What somebody voted in secret; not who, not when. The random key keeps no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    motion = models.ForeignKey(Motion, models.PROTECT, related_name="secret_votes")
    choice = models.CharField(max_length=8, choices=Choice.choices)

    def __str__(self) -> str:
        return f"{self.motion_id} {self.choice}"
