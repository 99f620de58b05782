"""Money moved between two ceilings of one source and year, or out of a reserve: asked by one person, confirmed by another."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from budgeting.models.ceiling import Ceiling


class Transfer(models.Model):
    """A transfer under the client's own UUID. From a reserve to its own ceiling, source and target are the same row."""

    class Status(models.TextChoices):
        """Where it stands; only `asked` goes on."""

        ASKED = "asked", _("waits for a second person")
        CONFIRMED = "confirmed", _("confirmed by a second person")
        WITHDRAWN = "withdrawn", _("transfer withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Ceiling, models.PROTECT, related_name="transfers_out")
    target = models.ForeignKey(Ceiling, models.PROTECT, related_name="transfers_in")
    from_reserve = models.BooleanField(default=False)
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    legal_basis = models.CharField(max_length=300)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_transfer_is_positive"),
            models.CheckConstraint(condition=Q(from_reserve=True) | ~Q(source=F("target")), name="a_transfer_goes_from_one_ceiling_to_another"),
            models.CheckConstraint(
                condition=Q(status="asked", decided_by__isnull=True, decided_at__isnull=True)
                | Q(~Q(status="asked"), decided_by__isnull=False, decided_at__isnull=False),
                name="a_decided_transfer_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | ~Q(decided_by=F("asked_by")), name="a_transfer_is_confirmed_by_a_second_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} > {self.target_id} {self.amount}"
