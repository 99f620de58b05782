"""What happened in a live room, numbered without gaps: the truth that a socket only hints at."""

from typing import ClassVar

from django.db import models


class LiveRoom(models.Model):
    """A room (a proposal or a meeting) and the number of its last event; the row's lock orders the writers."""

    id = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.pk} at {self.seq}"


class LiveEvent(models.Model):
    """One event: facts only (ids, counts), never HTML."""

    room = models.ForeignKey(LiveRoom, models.CASCADE, related_name="events")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["room_id", "seq"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["room", "seq"], name="one_event_per_room_and_number")]

    def __str__(self) -> str:
        return f"{self.room_id} {self.seq} {self.kind}"
