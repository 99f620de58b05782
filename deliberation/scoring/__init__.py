"""Scoring of proposals by published criteria: a panel's blind sheets beside what can be computed."""
