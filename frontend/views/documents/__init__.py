"""Views of a meeting's papers."""
