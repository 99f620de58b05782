"""Everything that writes to the register. Each verb is one transaction."""

from proposals.services.by_run import Verdict, move_by_run
from proposals.services.decisions import move, submit
from proposals.services.drafts import edit, save_draft
from proposals.services.photos import attach, detach

__all__ = ["Verdict", "attach", "detach", "edit", "move", "move_by_run", "save_draft", "submit"]
