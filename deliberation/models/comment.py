"""A comment with a stance, one level of replies."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from proposals.models import Proposal

BODY_MAX = 2000


class Stance(models.TextChoices):
    """Chosen before writing; none is chosen for the writer."""

    SUPPORT = "support", _("Support")
    OBJECTION = "objection", _("Objection")
    CRITICISM = "criticism", _("Criticism")
    QUESTION = "question", _("Question")


class Comment(models.Model):
    """What one person said. Never edited; hidden by a moderator with a reason, and its place stays visible."""

    #: The writer's own UUID: the same comment sent twice by a bad connection appears once.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="comment_rows")
    #: The live room's number of this comment: pages fetch `?after=<seq>`.
    seq = models.BigIntegerField()
    author = models.ForeignKey(User, models.PROTECT, related_name="comments")
    #: In which capacity the author spoke then: `citizen`, `resident`, or a role.
    author_role = models.CharField(max_length=24)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    stance = models.CharField(max_length=12, choices=Stance.choices)
    body = models.TextField(max_length=BODY_MAX)
    #: Written by the level where the proposal stands, as its answer.
    is_official = models.BooleanField(default=False)
    at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["proposal_id", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "seq"], name="one_comment_per_proposal_and_number"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="a_comment_does_not_answer_itself"),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | (Q(hidden_by__isnull=False) & ~Q(hidden_reason="")), name="a_hidden_comment_says_who_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.seq} {self.stance}"
