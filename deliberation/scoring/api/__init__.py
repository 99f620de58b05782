"""Scoring for programs."""
