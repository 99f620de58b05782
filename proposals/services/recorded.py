"""A move that somebody writes down for the one who decided it: a meeting's note-taker, at a table or from a captured list."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User


@dataclass(frozen=True)
class Recorded:
    """Who wrote the move down. The law is asked for the one who decided; the journal names both."""

    by: User
    #: It was captured in time, without signal, and arrived within the stage's grace (judged by who calls).
    is_late: bool = False

    def for_journal(self) -> dict[str, Any]:
        """What the move's journal entry keeps."""
        return {"recorded_by": self.by.username, **({"late_sync": True} if self.is_late else {})}
