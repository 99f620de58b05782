"""Views of a meeting's roll."""
