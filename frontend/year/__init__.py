"""The pages of the plan year: its calendar for everybody, its rules for the planner, the end of a stage for who decides there."""
