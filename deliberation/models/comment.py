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


class CommentQuerySet(models.QuerySet["Comment"]):
    """`Comment.objects.public().filter(proposal=...)`."""

    def public(self) -> "CommentQuerySet":
        """What has its number: all but what still waits for a moderator, or was never let through."""
        return self.filter(seq__isnull=False)


class Comment(models.Model):
    """What one person said. Never edited; hidden by a moderator with a reason, and its place stays visible.

    Without a number it is not public: it waits for a moderator, or (with `hidden_at`) was not let through.
    """

    #: The writer's own UUID: the same comment sent twice by a bad connection appears once.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="comment_rows")
    #: The live room's number of this comment: pages fetch `?after=<seq>`.
    seq = models.BigIntegerField(null=True, blank=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="comments")
    #: In which capacity the author spoke then: `citizen`, `resident`, or a role.
    author_role = models.CharField(max_length=24)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    stance = models.CharField(max_length=12, choices=Stance.choices)
    body = models.TextField(max_length=BODY_MAX)
    #: Written by the level where the proposal stands, as its answer.
    is_official = models.BooleanField(default=False)
    at = models.DateTimeField()
    #: When it was set aside for a moderator, before anybody read it.
    held_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(max_length=300, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["proposal_id", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "seq"], name="one_comment_per_proposal_and_number"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="a_comment_does_not_answer_itself"),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | (Q(hidden_by__isnull=False) & ~Q(hidden_reason="")), name="a_hidden_comment_says_who_and_why"
            ),
            models.CheckConstraint(condition=Q(seq__isnull=False) | Q(held_at__isnull=False), name="only_what_was_held_has_no_number"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["held_at", "id"], condition=Q(seq__isnull=True, hidden_at__isnull=True), name="comments_held"),
            models.Index(fields=["proposal", "-seq"], condition=Q(parent__isnull=True), name="threads_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.seq} {self.stance}"
