"""A panel, its proposals, and the sheets of its scorers."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from deliberation.models.meeting import Meeting
from deliberation.scoring.words import PanelState, SheetState, Tie
from geo.models import Region
from proposals.models import Cycle, Proposal
from proposals.words import STAGE_WORDS


class Panel(models.Model):
    """One scoring of what waits at a stage of a region. Opening freezes criteria, proposals, computed values and the seed."""

    #: The maker's own UUID: the same draft sent twice is one.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="panels")
    stage = models.CharField(max_length=12, choices=[(stage.value, word) for stage, word in STAGE_WORDS.items()])
    region = models.ForeignKey(Region, models.PROTECT, related_name="panels")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="panels")
    title = models.CharField(_("title"), max_length=160)
    state = models.CharField(max_length=8, choices=PanelState.choices, default=PanelState.DRAFT)
    #: `{"criteria": [...], "median_from", "set_version", "verified", "sha256"}`; the fingerprint covers all that is frozen.
    frozen = models.JSONField(default=dict, blank=True)
    #: Decides last between equals; public from the opening on.
    seed = models.CharField(max_length=64, blank=True)
    #: The moment whose facts the computed criteria read.
    as_of = models.DateTimeField(null=True, blank=True)
    #: Places, values, spread and sensitivity as `deliberation.scoring.outcome` writes them.
    result = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_role = models.CharField(max_length=24)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    #: Why it was closed without a sheet that is missing; shown to all.
    closed_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-created_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(state__in=["draft", "open"]), name="one_panel_at_a_time_per_meeting"),
            models.UniqueConstraint(
                fields=["cycle", "stage", "region"],
                condition=Q(state__in=["draft", "open"], meeting__isnull=True),
                name="one_panel_at_a_time_per_stage_of_a_region",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | (Q(opened_at__isnull=False, as_of__isnull=False) & ~Q(seed="")), name="an_open_panel_published_its_seed"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False, closed_by__isnull=False), name="a_closed_panel_says_who_closed_it"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region", "-created_at", "id"], name="panels_of_a_region"),
            models.Index(fields=["state", "-created_at", "id"], name="panels_by_state"),
        ]

    def __str__(self) -> str:
        return self.title


class PanelEntry(models.Model):
    """A proposal before a panel, with what was computed of it at the opening."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="entries")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="panel_entries")
    number = models.PositiveSmallIntegerField()
    #: `{code: {"value": "5/2" or null, "inputs": [[name, value]]}}`, exact fractions as text.
    computed = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["panel_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["panel", "number"], name="one_entry_per_number_of_a_panel"),
            models.UniqueConstraint(fields=["panel", "proposal"], name="a_proposal_stands_once_before_a_panel"),
        ]

    def __str__(self) -> str:
        return f"{self.panel_id} {self.number}"


class Sheet(models.Model):
    """One scorer's sheet. Nobody else reads it before the panel is closed."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="sheets")
    scorer = models.ForeignKey(User, models.PROTECT, related_name="sheets")
    #: As whom this person scores: "LPM Desa Kapur", "Camat".
    capacity = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=SheetState.choices, default=SheetState.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reopened_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["panel_id", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["panel", "scorer"], name="one_sheet_per_panel_and_scorer"),
            models.CheckConstraint(condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="a_submitted_sheet_says_when"),
            models.CheckConstraint(condition=Q(reopened_at__isnull=True) | ~Q(reopened_reason=""), name="a_sheet_is_reopened_with_a_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["scorer", "state"], name="sheets_that_wait_for_a_person")]

    def __str__(self) -> str:
        return f"{self.panel_id} {self.scorer_id}"


class Score(models.Model):
    """One value of one criterion for one proposal; empty while only a comment is drafted."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="scores")
    entry = models.ForeignKey(PanelEntry, models.CASCADE, related_name="scores")
    code = models.CharField(max_length=8)
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["sheet_id", "entry_id", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "entry", "code"], name="one_score_per_sheet_proposal_and_criterion"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=5), name="a_score_is_from_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.entry_id} {self.code}"


class Recusal(models.Model):
    """That a scorer does not score a proposal, and why."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="recusals")
    entry = models.ForeignKey(PanelEntry, models.CASCADE, related_name="recusals")
    tie = models.CharField(max_length=10, choices=Tie.choices)
    #: Of a declared link, in the scorer's words.
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["sheet_id", "entry_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "entry"], name="one_recusal_per_sheet_and_proposal"),
            models.CheckConstraint(condition=~Q(tie="declared") | ~Q(reason=""), name="a_declared_link_says_which"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.entry_id} {self.tie}"
