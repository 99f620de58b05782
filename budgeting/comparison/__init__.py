"""Two to four runs of a plan year beside each other (docs/comparison.md)."""
