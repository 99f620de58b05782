"""A meeting and its agenda."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from deliberation.words import ItemKind, ItemState, MeetingKind, MeetingState
from geo.models import Region
from proposals.models import Cycle, Proposal
from proposals.stages import Stage
from proposals.words import STAGE_WORDS


class Meeting(models.Model):
    """One meeting of a plan year: planned, opened, perhaps adjourned, closed by a person. Its id is its live room's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=16, choices=MeetingKind.choices)
    #: Where it is held: the village, the sub-district or the kabupaten.
    region = models.ForeignKey(Region, models.PROTECT, related_name="meetings")
    #: Only an agency forum has one.
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="meetings")
    #: Only a hamlet meeting has one: "Dusun Karya", "RW 03".
    hamlet = models.CharField(max_length=80, blank=True)
    #: The stage whose proposals it decides; empty where it prepares.
    stage = models.CharField(max_length=12, choices=[(stage.value, word) for stage, word in STAGE_WORDS.items()], blank=True)
    title = models.CharField(_("title"), max_length=160)
    purpose = models.TextField(_("what it is about"), max_length=2000, blank=True)
    state = models.CharField(max_length=12, choices=MeetingState.choices, default=MeetingState.PLANNED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(_("place"), max_length=200)
    #: The room for those who are not in the hall: a video call or a radio frequency.
    online_address = models.URLField(max_length=500, blank=True)
    chair_name = models.CharField(_("chair"), max_length=120, blank=True)
    chair = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    note_taker_name = models.CharField(_("note-taker"), max_length=120, blank=True)
    note_taker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    convened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    #: The role in which it was convened.
    convened_role = models.CharField(max_length=24)
    #: Number of the letter of invitation, as the office's book has it.
    letter_number = models.CharField(max_length=60, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    #: When the plan was last changed; a step of the meeting does not change its plan.
    replanned_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    #: Why it was held, or closed, below quorum or quota; shown to all and printed into the record.
    shortfall_reason = models.TextField(max_length=500, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    #: Numbers of decisions given so far; taken under this row's lock.
    decided = models.PositiveIntegerField(default=0)
    #: How often the order of what it forwards was set: guards against two people who set it at once.
    ranked = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-starts_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind=MeetingKind.AGENCY_FORUM) | Q(agency__isnull=True), name="only_an_agency_forum_has_an_agency"),
            models.CheckConstraint(condition=Q(kind=MeetingKind.HAMLET) | Q(hamlet=""), name="only_a_hamlet_meeting_has_a_hamlet"),
            models.CheckConstraint(condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="a_meeting_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "adjourned", "closed"]) | Q(opened_at__isnull=False), name="a_meeting_in_session_was_opened"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False, closed_by__isnull=False), name="a_closed_meeting_says_who_closed_it"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region", "-starts_at", "id"], name="meetings_of_a_region"),
            models.Index(fields=["cycle", "stage", "state"], name="meetings_of_a_stage"),
            models.Index(fields=["state", "starts_at", "id"], name="meetings_by_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_live(self) -> bool:
        """Whether it is in session right now."""
        return self.state == MeetingState.OPEN

    @property
    def invitation_stands(self) -> bool:
        """Whether everybody was invited to the plan as it stands."""
        return self.invited_at is not None and (self.replanned_at is None or self.replanned_at <= self.invited_at)

    @property
    def decides_at(self) -> Stage | None:
        """The stage whose proposals it decides, if any."""
        return Stage(self.stage) if self.stage else None


class AgendaItem(models.Model):
    """One item of a meeting's agenda, in its order; at most one is in hand."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=ItemKind.choices)
    title = models.CharField(max_length=160)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=ItemState.choices, default=ItemState.WAITING)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["meeting_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "position"], name="one_item_per_place_of_an_agenda", deferrable=models.Deferrable.DEFERRED),
            models.UniqueConstraint(fields=["meeting", "proposal"], name="one_item_per_meeting_and_proposal"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="in_hand"), name="one_item_in_hand_per_meeting"),
            models.CheckConstraint(
                condition=Q(kind="proposal", proposal__isnull=False) | (~Q(kind="proposal") & Q(proposal__isnull=True)),
                name="an_item_of_a_proposal_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"
