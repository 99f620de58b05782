"""What people said about two proposals that look alike. Append-only."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from proposals.models.proposal import Proposal

#: What differs must be told in so many characters at least.
DIFFERENCE_SHORTEST = 20
DIFFERENCE_LONGEST = 1000


class Verdict(models.TextChoices):
    """What a person said about two proposals that look alike."""

    SAME = "same", _("the same work")
    RELATED = "related", _("related, both are needed")
    DIFFERENT = "different", _("different works")


class Resemblance(models.Model):
    """One judgement about a pair; the newest of a pair rules. Append-only.

    `first` is the proposal with the smaller UUID, so that a pair has one name; `turn` counts the judgements of a pair.
    """

    first = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    second = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField()
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    #: What differs, or how they belong together; others read it once both proposals were sent in.
    difference = models.TextField(blank=True, max_length=DIFFERENCE_LONGEST)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["first_id", "second_id", "turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second", "turn"], name="one_judgement_per_turn_of_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_judged_pair_stands_in_one_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}: {self.verdict}"
