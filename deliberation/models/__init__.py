"""What people say about a proposal."""

from deliberation.models.comment import Comment
from deliberation.models.support import Support

__all__ = ["Comment", "Support"]
