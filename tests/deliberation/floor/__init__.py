"""The floor of a meeting."""
