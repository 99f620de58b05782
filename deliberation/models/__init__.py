"""What people say about a proposal, and what meetings decide."""

from deliberation.models.comment import Comment
from deliberation.models.decision import Decision, Ranking
from deliberation.models.meeting import AgendaItem, Meeting
from deliberation.models.roll import Attendance, Mandate, Presence
from deliberation.models.support import Support

__all__ = ["AgendaItem", "Attendance", "Comment", "Decision", "Mandate", "Meeting", "Presence", "Ranking", "Support"]
