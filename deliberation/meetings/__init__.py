"""Meetings: planned, invited to, opened, decided in, closed. What is said and counted in them has packages of its own."""
