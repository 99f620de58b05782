"""Who takes part: mandates, the roll of a meeting, and the times of each person's presence."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from deliberation.models.meeting import Meeting
from deliberation.words import Element, Mode, RollSource, Sex
from geo.models import Region
from proposals.models import Cycle
from proposals.words import STAGE_WORDS


class Mandate(models.Model):
    """Somebody speaks for a region at one stage of one plan year, because a named record says so."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="mandates")
    stage = models.CharField(max_length=12, choices=[(stage.value, word) for stage, word in STAGE_WORDS.items()])
    #: Whom the delegate speaks for: the village that elected them, or the sub-district.
    region = models.ForeignKey(Region, models.PROTECT, related_name="mandates")
    #: The meeting whose record elected them; null where an older paper record is named by its number alone.
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="elected")
    #: Number and date of that record, as printed.
    basis = models.CharField(max_length=160)
    name = models.CharField(max_length=120)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="mandates")
    institution = models.CharField(max_length=120, blank=True)
    sex = models.CharField(max_length=8, choices=Sex.choices)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["cycle_id", "region_id", "name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "stage", "user"], condition=Q(ended_at__isnull=True, user__isnull=False), name="one_mandate_per_person_and_stage"
            ),
            models.UniqueConstraint(
                fields=["cycle", "stage", "region", "name"], condition=Q(ended_at__isnull=True), name="one_mandate_per_name_and_region"
            ),
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | ~Q(ended_reason=""), name="an_ended_mandate_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.region_id} {self.stage}"


class Attendance(models.Model):
    """One person on the roll of a meeting. The same client UUID twice, also from two devices, is one line."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="roll")
    #: The running number on the printed list; given under the meeting's lock.
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    #: `name` as it is compared: lower case, without titles and double spaces.
    name_key = models.CharField(max_length=120)
    address = models.CharField(max_length=160, blank=True)
    institution = models.CharField(max_length=120, blank=True)
    sex = models.CharField(max_length=8, choices=Sex.choices)
    element = models.CharField(max_length=20, choices=Element.choices)
    is_young = models.BooleanField(default=False)
    is_disabled = models.BooleanField(default=False)
    #: Whom the person came for: a village at the sub-district, a sub-district at the kabupaten.
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="attendances")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="attendances")
    source = models.CharField(max_length=8, choices=RollSource.choices)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    #: When a phone without signal wrote it down, by the server's clock; null for what arrived as it was typed.
    captured_at = models.DateTimeField(null=True, blank=True)
    #: So many seconds that phone's clock was ahead (+) or behind (-) and was corrected by.
    clock_ahead_s = models.IntegerField(null=True, blank=True)
    #: Captured before the meeting was closed, received after it, within the grace.
    is_late = models.BooleanField(default=False)
    #: The note-taker said: not the person of another line with this name.
    is_namesake = models.BooleanField(default=False)
    #: Grows with each correction, so that two who correct one line at once do not overwrite each other.
    version = models.PositiveIntegerField(default=1)
    #: Struck from the roll, with the reason; the line stays.
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    struck_reason = models.CharField(max_length=300, blank=True)
    #: The same person's other line, which took over this one's stays.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["meeting_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_line_per_number_of_a_roll"),
            models.UniqueConstraint(
                fields=["meeting", "user"], condition=Q(struck_at__isnull=True, user__isnull=False), name="one_line_per_account_and_roll"
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | (Q(struck_by__isnull=False) & ~Q(struck_reason="")), name="a_struck_line_says_who_and_why"
            ),
            models.CheckConstraint(condition=Q(merged_into__isnull=True) | Q(struck_at__isnull=False), name="a_merged_line_is_struck"),
            models.CheckConstraint(condition=Q(number__gt=0), name="a_roll_is_numbered_from_one"),
        ]
        indexes: ClassVar = [models.Index(fields=["meeting", "name_key"], name="roll_by_name")]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class Presence(models.Model):
    """One stay of one person: from arriving to leaving, in the hall or online. `left_at` is null while they are there."""

    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="stays")
    mode = models.CharField(max_length=8, choices=Mode.choices)
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    #: When an open page of an online participant last told that it is there; null where nobody's page tells.
    heard_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["attendance_id", "arrived_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attendance"], condition=Q(left_at__isnull=True), name="one_open_stay_per_line"),
            models.CheckConstraint(condition=Q(left_at__isnull=True) | Q(left_at__gte=F("arrived_at")), name="a_stay_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.attendance_id} {self.mode} {self.arrived_at:%H:%M}"


class DoorPass(models.Model):
    """A signed-in person's code for the door of one meeting: what is read from their phone, or typed, puts them on the roll.

    One a person and meeting, made anew when it ran out. It carries what the roll asks for, so that the door asks nothing.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="passes")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    code = models.CharField(max_length=8)
    #: What the person filled in: name, sex, element, address, institution, region.
    details = models.JSONField(default=dict)
    expires_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["meeting_id", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "code"], name="one_person_per_door_code"),
            models.UniqueConstraint(fields=["meeting", "user"], name="one_door_pass_per_person_and_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.user_id}"
