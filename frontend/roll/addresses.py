"""Where the pages of a roll are."""

from uuid import UUID

from django.urls import reverse


def to_roll(meeting_id: UUID, anchor: str = "") -> str:
    """The roll's own page."""
    return reverse("roll", args=[meeting_id]) + anchor


def to_typing(meeting_id: UUID) -> str:
    """The note-taker's page."""
    return reverse("roll_type", args=[meeting_id])
