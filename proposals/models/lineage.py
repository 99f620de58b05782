"""How proposals descend from each other: merged, split, carried over to another year. Append-only."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from proposals.models.proposal import Proposal


class Lineage(models.Model):
    """One step of descent: `child` goes on with what `parent` asked for. Supporters and comments follow it."""

    class Kind(models.TextChoices):
        """What happened to the parent."""

        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")
        CARRIED_OVER = "carried_over", _("carried over")

    parent = models.ForeignKey(Proposal, models.PROTECT, related_name="descends_to")
    child = models.ForeignKey(Proposal, models.PROTECT, related_name="descends_from")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["parent", "child"], name="one_step_of_descent_between_two_proposals"),
            models.CheckConstraint(condition=~Q(parent=F("child")), name="no_proposal_descends_from_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.kind} from {self.parent_id}"
