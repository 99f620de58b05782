"""The pages of a meeting's papers: what they show, in a constant number of queries."""
