"""The verbs of this room: each one transaction, asked, journalled, announced."""

from deliberation.moderation.deciding import hide_comment
from deliberation.services.discussion import comment
from deliberation.services.supporting import support, withdraw_support

__all__ = ["comment", "hide_comment", "support", "withdraw_support"]
