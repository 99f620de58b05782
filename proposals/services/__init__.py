"""Everything that writes to the register. Each verb is one transaction."""

from proposals.services.decisions import move, submit
from proposals.services.drafts import edit, save_draft
from proposals.services.photos import attach, detach

__all__ = ["attach", "detach", "edit", "move", "save_draft", "submit"]
