"""Pages about where money comes from and which way it goes."""
