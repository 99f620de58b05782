"""Overrides: what a person decides differently from the rule, signed with a reason that everybody reads (docs/comparison.md)."""
