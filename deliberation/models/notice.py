"""The outbox: what happened, who is told, and the letters that carry it. Rows are made in the transaction of what they tell."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from geo.models import Region
from proposals.models import Proposal
from proposals.words import Sector


class News(models.Model):
    """One thing that happened, told once under its key. Followers get their notices from it in the background."""

    #: What makes it this thing and no other, such as `step:<uuid>`: telling it twice tells it once.
    key = models.CharField(max_length=120, unique=True)
    #: A name of `notices.kinds.KINDS`, which knows the sentence.
    kind = models.CharField(max_length=40)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    #: Where it happened; whoever follows this region or one above it hears of it.
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    sector = models.CharField(max_length=16, choices=Sector.choices, blank=True)
    #: The page to read, a path of this site.
    path = models.CharField(max_length=200)
    #: What the sentence is filled with: names, codes and numbers, as they were then.
    facts = models.JSONField(default=dict)
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    #: Whether followers are told, and the last of them (by key) who was: a stopped worker goes on there.
    to_followers = models.BooleanField(default=False)
    spread_to = models.BigIntegerField(default=0)
    spread_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "news"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["id"], condition=Q(to_followers=True, spread_at__isnull=True), name="news_to_spread")]

    def __str__(self) -> str:
        return self.key


class Letter(models.Model):
    """One e-mail to one person. `sending` is written before the post office hears of it, so nothing is ever sent twice (decision 0190)."""

    class Status(models.TextChoices):
        """Where it is. `unsure`: the sender died, or the line broke, after the text had gone out."""

        DUE = "due", _("due")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        UNSURE = "unsure", _("not known whether it arrived")

    #: Also the Message-ID, so that a mail server would know a second copy.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="letters")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DUE)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["due_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(status="sent") | Q(sent_at__isnull=False), name="a_sent_letter_says_when"),
            models.CheckConstraint(condition=Q(due_at__gte=F("made_at")), name="a_letter_is_due_after_it_is_made"),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "due_at", "id"], condition=~Q(status="sent"), name="letters_on_their_way")]

    def __str__(self) -> str:
        return f"{self.pk} {self.status}"


class Notice(models.Model):
    """One piece of news for one person: a line of the inbox, and of at most one letter."""

    news = models.ForeignKey(News, models.CASCADE, related_name="notices")
    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, blank=True, related_name="notices")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["news", "user"], name="one_notice_a_person_and_news")]
        indexes: ClassVar = [
            models.Index(fields=["user", "-at", "-id"], name="the_inbox"),
            models.Index(fields=["user"], condition=Q(seen_at__isnull=True), name="unread_notices"),
            models.Index(fields=["user", "at"], condition=Q(seen_at__isnull=True, letter__isnull=True), name="notices_for_a_letter"),
        ]

    def __str__(self) -> str:
        return f"{self.news_id} {self.user_id}"


class MailChoice(models.Model):
    """How often a person wants mail. Nobody who has not confirmed an address gets any."""

    class Cadence(models.TextChoices):
        """How often."""

        AT_ONCE = "at_once", _("at once")
        DAILY = "daily", _("once a day")
        WEEKLY = "weekly", _("once a week")
        NONE = "none", _("never")

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="mail_choice")
    cadence = models.CharField(max_length=8, choices=Cadence.choices, default=Cadence.DAILY)
    #: Since when this was chosen: what happened before is not sent after the fact.
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.cadence}"
