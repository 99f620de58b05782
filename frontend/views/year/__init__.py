"""Views of the plan year."""
