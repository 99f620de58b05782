"""Paper ballots: batches from the box, each typed by two people who do not see each other's rows."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from deliberation.ballots.words import BatchState
from deliberation.models.ballot import Ballot


class PaperBatch(models.Model):
    """A heap of numbered paper ballots. It counts once, when both typings agree row by row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="batches")
    label = models.CharField(max_length=80)
    #: Sheets in the heap as counted by hand, before anybody typed.
    sheets = models.PositiveIntegerField()
    #: Drawn unread from the box because more lay in it than people had voted, and why.
    set_aside = models.PositiveIntegerField(default=0)
    set_aside_reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=BatchState.choices, default=BatchState.TYPING)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    counted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    counted_at = models.DateTimeField(null=True, blank=True)
    #: Rows that a third look decided, and ballots that were not valid.
    differences = models.PositiveIntegerField(default=0)
    invalid = models.PositiveIntegerField(default=0)
    #: Sheets of a later count by hand, where there was one.
    recounted = models.PositiveIntegerField(null=True, blank=True)
    recount_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["ballot_id", "label"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ballot", "label"], name="one_batch_per_label_and_ballot"),
            models.CheckConstraint(condition=Q(set_aside=0) | ~Q(set_aside_reason=""), name="sheets_set_aside_say_why"),
            models.CheckConstraint(condition=~Q(state="counted") | Q(counted_by__isnull=False), name="a_counted_batch_says_who_counted"),
        ]

    def __str__(self) -> str:
        return self.label


class Typing(models.Model):
    """One person's typing of a batch: a row for each sheet. `is_third` is the look that decides rows which differ."""

    batch = models.ForeignKey(PaperBatch, models.CASCADE, related_name="typings")
    typist = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_third = models.BooleanField(default=False)
    #: As typed, one line a sheet, by its number.
    rows = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["batch_id", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "typist"], name="nobody_types_a_batch_twice"),
            models.UniqueConstraint(fields=["batch"], condition=Q(is_third=True), name="one_third_look_per_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.typist_id}"
