"""Runs: what is frozen, calculated, told and handed out. `inputs`, `result` and `bundle` know no framework."""
