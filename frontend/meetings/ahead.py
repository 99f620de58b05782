"""Meetings that the home page tells: those in session anywhere in the kabupaten, then the next ones that people were invited to."""

from django.db.models import Case, IntegerField, Q, Value, When

from accounts import clock
from deliberation.meetings import rows
from deliberation.models import Meeting
from deliberation.words import MeetingState

#: One row of cards; the list has all.
SHOWN = 3


def coming() -> list[Meeting]:
    """At most three: in session first, the soonest of the others after them; one query."""
    called = Q(state=MeetingState.PLANNED, invited_at__isnull=False, starts_at__gte=clock.now())
    first = Case(When(state=MeetingState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = rows.known().filter(Q(state__in=(MeetingState.OPEN, MeetingState.ADJOURNED)) | called)
    return list(found.annotate(first=first).order_by("first", "starts_at", "id")[:SHOWN])
