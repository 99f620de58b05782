"""A ballot, what stands on it, and the files with which anybody recounts it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from deliberation.ballots.words import BallotKind, BallotScope, BallotState, FileKind, Secrecy
from deliberation.models.meeting import Meeting
from geo.models import Region
from proposals.models import Cycle, Proposal


class Ballot(models.Model):
    """One question put to the vote. Opening freezes its rules and candidates; only drafts change."""

    #: The maker's own UUID: the same draft sent twice is one.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="ballots")
    region = models.ForeignKey(Region, models.PROTECT, related_name="ballots")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="ballots")
    scope = models.CharField(max_length=12, choices=BallotScope.choices)
    title = models.CharField(_("title"), max_length=160)
    purpose = models.TextField(_("what it is about"), max_length=2000, blank=True)
    kind = models.CharField(max_length=12, choices=BallotKind.choices)
    secrecy = models.CharField(max_length=8, choices=Secrecy.choices, default=Secrecy.SECRET)
    #: At most so many marks (approval) or places (ranking).
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    #: Rupiah: what a knapsack holds; elsewhere the money that the question is about, if any.
    budget = models.BigIntegerField(null=True, blank=True)
    #: Points of one voter in all, and for one candidate.
    points_total = models.PositiveSmallIntegerField(null=True, blank=True)
    points_each = models.PositiveSmallIntegerField(null=True, blank=True)
    #: Whether everybody sees while it runs how many have voted, by channel. What was voted is never shown before the close.
    shows_turnout = models.BooleanField(default=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=BallotState.choices, default=BallotState.DRAFT)
    #: Frozen at opening: `{"candidates": [[number, title, cost, village code, village]], "sha256"}`; `withdrawn` grows alone.
    frozen = models.JSONField(default=dict, blank=True)
    withdrawn = models.JSONField(default=list, blank=True)
    #: How many might vote when it closed.
    entitled = models.PositiveIntegerField(null=True, blank=True)
    #: Standing and turnout as they were published.
    result = models.JSONField(default=dict, blank=True)
    convened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    convened_role = models.CharField(max_length=24)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_reason = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    #: The first of two people who annul it, and why.
    annul_asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    annul_reason = models.CharField(max_length=300, blank=True)
    annulled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    annulled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-closes_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="a_ballot_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(scope="residents") | Q(meeting__isnull=False), name="a_ballot_of_a_meeting_names_it"),
            models.CheckConstraint(
                condition=~Q(kind__in=["approval", "ranking"]) | Q(most__gt=0, most__isnull=False), name="marks_and_places_have_a_limit"
            ),
            models.CheckConstraint(condition=~Q(kind="knapsack") | Q(budget__gt=0, budget__isnull=False), name="a_knapsack_has_a_budget"),
            models.CheckConstraint(
                condition=~Q(kind="points")
                | Q(points_total__gt=0, points_each__gt=0, points_total__isnull=False, points_each__isnull=False, points_each__lte=F("points_total")),
                name="points_have_both_limits",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "published"]) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="a_closed_ballot_says_who_closed_it",
            ),
            models.CheckConstraint(
                condition=~Q(state="annulled")
                | (Q(annulled_by__isnull=False, annul_asked_by__isnull=False) & ~Q(annul_reason="") & ~Q(annulled_by=F("annul_asked_by"))),
                name="two_people_annul_a_ballot_with_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-closes_at", "id"], name="ballots_by_state"),
            models.Index(fields=["region", "-closes_at", "id"], name="ballots_of_a_region"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_secret(self) -> bool:
        """Whether nobody may know who voted for what."""
        return self.secrecy == Secrecy.SECRET

    def takes_votes(self, now: object) -> bool:
        """Whether a vote at this moment of the server's clock counts: from `opens_at` on, and before `closes_at`."""
        return self.state == BallotState.OPEN and self.opens_at <= now < self.closes_at  # type: ignore[operator]


class Candidate(models.Model):
    """A proposal that stands on a ballot. Title, cost and village are those of the opening, kept in `Ballot.frozen`."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="candidates")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="candidacies")
    number = models.PositiveSmallIntegerField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["ballot_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ballot", "number"], name="one_candidate_per_number_of_a_ballot"),
            models.UniqueConstraint(fields=["ballot", "proposal"], name="a_proposal_stands_once_on_a_ballot"),
            models.CheckConstraint(condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="a_withdrawn_candidate_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.number}"


class BallotFile(models.Model):
    """A published file, byte for byte: its fingerprint stands on the page and in the journal."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=16, choices=FileKind.choices)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["ballot_id", "kind"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["ballot", "kind"], name="one_file_per_kind_and_ballot")]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.kind}"
