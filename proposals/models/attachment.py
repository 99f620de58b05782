"""Files that belong to a proposal, named by their own SHA-256, and those that are still on their way."""

from typing import ClassVar

from django.contrib.gis.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from proposals.models.proposal import Proposal


class Attachment(models.Model):
    """A picture, re-encoded without anything of its EXIF, or a PDF that was searched for active content and kept as it came."""

    class Kind(models.TextChoices):
        """What the file shows or proves."""

        PHOTO = "photo", _("photo before the work")
        PHOTO_DURING = "photo_during", _("photo during the work")
        PHOTO_AFTER = "photo_after", _("photo after the work")
        COVER_LETTER = "cover_letter", _("cover letter")
        COST_PLAN = "cost_plan", _("cost plan (RAB)")
        DESIGN = "design", _("design (DED)")
        LAND_EVIDENCE = "land_evidence", _("land evidence")
        MEETING_RECORD = "meeting_record", _("meeting record (berita acara)")
        OTHER = "other", _("other paper")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.PHOTO)
    #: Of the bytes that were sent: the same bytes twice are one attachment.
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="proposals/%Y/%m/")
    thumbnail = models.FileField(upload_to="proposals/%Y/%m/", blank=True)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    #: Pixels; 0 for a PDF.
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    #: Pages of a PDF; 0 for a picture.
    pages = models.PositiveIntegerField(default=0)
    caption = models.CharField(max_length=160, blank=True)
    #: Opened only by those who write and decide, although others of its kind are public.
    is_closed = models.BooleanField(default=False)
    #: What the camera wrote about the photo, all that is kept of it: where, rounded to about ten metres, and when.
    taken_location = models.PointField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["proposal_id", "added_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "sha256"], name="one_attachment_per_proposal_and_content")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.kind} {self.sha256[:8]}"

    @property
    def is_picture(self) -> bool:
        """Whether a browser may show it as a picture."""
        return self.content_type == "image/jpeg"


class Upload(models.Model):
    """A file that comes in parts: `received` octets of `size` lie in the part file, whatever else the disk holds behind them."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="uploads")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    #: Whose room it takes: each person has only so many files on their way.
    started_by = models.ForeignKey(User, models.CASCADE, related_name="uploads")
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["changed_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "sha256"], name="one_upload_per_proposal_and_content"),
            models.CheckConstraint(condition=Q(size__gt=0, received__lte=F("size")), name="no_more_arrives_than_was_announced"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.sha256[:8]} {self.received}/{self.size}"
