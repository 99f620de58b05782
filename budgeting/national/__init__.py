"""All sub-districts of a plan year at once: read in one stream, decided by several processes, written as lines."""
