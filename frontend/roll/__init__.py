"""The pages of a meeting's roll."""
