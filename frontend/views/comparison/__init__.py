"""Pages about comparing runs, changing lines by hand, and answers to villages."""
