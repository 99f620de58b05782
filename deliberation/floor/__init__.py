"""The floor of a meeting: who speaks when, what is said, what is voted on, and how everybody sees it (docs/live.md)."""
