"""Comparisons, changes by hand and answers over HTTP."""
