"""Who has voted, and what was voted: two tables that share nothing but the ballot (docs/decisions/0170)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from deliberation.ballots.words import VoteChannel
from deliberation.models.ballot import Ballot
from deliberation.models.roll import Attendance, Mandate
from geo.models import Region


class VoterMark(models.Model):
    """That one person has voted on one ballot, and by which channel; with the day and no time, and not what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="marks")
    #: A person with an account; on paper also one without, by the line of the roll, the mandate or the name.
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    attendance = models.ForeignKey(Attendance, models.PROTECT, null=True, blank=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    #: `name` as it is compared, with what tells two people of one name apart.
    name_key = models.CharField(max_length=200, blank=True)
    village = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=8, choices=VoteChannel.choices)
    day = models.DateField()
    marked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["ballot_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ballot", "user"], name="one_vote_per_person_and_ballot"),
            models.UniqueConstraint(fields=["ballot", "attendance"], name="one_vote_per_line_of_the_roll"),
            models.UniqueConstraint(fields=["ballot", "mandate"], name="one_vote_per_mandate"),
            models.UniqueConstraint(fields=["ballot", "village", "name_key"], condition=~Q(name_key=""), name="one_paper_vote_per_name_and_village"),
            models.CheckConstraint(condition=Q(channel="paper") | Q(user__isnull=False), name="who_votes_online_has_an_account"),
            models.CheckConstraint(condition=Q(channel="online") | Q(marked_by__isnull=False), name="somebody_marks_a_paper_voter"),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.channel}"


class Vote(models.Model):
    """What was voted. Of a secret ballot it names nobody: a random key, no time, no order, no village."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="votes")
    is_secret = models.BooleanField(default=True)
    #: Only where the ballot is open, and its voter was online.
    voter = models.OneToOneField(VoterMark, models.PROTECT, null=True, blank=True, related_name="vote")
    channel = models.CharField(max_length=8, choices=VoteChannel.choices)
    #: `[[candidate number, value]]` by number: 1 for a mark, the place for a rank, the points; empty is an abstention.
    marks = models.JSONField(default=list)
    #: SHA-256 of the receipt's code; a paper ballot has none.
    receipt_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["ballot_id", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(is_secret=False) | Q(voter__isnull=True), name="a_secret_vote_names_nobody"),
            models.CheckConstraint(condition=Q(is_secret=True) | Q(channel="paper") | Q(voter__isnull=False), name="an_open_vote_names_its_voter"),
            # a form answers one vote: two voters never hold the same receipt
            models.UniqueConstraint(fields=["ballot", "receipt_sha256"], condition=~Q(receipt_sha256=""), name="one_vote_per_receipt"),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.channel}"
