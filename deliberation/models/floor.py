"""Who speaks in a meeting, in which order, and what was said; questions from outside with those who agree."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from deliberation.models.meeting import AgendaItem, Meeting
from deliberation.models.roll import Attendance
from deliberation.words import Mode, Sex
from geo.models import Region

SAID_MAX = 2000


class Order(models.TextChoices):
    """In which order those who wait are called (`floor.order`)."""

    FIRST = "first", _("First come, first called")
    ALTERNATE = "alternate", _("Hall and online in turn")
    WOMEN = "women", _("Women first")


class TurnState(models.TextChoices):
    """How a request for the floor stands."""

    WAITING = "waiting", _("Waiting")
    SPEAKING = "speaking", _("Speaking")
    DONE = "done", _("Has spoken")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class SaidKind(models.TextChoices):
    """What somebody said: in turn, from outside, or as the answer to a question."""

    STATEMENT = "statement", _("Statement")
    QUESTION = "question", _("Question")
    ANSWER = "answer", _("Answer")


class QuestionState(models.TextChoices):
    """What the chair did with a question from outside; empty for everything else."""

    #: From somebody whom nobody here knows yet: read by the chair, the moderators and whoever asked, until the chair lets it through.
    HELD = "held", _("Waits for the chair")
    OPEN = "open", _("Not taken up yet")
    TAKEN_UP = "taken_up", _("Taken up")
    LATER = "later", _("To be answered later")
    ANSWERED = "answered", _("Answered")


class Floor(models.Model):
    """How a meeting calls its speakers; absent until its chair chose something else than the usual."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, primary_key=True, related_name="floor")
    order = models.CharField(max_length=12, choices=Order.choices, default=Order.FIRST)
    #: How long one turn lasts; a clock that is seen by all, never one that cuts somebody off.
    seconds = models.PositiveSmallIntegerField(default=180)

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.order}"


class Turn(models.Model):
    """One request for the floor, from asking to having spoken."""

    #: The asker's own UUID: asked twice over a bad line is asked once.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="turns")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="turns")
    attendance = models.ForeignKey(Attendance, models.PROTECT, null=True, blank=True, related_name="turns")
    name = models.CharField(max_length=120)
    mode = models.CharField(max_length=8, choices=Mode.choices)
    sex = models.CharField(max_length=8, choices=Sex.choices, blank=True)
    state = models.CharField(max_length=12, choices=TurnState.choices, default=TurnState.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    #: The code of the rule that called this turn (`floor.order.WHY`), or `chair` with the sentence in `reason`.
    why = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["meeting_id", "asked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="speaking"), name="one_speaks_at_a_time"),
            models.UniqueConstraint(
                fields=["item", "attendance"],
                condition=Q(state__in=["waiting", "speaking"], attendance__isnull=False),
                name="one_open_turn_per_person_and_item",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["speaking", "done"]) | Q(granted_at__isnull=False, granted_by__isnull=False), name="who_spoke_was_called"
            ),
            models.CheckConstraint(condition=~Q(why="chair") | ~Q(reason=""), name="a_turn_out_of_order_says_why"),
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("asked_at")), name="a_turn_ends_after_it_was_asked"),
        ]
        indexes: ClassVar = [models.Index(fields=["item", "state", "asked_at"], name="turns_of_an_item")]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class Said(models.Model):
    """What was said in a meeting, by whom, in which capacity then. Never edited; hidden with a reason, its place stays."""

    #: The writer's own UUID: the same words sent twice by a bad line appear once.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="said")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="said")
    #: The live room's number: pages fetch `?after=<seq>`.
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=SaidKind.choices)
    turn = models.ForeignKey(Turn, models.PROTECT, null=True, blank=True, related_name="said")
    #: The question that an answer belongs to.
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    #: Null where the note-taker wrote down what somebody in the hall said.
    speaker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="said_in_meetings")
    name = models.CharField(max_length=120)
    #: Where the speaker was; empty for whoever asks from outside.
    mode = models.CharField(max_length=8, choices=Mode.choices, blank=True)
    #: In which capacity, as it was then: `delegate`, a role, `resident`, `citizen`, or an element of the roll.
    capacity = models.CharField(max_length=24)
    #: Of which region: a delegate's by mandate, an officer's office, a resident's village.
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    is_official = models.BooleanField(default=False)
    body = models.TextField(max_length=SAID_MAX)
    state = models.CharField(max_length=12, choices=QuestionState.choices, blank=True)
    agreed = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["meeting_id", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "seq"], name="one_statement_per_meeting_and_number"),
            models.CheckConstraint(condition=Q(kind="answer") | Q(answers__isnull=True), name="only_an_answer_answers"),
            models.CheckConstraint(
                condition=(Q(kind="question") & ~Q(state="")) | (~Q(kind="question") & Q(state="")), name="only_a_question_has_a_state"
            ),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | (Q(hidden_by__isnull=False) & ~Q(hidden_reason="")), name="a_hidden_statement_says_who_and_why"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["meeting", "kind", "seq"], name="said_by_kind"),
            models.Index(fields=["speaker", "-at"], name="said_by_whom"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.seq} {self.kind}"


class Agreement(models.Model):
    """Somebody has the same question: once a person."""

    question = models.ForeignKey(Said, models.CASCADE, related_name="agreements")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["question", "user"], name="one_agreement_per_person_and_question")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.user_id}"
