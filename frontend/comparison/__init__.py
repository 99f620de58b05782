"""What the pages of comparisons, overrides and answers read."""
