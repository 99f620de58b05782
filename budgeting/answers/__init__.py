"""Answers: what a published run tells every village in words, all in one batch (docs/comparison.md)."""
