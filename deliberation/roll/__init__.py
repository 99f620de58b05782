"""The roll of a meeting: who is there, since when, in the hall or online, and whether they are enough."""
