"""Files that belong to a proposal, named by their own SHA-256."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from proposals.models.proposal import Proposal


class Attachment(models.Model):
    """A photo: its content was checked, it was re-encoded, and nothing of its EXIF was kept."""

    class Kind(models.TextChoices):
        """What the file shows or proves."""

        PHOTO = "photo", _("photo")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.PHOTO)
    #: Of the bytes that were sent: the same bytes twice are one attachment.
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="proposals/%Y/%m/")
    thumbnail = models.FileField(upload_to="proposals/%Y/%m/", blank=True)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    caption = models.CharField(max_length=160, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["proposal_id", "added_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "sha256"], name="one_attachment_per_proposal_and_content")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.kind} {self.sha256[:8]}"
