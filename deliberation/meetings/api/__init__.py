"""Meetings over HTTP: plans, steps, agenda, decisions, the order, mandates."""
