"""The verbs of scoring, one file a subject."""
