"""Following a proposal, a region, or a sector in a region."""
