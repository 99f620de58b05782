"""Who people are, what they may do where, and what was done."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from geo.models import Region


class User(AbstractUser):
    """A person who signs in. Personal data is as little as possible: no phone, no NIK."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    #: Shown beside everything the person writes.
    display_name = models.CharField(_("name shown to others"), max_length=80)
    language = models.CharField(max_length=5, blank=True)
    #: Made by load_demo: such accounts may be dropped, and never live beside real ones.
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        """The name shown to others."""
        return str(self)


class Agency(models.Model):
    """A regional agency (perangkat daerah) of one kabupaten or kota."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="agencies")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["region_id", "code"]
        verbose_name_plural = "agencies"
        constraints: ClassVar = [models.UniqueConstraint(fields=["region", "code"], name="one_agency_per_region_and_code")]

    def __str__(self) -> str:
        return self.short_name or self.name


class Assignment(models.Model):
    """A role held in a region for a time, on a basis (the letter that names the person)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=24, choices=Role.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="assignments")
    #: Only for agency officers: the agency they answer for.
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="assignments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["user_id", "role", "region_id", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="an_assignment_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(role=Role.AGENCY_OFFICER) | Q(agency__isnull=True), name="only_an_agency_officer_has_an_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.region_id}"


class Residency(models.Model):
    """A citizen's claim to live in a village, confirmed by that village's facilitator before a vote counts."""

    class Status(models.TextChoices):
        """What became of the claim."""

        PENDING = "pending", _("waiting for the village")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")
        ENDED = "ended", _("ended")

    user = models.ForeignKey(User, models.CASCADE, related_name="residencies")
    village = models.ForeignKey(Region, models.PROTECT, related_name="residencies")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PENDING)
    #: What helps the facilitator to recognise the person: hamlet, RT/RW. Never a NIK.
    hint = models.CharField(max_length=120, blank=True)
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-requested_at", "-pk"]
        verbose_name_plural = "residencies"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user"], condition=Q(status__in=["pending", "confirmed"]), name="one_open_residency_per_citizen"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.village_id} {self.status}"


class AuditEntry(models.Model):
    """One line of the journal: who did what to which subject, where, when and why.

    Append-only by a database trigger. Each kabupaten has its own chain; `position`, `previous` and `hash` are set by the
    database itself at commit, so that writers wait for each other only for that moment (docs/decisions/0004).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    #: The role the actor used, or `citizen`, or `system`.
    role = models.CharField(max_length=24, blank=True)
    #: Namespaced verb: `proposals.move.forward`, `deliberation.comment.hide`.
    action = models.CharField(max_length=60)
    #: What it was done to: `proposal:6a0c…`, `ceiling:12`.
    subject = models.CharField(max_length=80)
    region_code = models.CharField(max_length=13, blank=True)
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    chain = models.CharField(max_length=8)
    position = models.BigIntegerField(null=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["chain", "position"]
        verbose_name_plural = "audit entries"
        constraints: ClassVar = [models.UniqueConstraint(fields=["chain", "position"], name="one_entry_per_place_in_the_chain")]
        indexes: ClassVar = [
            models.Index(fields=["subject", "at"], name="entries_of_a_subject"),
            models.Index(fields=["region_code", "at"], name="entries_of_a_region"),
            models.Index(fields=["chain"], condition=Q(position__isnull=True), name="entries_waiting_for_their_seal"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"


class AuditChain(models.Model):
    """The head of a chain: how many entries it has, and the hash of the last. Written by the seal alone.

    Without it, nobody would see that the last entries of a chain were cut off.
    """

    code = models.CharField(primary_key=True, max_length=8)
    position = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.code} {self.position}"
