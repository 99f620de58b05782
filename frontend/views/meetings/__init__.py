"""Pages of meetings, one file a subject."""
