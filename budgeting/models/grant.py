"""Who receives a grant: named with the number under which the law knows them, since only a legal entity may be given one."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from proposals.models import Proposal

NAME_LONGEST, REGISTRATION_LONGEST = 160, 120


class LegalForm(models.TextChoices):
    """What the recipient of a grant is before the law."""

    FOUNDATION = "foundation", _("foundation (yayasan)")
    ASSOCIATION = "association", _("association (perkumpulan)")
    COOPERATIVE = "cooperative", _("cooperative (koperasi)")
    ENTERPRISE = "enterprise", _("state, regional or village enterprise")
    GOVERNMENT = "government", _("government body")
    NONE = "none", _("not a legal entity yet")


class GrantRecipient(models.Model):
    """Who is to receive the grant that a proposal asks for. Append-only; the newest row rules.

    `is_checked`: an office said it, having seen the papers; what the writers of a proposal say waits for that.
    """

    #: The writer's own UUID: the same statement sent twice is one.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="grant_recipients")
    turn = models.PositiveIntegerField()
    name = models.CharField(max_length=NAME_LONGEST)
    form = models.CharField(max_length=16, choices=LegalForm.choices)
    #: The decree of the ministry, or the deed: empty only where there is no legal entity.
    registration = models.CharField(max_length=REGISTRATION_LONGEST, blank=True)
    is_checked = models.BooleanField(default=False)
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_role = models.CharField(max_length=24)
    said_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["proposal_id", "turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "turn"], name="one_grant_recipient_per_turn_of_a_proposal"),
            models.CheckConstraint(
                condition=Q(form="none", registration="") | (~Q(form="none") & ~Q(registration="")),
                name="a_legal_entity_has_a_registration",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.turn}: {self.name}"

    @property
    def may_receive(self) -> bool:
        """Whether money may be handed over: a legal entity, and an office has seen its papers."""
        return self.is_checked and self.form != LegalForm.NONE
