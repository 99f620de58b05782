"""The plan year as data: its calendar and rules, changed by the planner, confirmed, and copied into the next."""
