"""Sheets on their way in or out: one row a job, so that nothing is lost when a process dies."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from geo.models import Region


class SheetJob(models.Model):
    """One sheet that somebody sent or asked for. It is its maker's alone; nobody else sees it.

    An import is checked first (`checked`: it waits for the person), then written as a whole in one transaction. `result`
    holds the counts and the rows that need a look; `options` what was asked.
    """

    class Kind(models.TextChoices):
        """Which way it goes."""

        IMPORT = "import", _("import")
        EXPORT = "export", _("export")

    class Status(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", _("waiting its turn")
        RUNNING = "running", _("being worked on")
        CHECKED = "checked", _("checked, waits for you")
        DONE = "done", _("done")
        FAILED = "failed", _("did not work")

    class Step(models.TextChoices):
        """What is done next, or is being done: an import is read, then written, then gets its photos."""

        CHECK = "check", _("reading")
        WRITE = "write", _("writing")
        PHOTOS = "photos", _("adding photos")
        EXPORT = "export", _("collecting")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.QUEUED)
    step = models.CharField(max_length=8, choices=Step.choices)
    maker = models.ForeignKey(User, models.PROTECT, related_name="sheet_jobs")
    #: Of an import: where the rows may go. Of an export: what it is about; null for the nation.
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    plan_year = models.PositiveSmallIntegerField(null=True, blank=True)
    #: The sheet that was sent, or the file that was made. Empty once it was swept.
    file = models.FileField(upload_to="sheets/%Y/%m/", blank=True)
    #: As its maker knows it.
    file_name = models.CharField(max_length=160, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    options = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    failure = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(status="failed") | ~Q(failure=""), name="a_sheet_that_failed_says_why"),
            models.CheckConstraint(condition=Q(kind="export", step="export") | (Q(kind="import") & ~Q(step="export")), name="a_sheet_goes_in_or_out"),
        ]
        indexes: ClassVar = [models.Index(fields=["maker", "kind", "-created_at", "id"], name="sheets_of_a_maker")]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name} {self.status}"

    @property
    def is_moving(self) -> bool:
        """Whether a worker has it, or will."""
        return self.status in (self.Status.QUEUED, self.Status.RUNNING)
