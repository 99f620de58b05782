"""The verbs of this room: each one transaction, asked, journalled."""

from accounts.services.assignments import assign, end_assignment
from accounts.services.residency import decide_residency, end_residency, request_residency

__all__ = ["assign", "decide_residency", "end_assignment", "end_residency", "request_residency"]
