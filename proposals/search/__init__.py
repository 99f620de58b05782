"""Full text over the register: what somebody typed, what it means, and the question to the index (docs/search.md)."""

from proposals.search.meaning import Meaning, meaning_of

__all__ = ["Meaning", "meaning_of"]
