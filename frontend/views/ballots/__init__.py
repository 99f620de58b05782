"""Pages of ballots, one file a subject."""
