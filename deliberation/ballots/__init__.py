"""Ballots: who may vote, what a valid vote is, how it is kept apart from the voter, counted and published."""
