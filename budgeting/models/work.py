"""A line of the budget and what is built with it: programme and document, progress, photos, what the village says."""

import uuid
from typing import ClassVar

from django.contrib.gis.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Agency, User
from budgeting.models.ceiling import FundingSource
from budgeting.models.run import AllocationRun
from budgeting.words import Origin, PhotoMoment, Witness
from budgeting.works.querysets import FundedWorkQuerySet
from geo.models import Region
from proposals.models import Proposal
from proposals.models.proposal import AMOUNT_MAX
from proposals.stages import Realisation
from proposals.words import REALISATION_WORDS, Sector


class FundedWork(models.Model):
    """One line of a budget that somebody pays for. Most have a proposal; those without one are told to all.

    `realisation` is the state of every work, so that lists ask one indexed column. Of a work with a proposal it is a copy of
    the proposal's own, whose moves are the law, written in the move's transaction (`works.following`); works without one
    keep it themselves by the same rows of the law. What the latest report said is kept here too, under the row's lock.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    plan_year = models.PositiveSmallIntegerField()
    #: The village where it stands; a wider region where it serves several.
    region = models.ForeignKey(Region, models.PROTECT, related_name="funded_works")
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="funded_work")
    run = models.ForeignKey(AllocationRun, models.PROTECT, null=True, blank=True, related_name="works")
    title = models.CharField(_("title"), max_length=200)
    sector = models.CharField(_("sector"), max_length=16, choices=Sector.choices, blank=True)
    origin = models.CharField(max_length=16, choices=Origin.choices)
    #: What the origin rests on where there is no proposal: the recess, the line of the plan, the regulation.
    origin_reference = models.CharField(max_length=200, blank=True)
    funding_source = models.CharField(max_length=24, choices=FundingSource.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="funded_works")
    amount = models.BigIntegerField()

    programme_code = models.CharField(max_length=40, blank=True)
    programme = models.CharField(max_length=200, blank=True)
    activity_code = models.CharField(max_length=40, blank=True)
    activity = models.CharField(max_length=200, blank=True)
    sub_activity_code = models.CharField(max_length=40, blank=True)
    sub_activity = models.CharField(max_length=200, blank=True)
    #: The budget execution document (DPA; of a village the APBDes line).
    budget_document = models.CharField(max_length=80, blank=True)
    procurement_reference = models.CharField(max_length=80, blank=True)
    provider = models.CharField(max_length=160, blank=True)
    planned_start = models.DateField(null=True, blank=True)
    planned_end = models.DateField(null=True, blank=True)

    location = models.PointField(null=True, blank=True)
    realisation = models.CharField(
        max_length=16, choices=[(state.value, word) for state, word in REALISATION_WORDS.items()], blank=True, default=Realisation.NONE
    )
    physical_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    #: Whole rupiah paid out so far, as last reported; the financial per cent follows from it.
    paid = models.BigIntegerField(default=0)
    reported_at = models.DateTimeField(null=True, blank=True)
    #: From when its silence counts: the day of the last report; before any, the planned start or the first day of the year.
    heard_on = models.DateField(default=clock.today)
    #: Until when whoever builds it answers the villagers who dispute it; empty where no answer is owed.
    answer_due_on = models.DateField(null=True, blank=True)
    #: Of which planned end, and of which silence, the agency was told: each once.
    late_told_for = models.DateField(null=True, blank=True)
    silent_told_for = models.DateField(null=True, blank=True)
    handed_over_on = models.DateField(null=True, blank=True)
    handover_document = models.CharField(max_length=80, blank=True)
    handed_over_to = models.CharField(max_length=160, blank=True)

    source_system = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=80, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    #: Counts changes of the line itself; reports and words about it come beside it.
    version = models.PositiveIntegerField(default=1)

    objects = FundedWorkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-plan_year", "-changed_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lte=AMOUNT_MAX), name="a_work_costs_positive_whole_rupiah"),
            models.CheckConstraint(condition=Q(physical_percent__gte=0, physical_percent__lte=100), name="physical_progress_is_a_percent"),
            models.CheckConstraint(condition=Q(paid__gte=0, paid__lte=AMOUNT_MAX), name="what_is_paid_is_not_negative"),
            models.CheckConstraint(
                condition=Q(planned_start__isnull=True) | Q(planned_end__isnull=True) | Q(planned_end__gte=F("planned_start")),
                name="a_work_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(proposal__isnull=True) | ~Q(origin="unknown"), name="a_work_with_a_proposal_has_an_origin"),
            models.UniqueConstraint(
                fields=["source_system", "source_id", "plan_year"], condition=~Q(source_id=""), name="one_work_per_imported_line_and_year"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-plan_year", "-changed_at", "id"], name="works_by_year"),
            models.Index(fields=["region", "-plan_year", "-changed_at", "id"], name="works_of_a_region"),
            models.Index(fields=["-plan_year", "-changed_at", "id"], condition=Q(proposal__isnull=True), name="works_never_proposed"),
            models.Index(fields=["realisation", "-plan_year", "-changed_at", "id"], name="works_by_state"),
            models.Index(
                fields=["plan_year", "realisation"],
                include=["region", "planned_end", "heard_on", "answer_due_on", "amount", "origin"],
                name="works_counted_by_year",
            ),
            models.Index(Left("region_id", 5), F("plan_year").desc(), F("changed_at").desc(), F("id"), name="works_of_a_kabupaten"),
            models.Index(Left("region_id", 5), "plan_year", "realisation", name="works_counted_by_kabupaten"),
            models.Index(fields=["agency", "-plan_year", "-changed_at", "id"], name="works_of_an_agency"),
            models.Index(fields=["sector", "-plan_year", "-changed_at", "-id"], name="works_of_a_sector"),
            models.Index(fields=["origin", "-plan_year", "-changed_at", "-id"], name="works_of_an_origin"),
            models.Index(fields=["funding_source", "-plan_year", "-changed_at", "-id"], name="works_of_a_source"),
            models.Index(fields=["-amount", "id"], name="works_by_amount"),
            # a region and all below it are one range of this index, whatever the language sorts by (`works.ground`)
            models.Index(
                fields=["region", "plan_year", "realisation"],
                include=["sector", "origin", "funding_source"],
                opclasses=["varchar_pattern_ops", "int2_ops", "varchar_ops"],
                name="works_counted_by_place",
            ),
            models.Index(fields=["plan_year", "planned_end", "id"], condition=Q(realisation__in=("", "under_way")), name="works_not_done_by_end"),
            models.Index(fields=["plan_year", "heard_on", "id"], condition=Q(realisation__in=("", "under_way")), name="works_not_done_by_silence"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_year} {self.title}"


class Progress(models.Model):
    """One report about a work; never changed. The latest by `as_of`, then by `reported_at`, is what the work shows."""

    #: The reporter's own UUID: the same report sent twice is one.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    work = models.ForeignKey(FundedWork, models.PROTECT, related_name="progress")
    as_of = models.DateField()
    physical_percent = models.DecimalField(max_digits=5, decimal_places=2)
    paid = models.BigIntegerField()
    note = models.CharField(max_length=1000, blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reported_role = models.CharField(max_length=24)
    reported_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["work_id", "-as_of", "-reported_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(physical_percent__gte=0, physical_percent__lte=100), name="reported_progress_is_a_percent"),
            models.CheckConstraint(condition=Q(paid__gte=0, paid__lte=AMOUNT_MAX), name="reported_payment_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.work_id} {self.as_of} {self.physical_percent}"


#: Farther than this from the work a photo is said to be taken elsewhere, in metres.
FAR_M = 500


class WorkPhoto(models.Model):
    """A photo of a work in its course, re-encoded without anything of its EXIF."""

    work = models.ForeignKey(FundedWork, models.PROTECT, related_name="photos")
    progress = models.ForeignKey(Progress, models.PROTECT, null=True, blank=True, related_name="photos")
    moment = models.CharField(max_length=8, choices=PhotoMoment.choices)
    #: Of the bytes that were sent: the same bytes twice are one photo.
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="works/%Y/%m/")
    thumbnail = models.FileField(upload_to="works/%Y/%m/", blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    caption = models.CharField(max_length=160, blank=True)
    #: What the camera wrote, rounded to about ten metres, and how far from the work's own place.
    taken_location = models.PointField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    distance_m = models.PositiveIntegerField(null=True, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["work_id", "moment", "added_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["work", "sha256"], name="one_photo_per_work_and_content")]

    def __str__(self) -> str:
        return f"{self.work_id} {self.moment} {self.sha256[:8]}"

    @property
    def is_far(self) -> bool:
        """Whether the camera wrote a place that is not the work's: a road is long, a phone under trees is wrong by a hundred metres."""
        return self.distance_m is not None and self.distance_m > FAR_M


class Confirmation(models.Model):
    """What one person of the village says about a finished work; said anew, the former word is superseded and stays readable."""

    #: The writer's own UUID: the same word sent twice is one.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    work = models.ForeignKey(FundedWork, models.PROTECT, related_name="confirmations")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    verdict = models.CharField(max_length=8, choices=Witness.choices)
    reason = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["work_id", "-at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["work", "person"], condition=Q(superseded_at__isnull=True), name="one_word_in_force_per_person_and_work"),
            models.CheckConstraint(condition=Q(verdict="confirm") | ~Q(reason=""), name="who_disputes_a_work_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.work_id} {self.verdict}"


class DisputeAnswer(models.Model):
    """What whoever builds a work answers to the villagers who dispute it; never changed."""

    #: The writer's own UUID: the same answer sent twice is one.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    work = models.ForeignKey(FundedWork, models.PROTECT, related_name="answers")
    text = models.CharField(max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["work_id", "-at", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="an_answer_to_a_dispute_says_something")]

    def __str__(self) -> str:
        return f"{self.work_id} {self.at:%Y-%m-%d}"


class ProgressSheet(models.Model):
    """A sheet of reports on its way in: its maker's alone. It is checked first, then written as a whole in one transaction."""

    class Status(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", _("waiting its turn")
        RUNNING = "running", _("being worked on")
        CHECKED = "checked", _("checked, waits for you")
        DONE = "done", _("done")
        FAILED = "failed", _("did not work")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    maker = models.ForeignKey(User, models.PROTECT, related_name="progress_sheets")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.QUEUED)
    #: Whether its rows are to be written; until then they are only checked.
    writes = models.BooleanField(default=False)
    file = models.FileField(upload_to="works/sheets/%Y/%m/", blank=True)
    file_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=8, default="id")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    #: `{"counts": {fate: rows}, "faults": [{"row", "column", "message"}]}`.
    result = models.JSONField(default=dict)
    failure = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(status="failed") | ~Q(failure=""), name="a_sheet_of_reports_that_failed_says_why")
        ]
        indexes: ClassVar = [models.Index(fields=["maker", "-created_at", "id"], name="progress_sheets_of_a_maker")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.status}"

    @property
    def is_moving(self) -> bool:
        """Whether a worker has it, or will."""
        return self.status in (self.Status.QUEUED, self.Status.RUNNING)
