"""Descent: proposals that merged, were divided, or were carried over to another year."""
