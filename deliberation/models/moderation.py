"""Reports, appeals, and every act of moderation, from which the public counts are made."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from deliberation.models.comment import Comment
from deliberation.models.floor import Said
from geo.models import Region


class Report(models.Model):
    """One person asks the moderators to look at a comment. Who it was is nobody's business but the journal's."""

    class Reason(models.TextChoices):
        """What is wrong with it."""

        PERSONAL = "personal", _("names or numbers of a person")
        INSULT = "insult", _("insult, threat or hate")
        ADVERT = "advert", _("advertisement or fraud")
        ELSEWHERE = "elsewhere", _("has nothing to do with the proposal")
        OTHER = "other", _("something else")

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    #: When a moderator had looked; hidden or kept says the act.
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["comment", "reporter"], name="one_report_a_person_and_comment")]
        indexes: ClassVar = [models.Index(fields=["comment"], condition=Q(settled_at__isnull=True), name="reports_that_wait")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.reason}"


class SecondLook(models.Model):
    """Somebody asks once for another look at what was hidden of theirs; another moderator than who hid it decides."""

    words = models.CharField(max_length=500)
    #: Who hid it: the one person who does not decide.
    against = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    restored = models.BooleanField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("against")), name="another_moderator_decides_%(class)s"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, restored__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, restored__isnull=False),
                name="a_decided_%(class)s_says_who_and_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.restored}"

    @property
    def asked_by(self) -> int | None:
        """Who asks: whoever wrote or said it."""
        raise NotImplementedError

    def is_of(self, user: User) -> bool:
        """Whether it is about what this person hid, or wrote or said; then another one decides."""
        return user.pk in (self.against_id, self.asked_by)


class Appeal(SecondLook):
    """About a comment."""

    comment = models.OneToOneField(Comment, models.PROTECT, primary_key=True, related_name="appeal")

    @property
    def asked_by(self) -> int | None:
        """The comment's author."""
        return self.comment.author_id


class SaidAppeal(SecondLook):
    """About what was said in a meeting."""

    said = models.OneToOneField(Said, models.PROTECT, primary_key=True, related_name="appeal")

    @property
    def asked_by(self) -> int | None:
        """Whoever said it."""
        return self.said.speaker_id


class ModerationAct(models.Model):
    """One act about one comment, or about what was said in a meeting. Never changed: the counts of a month stay what they were."""

    class Kind(models.TextChoices):
        """What was done."""

        HELD = "held", _("waited to be read first")
        APPROVED = "approved", _("let through")
        REPORTED = "reported", _("reported")
        KEPT = "kept", _("left standing")
        HIDDEN = "hidden", _("hidden")
        APPEALED = "appealed", _("appealed")
        RESTORED = "restored", _("restored")
        UPHELD = "upheld", _("stayed hidden")

    comment = models.ForeignKey(Comment, models.PROTECT, null=True, blank=True, related_name="acts")
    said = models.ForeignKey(Said, models.PROTECT, null=True, blank=True, related_name="acts")
    #: The proposal's village, or the region of the meeting.
    village = models.ForeignKey(Region, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(comment__isnull=False, said__isnull=True) | Q(comment__isnull=True, said__isnull=False),
                name="an_act_is_about_a_comment_or_a_statement",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["village", "at"], name="moderation_of_a_village")]

    def __str__(self) -> str:
        return f"{self.comment_id or self.said_id} {self.kind}"
