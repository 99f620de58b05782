"""Pages of scoring, one file a subject."""
