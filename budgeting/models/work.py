"""A line of the budget and what is built with it: programme and document, progress, photos, what the village says."""

import uuid
from typing import ClassVar

from django.contrib.gis.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from budgeting.models.ceiling import FundingSource
from budgeting.models.run import AllocationRun
from budgeting.words import Origin, PhotoMoment, Witness
from geo.models import Region
from proposals.models import Proposal
from proposals.models.proposal import AMOUNT_MAX
from proposals.stages import Realisation
from proposals.words import REALISATION_WORDS, Sector


class FundedWork(models.Model):
    """One line of a budget that somebody pays for. Most have a proposal; those without one are told to all.

    Of a work with a proposal the proposal's `realisation` is the state (its moves are the law); `realisation` here is only
    for works without one. What the latest report said is kept here too, written with the report under the row's lock.
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
    handed_over_on = models.DateField(null=True, blank=True)
    handover_document = models.CharField(max_length=80, blank=True)
    handed_over_to = models.CharField(max_length=160, blank=True)

    source_system = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=80, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

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
