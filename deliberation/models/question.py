"""Questions to whoever decides where a proposal stands, and to whom they went meanwhile."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Agency
from accounts.roles import Role
from deliberation.models.comment import Comment
from geo.models import Region
from proposals.models import Proposal


class Question(models.Model):
    """A comment that asks the responsible office something. It waits from the day the public could read it until that office answers."""

    comment = models.OneToOneField(Comment, models.PROTECT, primary_key=True, related_name="question")
    #: The comment's own, kept here because every list of waiting questions begins with them.
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="questions")
    village = models.ForeignKey(Region, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    #: Who has to answer now: an office in a region, of an agency where one is named. The first one is the oldest `Addressee`.
    role = models.CharField(max_length=24, choices=Role.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.ForeignKey(Comment, models.PROTECT, null=True, blank=True, related_name="answers")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer__isnull=True, answered_at__isnull=True) | Q(answer__isnull=False, answered_at__isnull=False),
                name="an_answered_question_has_its_answer",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region", "role", "asked_at"], condition=Q(answer__isnull=True), name="questions_that_wait"),
            models.Index(fields=["village", "asked_at"], name="questions_of_a_village"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.role} {self.region_id}"


class Addressee(models.Model):
    """To whom a question went, since when: a proposal that moves takes its open questions along."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="addressees")
    role = models.CharField(max_length=24, choices=Role.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["question_id", "since", "pk"]

    def __str__(self) -> str:
        return f"{self.question_id} {self.role} {self.region_id}"
