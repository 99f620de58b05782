"""Scoring: criteria, blind sheets, computed criteria, results."""
