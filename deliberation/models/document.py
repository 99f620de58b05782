"""The papers of a meeting: what they say, frozen when they are issued; the signed scans; photos; clauses of local law."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from deliberation.models.meeting import Meeting
from deliberation.words import DocumentKind, DocumentState, MeetingKind
from proposals.models import Cycle


class Document(models.Model):
    """One paper of a meeting. A draft follows the facts; issuing freezes them, a signed scan locks it, an addendum corrects it.

    From the day it is issued a trigger of the database refuses every change of what it says (migration `a_paper_stays`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    #: 0 is the paper itself; 1, 2, 3 are its addenda, in their order.
    number = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=DocumentState.choices, default=DocumentState.DRAFT)
    #: The form and its edition: `record/village_plan/1`.
    template = models.CharField(max_length=40)
    #: What only people know: the record's number, clauses, signers; of an addendum the corrections and their reason.
    texts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    #: All that the paper says, as it was when it was issued; null while it is a draft.
    snapshot = models.JSONField(null=True, blank=True)
    #: Of the snapshot's canonical form (`records.canonical`).
    sha256 = models.CharField(max_length=64, blank=True)
    #: Twelve signs, the last of them a check (`records.short_code`); printed in groups of four.
    code = models.CharField(max_length=12, null=True, blank=True, unique=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    #: Empty until a worker has set the pages.
    pdf = models.FileField(upload_to="documents/%Y/%m/", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_size = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    #: Why the pages could not be set; asking again clears it.
    failure = models.CharField(max_length=200, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["meeting_id", "kind", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "kind", "number"], name="one_paper_per_meeting_kind_and_number"),
            models.CheckConstraint(condition=~Q(kind="photos"), name="photos_are_files_and_no_paper"),
            models.CheckConstraint(
                condition=Q(state="draft", snapshot__isnull=True, code__isnull=True, sha256="", issued_at__isnull=True)
                | (
                    ~Q(state="draft")
                    & Q(snapshot__isnull=False, code__isnull=False, issued_at__isnull=False, issued_by__isnull=False)
                    & ~Q(sha256="")
                ),
                name="an_issued_paper_is_frozen_and_has_its_code",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_at__isnull=False, signed_by__isnull=False), name="a_signed_paper_says_who_brought_the_scan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.kind} {self.number} {self.state}"

    @property
    def is_draft(self) -> bool:
        """Whether it still follows the facts."""
        return self.state == DocumentState.DRAFT

    @property
    def printed_code(self) -> str:
        """The code as people read it: `K7QM-2XVA-9HR4`."""
        return "-".join((self.code or "")[first : first + 4] for first in (0, 4, 8)) if self.code else ""


class DocumentFile(models.Model):
    """A signed scan of a paper, or a photo of the meeting. Named by the SHA-256 of what was sent; scans are never taken away."""

    class Kind(models.TextChoices):
        """What it is; scans belong to a paper."""

        SCAN = "scan"
        PHOTO = "photo"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="files")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="scans")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    #: Of the bytes that were sent, which for a photo are not the bytes that are kept.
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="documents/%Y/%m/")
    thumbnail = models.FileField(upload_to="documents/%Y/%m/", blank=True)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    caption = models.CharField(max_length=160, blank=True)
    #: A photo on which people are too easily known: for the officials of the region only.
    is_closed = models.BooleanField(default=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["meeting_id", "added_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "sha256"], condition=Q(kind="scan"), name="one_scan_per_paper_and_content"),
            models.UniqueConstraint(fields=["meeting", "sha256"], condition=Q(kind="photo"), name="one_photo_per_meeting_and_content"),
            models.CheckConstraint(
                condition=Q(kind="scan", document__isnull=False) | Q(kind="photo", document__isnull=True),
                name="a_scan_is_of_a_paper_and_a_photo_of_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.kind} {self.sha256[:8]}"


class Clause(models.Model):
    """A passage of the forms that rests on local law, as a kabupaten words it for a plan year; the default is unverified."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="clauses")
    meeting_kind = models.CharField(max_length=16, choices=MeetingKind.choices)
    #: `kesatu`, `keempat`, `dasar` …: the places of the form (`records.clauses`).
    place = models.CharField(max_length=16)
    text = models.TextField(max_length=2000)
    legal_basis = models.CharField(max_length=300, blank=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["cycle_id", "meeting_kind", "place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["cycle", "meeting_kind", "place"], name="one_wording_per_cycle_form_and_place")]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.meeting_kind} {self.place}"
