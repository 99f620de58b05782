"""A kabupaten's plan year: its stages in its own order, their windows, its dictionary of works."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from geo.models import Region
from proposals.dictionary.querysets import DictionaryQuerySet
from proposals.stages import Stage
from proposals.words import STAGE_WORDS, Sector, WorkKind
from proposals.year.querysets import CycleQuerySet


class Cycle(models.Model):
    """One kabupaten's planning for one year of execution. `plan_year` is stored, never derived from a date."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="cycles")
    plan_year = models.PositiveSmallIntegerField()
    #: What the dates and rules rest on; a local decree overrides national defaults every year.
    legal_basis = models.CharField(max_length=300, blank=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    citizens_may_propose = models.BooleanField(default=True)
    support_opens_at = models.DateTimeField(null=True, blank=True)
    support_closes_at = models.DateTimeField(null=True, blank=True)
    #: A drawn length or area may differ so much from the claimed volume before the page warns; from the profile (DOMAIN 8.3).
    measure_tolerance_percent = models.PositiveSmallIntegerField(default=25)
    #: The same work nearer than this is looked at as a possible duplicate (DOMAIN 8.6).
    duplicate_radius_m = models.PositiveIntegerField(default=50)
    #: So many days after the end of a stage everybody should have an answer, and the rule that says so; empty where nobody named one.
    answer_days = models.PositiveSmallIntegerField(default=14, db_default=14)
    answer_basis = models.CharField(max_length=300, blank=True, default="", db_default="")
    #: When the year's ceilings were first published; a stage that needs them opens only after (DOMAIN 3).
    ceilings_published_at = models.DateTimeField(null=True, blank=True)
    #: Numbers given so far; taken under the row's lock.
    numbered = models.PositiveIntegerField(default=0)
    #: Grows with every change of the year's own rules, so that two planners do not overwrite each other.
    version = models.PositiveIntegerField(default=1)

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-plan_year", "region_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "plan_year"], name="one_cycle_per_district_and_plan_year"),
            models.CheckConstraint(condition=Q(plan_year__gte=2000, plan_year__lte=2100), name="a_plan_year_is_a_year"),
            models.CheckConstraint(condition=Q(answer_days__gte=1, answer_days__lte=365), name="an_answer_is_due_within_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.plan_year}"

    def order(self) -> tuple[Stage, ...]:
        """This cycle's stages, first to last. Served from prefetched windows where there are any."""
        return tuple(Stage(window.stage) for window in sorted(self.windows.all(), key=lambda window: window.position))

    def window(self, stage: Stage) -> "StageWindow | None":
        """The window of one stage, from prefetched windows where there are any."""
        return next((window for window in self.windows.all() if window.stage == stage), None)


class StageWindow(models.Model):
    """When a stage of a cycle takes input, and by which rules. The clock opens and ends input; a person closes the stage.

    Quorum and quotas are reported beside every decision; a shortfall needs a reason and stays visible, and holds the stage's
    closing back only where `quota_blocks` says so. All of them are unverified defaults until somebody confirms them.
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="windows")
    stage = models.CharField(max_length=12, choices=[(stage.value, word) for stage, word in STAGE_WORDS.items() if stage is not Stage.DRAFT])
    position = models.PositiveSmallIntegerField()
    #: The local name, where it differs from ours: "Forum SKPD", "Musrenbang Distrik".
    name = models.CharField(max_length=80, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    #: Regions that closed this stage for themselves, with the moment: `{"61.12.01.2001": "2026-09-30T…"}` (`StageClosure` tells the rest).
    closed_in = models.JSONField(default=dict, blank=True)
    #: Opens only once the year's ceilings are published.
    needs_ceilings = models.BooleanField(default=False)
    #: What was captured without signal before the end is still taken for so long after it.
    late_grace_hours = models.PositiveSmallIntegerField(default=0)
    #: At least so many people present, of any element of society.
    quorum_people = models.PositiveSmallIntegerField(null=True, blank=True)
    #: At least this share of the regions below (villages of a sub-district, sub-districts of a kabupaten) represented.
    quorum_regions_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    #: At least so many different elements of society.
    quorum_elements = models.PositiveSmallIntegerField(null=True, blank=True)
    women_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    quota_blocks = models.BooleanField(default=False)
    #: Delegates that each region sends on to the next level.
    delegates = models.PositiveSmallIntegerField(null=True, blank=True)
    #: Kinds of `deliberation.words.DocumentKind` that must exist, signed, before the stage is closed.
    required_documents = models.JSONField(default=list, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["cycle_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "stage"], name="one_window_per_stage_of_a_cycle"),
            models.UniqueConstraint(fields=["cycle", "position"], name="one_stage_per_place_in_a_cycle"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")), name="a_window_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=(Q(quorum_regions_percent__isnull=True) | Q(quorum_regions_percent__lte=100))
                & (Q(women_percent__isnull=True) | Q(women_percent__lte=100)),
                name="shares_of_a_stage_are_percents",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.stage}"

    @property
    def title(self) -> str:
        """The local name, or ours."""
        return self.name or str(STAGE_WORDS[Stage(self.stage)])


class DictionaryEntry(models.Model):
    """A work that may be proposed (kamus usulan), with its unit and unit price, for one cycle.

    The cycle is its version: next year's entry is another row, and what was proposed keeps the one it was proposed under.
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="dictionary")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=16, choices=Sector.choices)
    unit = models.CharField(max_length=30)
    unit_price = models.BigIntegerField(null=True, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=WorkKind.choices, default=WorkKind.PHYSICAL)
    programme = models.CharField(max_length=200, blank=True)
    activity = models.CharField(max_length=200, blank=True)
    output = models.CharField(max_length=300, blank=True)
    group = models.CharField(max_length=120, blank=True)
    #: Everyday words that should find it, separated by spaces or commas: "becek lumpur gang".
    everyday_words = models.CharField(max_length=500, blank=True)
    is_locked = models.BooleanField(_("locked"), default=False)
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = DictionaryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["cycle_id", "name", "pk"]
        verbose_name_plural = "dictionary entries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "code"], name="one_dictionary_entry_per_cycle_and_code"),
            models.CheckConstraint(condition=Q(unit_price__isnull=True) | Q(unit_price__gt=0), name="a_unit_price_is_positive"),
        ]

    def __str__(self) -> str:
        return self.name
